using Lambray.Aws;
using Lambray.Functions.Registry.Urls;
using Lambray.Resources.ApiGateway.HttpApis;
using Lambray.Server.AwsFront.HttpEvents;
using Lambray.Server.AwsFront.Urls;

namespace Lambray.Server.AwsFront.ExecuteApi.HttpApis;

/// <summary>Requests of HTTP APIs, from their stage by way of route and authorizer to the integration ("API Gateway HTTP APIs" in the Developer Guide).</summary>
static class HttpApiRequests
{
    const string RequestIdHeader = "Apigw-Requestid";

    // "If your Lambda function returns valid JSON and doesn't return a statusCode" it is JSON; who says a status says the type too, or has this one.
    const string Json = "application/json";
    const string Text = "text/plain; charset=utf-8";

    public static async Task AnswerAsync(HttpContext http, HttpApi api, string path)
    {
        var timed = http.RequestServices.GetRequiredService<ApiMetrics>().Begin(http, "ApiId", api.ApiId);
        var call = api.Settings.DisableExecuteApiEndpoint == true ? null : HttpApiCall.Begin(http, api, path);
        if (call is null) throw NotFound();
        timed.Stage = call.Stage.StageName;
        // 1. Who sees the answer is told its number, whatever the answer is.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[RequestIdHeader] = call.RequestId;
            return Task.CompletedTask;
        });
        // 2. Pages of other origins.
        if (call.Configuration.Cors is { } cors && AnswerPreflight(http, cors)) return;
        // 3. Where it goes, and whether it may.
        if (call.Routed() is not { } routed) throw NotFound();
        routed = routed with { Caller = await http.RequestServices.GetRequiredService<HttpApiAuthorization>().AdmitAsync(routed) };
        // Not before: a signature is for the body too.
        routed = routed with { Body = await RequestBody.ReadAsync(http) };
        // 4. What answers it.
        if (routed.Configuration.IntegrationOf(routed.Route) is not { } integration) throw InternalError();
        if (integration.IntegrationType == "AWS_PROXY") await InvokeAsync(routed, integration, timed);
        else await ForwardAsync(routed, integration, timed);
    }

    static bool AnswerPreflight(HttpContext http, CorsConfiguration cors)
    {
        var isAnswered = FunctionUrlCors.Answer(http, new Cors(cors.AllowCredentials, cors.AllowHeaders, cors.AllowMethods, cors.AllowOrigins, cors.ExposeHeaders, cors.MaxAge));
        // Even where nothing is allowed: the browser finds that out by what is not said.
        if (!isAnswered && !(HttpMethods.IsOptions(http.Request.Method) && http.Request.Headers.ContainsKey("Access-Control-Request-Method"))) return false;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }

    static async Task ForwardAsync(HttpApiCall call, Integration integration, TimedRequest timed)
    {
        var fault = await timed.IntegratedAsync(call.Http.RequestServices.GetRequiredService<WebIntegration>().ForwardAsync(call.Http, new WebRequest(
            integration.IntegrationUri!, integration.IntegrationMethod!, call.Parameters, call.Stage.StageVariables, call.Body, call.Trace,
            TimeSpan.FromMilliseconds(integration.TimeoutInMillis!.Value))));
        if (fault == FunctionFault.TimedOut) throw Unavailable();
        if (fault != FunctionFault.None) throw InternalError();
    }

    static async Task InvokeAsync(HttpApiCall call, Integration integration, TimedRequest timed)
    {
        var services = call.Http.RequestServices;
        var home = services.GetRequiredService<AwsHome>();
        var isFormat2 = integration.PayloadFormatVersion == "2.0";
        var outcome = await timed.IntegratedAsync(services.GetRequiredService<FunctionIntegration>().InvokeAsync(
            integration.IntegrationUri!, call.Stage.StageVariables, integration.CredentialsArn, call.SourceArn(home),
            isFormat2 ? EventFormat2.Write(call, home) : EventFormat1.Write(call, home), call.Trace, TimeSpan.FromMilliseconds(integration.TimeoutInMillis!.Value)));
        if (outcome.Fault is FunctionFault.TimedOut or FunctionFault.Throttled) throw Unavailable();
        var answer = outcome.Fault != FunctionFault.None ? null : isFormat2 ? FunctionAnswer.FindInferred(outcome.Result!.Payload) : FunctionAnswer.Find(outcome.Result!.Payload);
        if (answer is null) throw InternalError();
        if (call.Configuration.Cors is not null) answer = answer with { Headers = [.. answer.Headers.Where(header => !header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase))] };
        await answer.WriteAsync(call.Http.Response, answer.IsInferred ? Json : Text);
    }

    static AwsException NotFound() => new("", StatusCodes.Status404NotFound, "Not Found");

    static AwsException Unavailable() => new("", StatusCodes.Status503ServiceUnavailable, "Service Unavailable");

    static AwsException InternalError() => new("", StatusCodes.Status500InternalServerError, "Internal Server Error");
}
