using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Policies;
using Lambray.Functions.Registry.Urls;
using Lambray.Resources.Iam;
using Lambray.Resources.Iam.Policies;
using Lambray.Server.AwsFront.Authentication;
using Lambray.Server.AwsFront.Authorization;
using Lambray.Server.AwsFront.HttpEvents;
using Lambray.Tracing.Segments;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront.Urls;

/// <summary>HTTP requests for functions ("Invoking Lambda function URLs" in the Developer Guide).</summary>
static class FunctionUrlRequests
{
    const string Forbidden =
        "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";

    public static async Task AnswerAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var call = AwsCall.Of(http);
        var received = services.GetRequiredService<TimeProvider>().GetUtcNow();
        http.Response.Headers[JsonErrors.RequestIdHeader] = call.RequestId;
        var (name, url) = services.GetRequiredService<FunctionUrls>().FindById(FunctionUrlFront.IdOf(http.Request)!) ?? throw NotAllowed();
        http.Response.OnCompleted(() =>
        {
            services.GetRequiredService<FunctionMetrics>().UrlRequested(name, http.Response.StatusCode, services.GetRequiredService<TimeProvider>().GetUtcNow() - received);
            return Task.CompletedTask;
        });
        if (url.Cors is { } cors && FunctionUrlCors.Answer(http, cors)) return;
        var caller = await AuthorizeAsync(http, name, url);

        var trace = TraceHeader.Parse(http.Request.Headers[TraceHeader.Name]);
        trace = trace with { Root = trace.Root ?? TraceId.New(received) };
        var rawTarget = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var payload = FunctionUrlEvent.Write(
            http.Request, FunctionUrlFront.RawPathOf(http.Request, rawTarget), url, call, caller, trace, await RequestBody.ReadAsync(http), received, services.GetRequiredService<AwsHome>());
        var stream = url.InvokeMode == "RESPONSE_STREAM" ? new StreamedUrlAnswer(http.Response) : null;
        var result = await services.GetRequiredService<Invoker>().InvokeAsync(new InvokeRequest(name, call.RequestId, payload, trace, null, received, stream));
        if (stream is { HasStarted: true }) await stream.CompleteAsync(result);
        else await FunctionUrlAnswer.WriteAsync(http.Response, result);
    }

    // AWS_IAM: whoever signs is held to it here, even where everything else is open.
    static async Task<CallerIdentity> AuthorizeAsync(HttpContext http, FunctionName name, FunctionUrl url)
    {
        var policies = http.RequestServices.GetRequiredService<FunctionPolicies>();
        if (url.AuthType == "NONE") return policies.Find(name)?.AllowsPublicUrl() == true ? CallerIdentity.Anonymous : throw NotAllowed();
        if (AwsCall.Of(http).Scope is not { Service: "lambda" }) throw NotAllowed();
        var caller = await http.RequestServices.GetRequiredService<SignatureVerification>().FindCallerAsync(http, FunctionUrlFront.RequestBytesMax) ?? throw NotAllowed();
        var permission = new Permission("lambda:InvokeFunctionUrl", name.Arn(http.RequestServices.GetRequiredService<AwsHome>()).ToString())
        {
            Policy = policies.FindDocument(name),
            Describe = context => context.Set("lambda:FunctionUrlAuthType", "AWS_IAM").Set("lambda:InvokedViaFunctionUrl", "true"),
        };
        return http.RequestServices.GetRequiredService<RequestAuthorization>().Decide(http, caller, permission) == AccessDecision.Allowed ? caller : throw NotAllowed();
    }

    static AwsException NotAllowed() => new("AccessDeniedException", StatusCodes.Status403Forbidden, Forbidden);
}
