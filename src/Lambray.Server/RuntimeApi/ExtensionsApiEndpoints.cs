using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.ExecutionEnvironments.Extensions;
using Lambray.Functions.Registry;
using Lambray.Server.Environments;
using Lambray.Tracing.Segments;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.RuntimeApi;

/// <summary>The Lambda Extensions API, version 2020-01-01, on the same socket as the Runtime API ("Using the Lambda Extensions API" in the Developer Guide).</summary>
static class ExtensionsApiEndpoints
{
    const string Extension = "/2020-01-01/extension";
    const string NameHeader = "Lambda-Extension-Name";
    const string IdentifierHeader = "Lambda-Extension-Identifier";
    const string ErrorTypeHeader = "Lambda-Extension-Function-Error-Type";

    public static void MapExtensionsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Extension + "/register", Register);
        routes.MapGet(Extension + "/event/next", Next);
        routes.MapPost(Extension + "/init/error", http => ReportAsync(http, ExtensionState.InitError));
        routes.MapPost(Extension + "/exit/error", http => ReportAsync(http, ExtensionState.ExitError));
    }

    /// <summary>The identifier in a request's header; null when it has none, and has been told so.</summary>
    public static async Task<Guid?> IdentifyAsync(HttpContext http)
    {
        var text = http.Request.Headers[IdentifierHeader].ToString();
        if (Guid.TryParse(text, out var id)) return id;
        await RefuseAsync(http, text.Length == 0
            ? new ExtensionReply.Refused("Extension.MissingExtensionIdentifier", $"Missing {IdentifierHeader} header")
            : new ExtensionReply.Refused("Extension.InvalidExtensionIdentifier", $"Invalid {IdentifierHeader}"));
        return null;
    }

    public static Task RefuseAsync(HttpContext http, ExtensionReply.Refused refused) =>
        RuntimeApiAnswers.WriteErrorAsync(http, StatusCodes.Status403Forbidden, refused.Message, refused.ErrorType);

    static async Task Register(HttpContext http)
    {
        IReadOnlyList<string> events;
        try
        {
            var request = await JsonSerializer.DeserializeAsync(http.Request.Body, ExtensionsApiJson.Default.RegisterRequest, http.RequestAborted);
            events = request?.Events ?? [];
        }
        catch (JsonException error)
        {
            await RefuseAsync(http, new ExtensionReply.Refused("InvalidRequestFormat", error.Message));
            return;
        }
        var environment = EnvironmentOf(http);
        var reply = environment.Extensions.Register(http.Request.Headers[NameHeader], events);
        if (reply is ExtensionReply.Registered registered) await WelcomeAsync(http, environment.Function, registered.Id);
        else await RefuseAsync(http, (ExtensionReply.Refused)reply);
    }

    static Task WelcomeAsync(HttpContext http, FunctionModel function, Guid id)
    {
        var features = http.Request.Headers["Lambda-Extension-Accept-Feature"].ToString().Split(',', StringSplitOptions.TrimEntries);
        var account = features.Contains("accountId") ? http.RequestServices.GetRequiredService<AwsHome>().AccountId : null;
        http.Response.Headers[IdentifierHeader] = id.ToString();
        return http.Response.WriteAsJsonAsync(
            new RegisterResponse(function.Name, function.Version, function.Handler, account), ExtensionsApiJson.Default.RegisterResponse);
    }

    static async Task Next(HttpContext http)
    {
        if (await IdentifyAsync(http) is not { } id) return;
        switch (EnvironmentOf(http).Extensions.Next(id))
        {
            case ExtensionReply.Next next:
                await AnswerAsync(http, next.Event);
                break;
            case ExtensionReply.Refused refused:
                await RefuseAsync(http, refused);
                break;
        }
    }

    static async Task AnswerAsync(HttpContext http, Task<ExtensionEvent> next)
    {
        ExtensionEventWire wire;
        try
        {
            wire = ToWire(await next.WaitAsync(http.RequestAborted));
        }
        // The extension has gone, asked anew, or the environment has ended: nobody waits for this answer.
        catch (OperationCanceledException)
        {
            http.Abort();
            return;
        }
        http.Response.Headers["Lambda-Extension-Event-Identifier"] = Guid.NewGuid().ToString();
        await http.Response.WriteAsJsonAsync(wire, ExtensionsApiJson.Default.ExtensionEventWire);
    }

    static async Task ReportAsync(HttpContext http, ExtensionState state)
    {
        if (await IdentifyAsync(http) is not { } id) return;
        if (http.Request.Headers[ErrorTypeHeader] is not [{ Length: > 0 } type])
        {
            await RefuseAsync(http, new ExtensionReply.Refused("Extension.MissingHeader", $"{ErrorTypeHeader} not found"));
            return;
        }
        if (EnvironmentOf(http).Extensions.ReportError(id, state, type) is ExtensionReply.Refused refused) await RefuseAsync(http, refused);
        else await RuntimeApiAnswers.WriteAsync(http, RuntimeReply.Accepted);
    }

    static ExtensionEventWire ToWire(ExtensionEvent next)
    {
        var deadline = next.Deadline.ToUnixTimeMilliseconds();
        return next switch
        {
            ExtensionEvent.Invoke invoke => new ExtensionEventWire("INVOKE", deadline)
            {
                RequestId = invoke.RequestId,
                InvokedFunctionArn = invoke.FunctionArn,
                Tracing = invoke.TraceHeader is { } header ? new TracingWire(TraceHeader.Name, header) : null,
            },
            ExtensionEvent.Shutdown shutdown => new ExtensionEventWire("SHUTDOWN", deadline) { ShutdownReason = shutdown.Reason.ToString().ToLowerInvariant() },
            _ => throw new InvalidOperationException($"There is no form for {next}."),
        };
    }

    static ExecutionEnvironment EnvironmentOf(HttpContext http) => http.Features.GetRequiredFeature<EnvironmentConnection>().Environment;
}

sealed record RegisterRequest(IReadOnlyList<string>? Events);

sealed record RegisterResponse(string FunctionName, string FunctionVersion, string Handler, string? AccountId);

sealed record ExtensionEventWire(string EventType, long DeadlineMs)
{
    public string? RequestId { get; init; }

    public string? InvokedFunctionArn { get; init; }

    public TracingWire? Tracing { get; init; }

    public string? ShutdownReason { get; init; }
}

sealed record TracingWire(string Type, string Value);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(RegisterResponse))]
[JsonSerializable(typeof(ExtensionEventWire))]
sealed partial class ExtensionsApiJson : JsonSerializerContext;
