using Lambray.Aws;
using Lambray.Aws.Signing;
using Lambray.Server.AwsFront.Authorization;
using Lambray.Server.AwsFront.Downstream;
using Lambray.Server.Daemon;
using Lambray.Server.Environments;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront;

/// <summary>The way of every AWS request: named, dispatched to its service, and answered in that service's form whatever happens.</summary>
public static partial class AwsFrontPipeline
{
    /// <summary>Puts these services behind one port.</summary>
    public static void UseAwsFront(this WebApplication app, IReadOnlyList<ServiceFront> fronts)
    {
        var byService = fronts.ToDictionary(front => front.Service);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Lambray.AwsFront");
        // Null on a server that takes what comes, which then pays nothing for it.
        var gate = app.Services.GetService<RequestGate>();
        app.Use((http, next) => FrontAsync(http, next, byService, gate, logger));
        foreach (var front in fronts)
            app.MapWhen(http => AwsCall.Of(http).Service == front.Service, branch => Branch(branch, front));
    }

    static void Branch(IApplicationBuilder branch, ServiceFront front)
    {
        branch.Use((http, next) => NameWrongMethodAsync(http, next, front));
        branch.UseRouting();
#pragma warning disable ASP0014 // Each service is a routing world of its own: S3's paths would swallow everybody else's.
        branch.UseEndpoints(front.Map);
#pragma warning restore ASP0014
        branch.Run(http => throw NotHere(http, front));
    }

    // Routing answers a known path with another method by itself, and without a body.
    static async Task NameWrongMethodAsync(HttpContext http, RequestDelegate next, ServiceFront front)
    {
        await next(http);
        if (http.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false }) throw NotHere(http, front);
    }

    static AwsException NotHere(HttpContext http, ServiceFront front) => new(
        "NotImplemented", StatusCodes.Status501NotImplemented,
        $"{front.OperationOf(http.Request) ?? $"{http.Request.Method} {http.Request.Path}"} of {front.Service} is not available on this server.");

    static async Task FrontAsync(HttpContext http, RequestDelegate next, Dictionary<AwsService, ServiceFront> fronts, RequestGate? gate, ILogger logger)
    {
        var scope = ServiceDispatch.Scope(http.Request);
        var isForDaemon = DaemonEndpoints.IsForDaemon(http);
        var service = isForDaemon ? AwsService.XRay : ServiceDispatch.Find(http.Request, scope);
        var environment = http.Features.Get<EnvironmentConnection>()?.Tenancy.Environment;
        http.Features.Set(new AwsCall(service, Guid.NewGuid().ToString(), scope, environment));
        var front = service is { } found ? fronts.GetValueOrDefault(found) : null;
        var downstream = front is null || environment is null ? null : DownstreamCall.Begin(http, front);
        // X-Ray's SDKs do not sign what they ask a daemon; AWS's signs it for them, and here there is nobody to sign for.
        await AnswerAsync(http, next, front, isForDaemon ? null : gate, scope, logger);
        downstream?.End(http);
    }

    static async Task AnswerAsync(HttpContext http, RequestDelegate next, ServiceFront? front, RequestGate? gate, CredentialScope? scope, ILogger logger)
    {
        try
        {
            if (front is null) throw UnknownService(scope?.Service ?? AwsCall.Of(http).Service?.ToString() ?? "none");
            http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = front.RequestBytesMax;
            if (gate is not null) await gate.AdmitAsync(http, front);
            await next(http);
        }
        catch (AwsException error)
        {
            await AnswerAsync(http, front, error);
        }
        catch (BadHttpRequestException error)
        {
            await AnswerAsync(http, front, new AwsException(CodeOf(error), error.StatusCode, error.Message));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        // Our own fault: said to the caller as AWS says it, and told in full to whoever runs the server.
        catch (Exception error)
        {
            LogFailed(logger, http.Request.Method, http.Request.Path, error);
            await AnswerAsync(http, front, new AwsException("ServiceException", 500, "An internal error occurred; the server's log has the details."));
        }
    }

    static async Task AnswerAsync(HttpContext http, ServiceFront? front, AwsException error)
    {
        // Half an answer is on its way already: only a broken connection can tell the client.
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        http.Response.Clear();
        // Who was waiting to be told to send the body does not send it now: the next bytes would be taken for it.
        if (http.Request.Headers.Expect.Count > 0) http.Response.Headers.Connection = "close";
        await (front?.WriteError ?? JsonErrors.WriteAsync)(http, error);
    }

    static AwsException UnknownService(string name) => new(
        "UnknownService", StatusCodes.Status501NotImplemented, $"The service '{name}' is not available on this server; it has {string.Join(", ", ServiceDispatch.SignedNames)}.");

    static string CodeOf(BadHttpRequestException error) => error.StatusCode == StatusCodes.Status413PayloadTooLarge ? "RequestEntityTooLargeException" : "BadRequest";

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    static partial void LogFailed(ILogger logger, string method, string path, Exception error);
}
