using System.Buffers;
using System.Globalization;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Server.Environments;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Lambray.Server.RuntimeApi;

/// <summary>The Lambda Runtime API, version 2018-06-01, as the process of one execution environment sees it ("Using the Lambda runtime API for custom runtimes").</summary>
public static class RuntimeApiEndpoints
{
    const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";
    const string InvocationIdHeader = "Lambda-Runtime-Invocation-Id";
    const string XRayCauseHeader = "Lambda-Runtime-Function-XRay-Error-Cause";

    /// <summary>Serves connections from environments' Runtime API sockets, and no others.</summary>
    public static void UseRuntimeApi(this WebApplication app) =>
        app.MapWhen(http => http.Features.Get<EnvironmentConnection>() is { Door: EnvironmentDoor.RuntimeApi }, branch =>
        {
            // A response that is too large must arrive to be told so; we read no more of it than that takes.
            branch.Use((http, next) =>
            {
                http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
                // A function may think for minutes between two chunks of its response.
                http.Features.GetRequiredFeature<IHttpMinRequestBodyDataRateFeature>().MinDataRate = null;
                return next(http);
            });
            branch.Use(PrestartEndpoint.ServeThoseWithoutFunction);
            branch.UseRouting();
#pragma warning disable ASP0014 // A routing world of its own, as for each service behind the front.
            branch.UseEndpoints(MapRuntimeApi);
#pragma warning restore ASP0014
        });

    public static void MapRuntimeApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/2018-06-01/runtime/invocation/next", Next);
        routes.MapPost("/2018-06-01/runtime/invocation/{requestId}/response", Respond);
        routes.MapPost("/2018-06-01/runtime/invocation/{requestId}/error", Fail);
        routes.MapPost("/2018-06-01/runtime/init/error", FailInit);
        routes.MapGet("/2018-06-01/ping", http => http.Response.WriteAsync("pong"));
        routes.MapExtensionsApi();
        routes.MapTelemetryApi();
    }

    static async Task Next(HttpContext http)
    {
        if (EnvironmentOf(http).NextAsync() is not { } next)
        {
            await RuntimeApiAnswers.WriteAsync(http, RuntimeReply.InvalidState);
            return;
        }
        RuntimeInvocation invocation;
        try
        {
            invocation = await next.WaitAsync(http.RequestAborted);
        }
        // The runtime has gone, asked anew, or the environment has ended: nobody waits for this answer.
        catch (OperationCanceledException)
        {
            http.Abort();
            return;
        }
        WriteHeaders(http.Response, invocation);
        await http.Response.Body.WriteAsync(invocation.Payload);
    }

    static async Task Respond(HttpContext http)
    {
        switch (http.Request.Headers["Lambda-Runtime-Function-Response-Mode"].ToString())
        {
            case "":
                var began = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
                var payload = await ReadAsync(http, ExecutionEnvironment.ResponseBytesMax + 1);
                await RuntimeApiAnswers.WriteAsync(http, EnvironmentOf(http).Respond(Answered(http), payload, began));
                break;
            case "streaming":
                await StreamedResponse.ReceiveAsync(http, EnvironmentOf(http), Answered(http));
                break;
            default:
                var reply = EnvironmentOf(http).Reject(Answered(http), "Runtime.InvalidResponseModeHeader", "Invalid function response mode");
                if (reply == RuntimeReply.Accepted)
                    await RuntimeApiAnswers.WriteErrorAsync(http, StatusCodes.Status400BadRequest, "Invalid function response mode", "InvalidFunctionResponseMode");
                else await RuntimeApiAnswers.WriteAsync(http, reply);
                break;
        }
    }

    static async Task Fail(HttpContext http) =>
        await RuntimeApiAnswers.WriteAsync(http, EnvironmentOf(http).Fail(Answered(http), await ReadErrorAsync(http)));

    static async Task FailInit(HttpContext http) => await RuntimeApiAnswers.WriteAsync(http, EnvironmentOf(http).FailInit(await ReadErrorAsync(http)));

    static void WriteHeaders(HttpResponse response, RuntimeInvocation invocation)
    {
        response.ContentType = "application/json";
        response.ContentLength = invocation.Payload.Length;
        response.Headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        response.Headers[InvocationIdHeader] = invocation.InvocationId;
        response.Headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = invocation.FunctionArn;
        response.Headers["Lambda-Runtime-Trace-Id"] = invocation.TraceHeader;
        response.Headers["Lambda-Runtime-Client-Context"] = invocation.ClientContext;
    }

    static async Task<RuntimeError> ReadErrorAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        return new RuntimeError(await ReadAsync(http, ExecutionEnvironment.ResponseBytesMax), headers[ErrorTypeHeader], headers[XRayCauseHeader]);
    }

    /// <summary>Reads a body up to a limit; what is beyond it is left unread.</summary>
    static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext http, int bytesMax)
    {
        var body = http.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(http.RequestAborted);
            if (read.IsCompleted || read.Buffer.Length >= bytesMax)
            {
                var bytes = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, bytesMax)).ToArray();
                body.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    static AnsweredInvocation Answered(HttpContext http) => new(
        (string)http.Request.RouteValues["requestId"]!, http.Request.Headers[InvocationIdHeader] is [{ Length: > 0 } id] ? id : null);

    static ExecutionEnvironment EnvironmentOf(HttpContext http) => http.Features.GetRequiredFeature<EnvironmentConnection>().Environment;
}
