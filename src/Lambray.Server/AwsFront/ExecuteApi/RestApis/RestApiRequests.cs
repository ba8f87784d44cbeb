using Lambray.Aws;
using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.RestApis;
using Lambray.Server.AwsFront.HttpEvents;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.ExecuteApi.RestApis;

/// <summary>Requests of REST APIs, from their stage by way of method and authorizer to the integration ("API Gateway REST APIs" in the Developer Guide).</summary>
static class RestApiRequests
{
    const string Json = "application/json";

    public static async Task AnswerAsync(HttpContext http, RestApi api, string path)
    {
        var received = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var timed = http.RequestServices.GetRequiredService<ApiMetrics>().Begin(http, "ApiName", api.Settings.Name!);
        var extendedId = RestApiCall.NewExtendedId();
        if (api.Settings.DisableExecuteApiEndpoint == true || RestApiCall.FindStage(api, path) is not var (stage, deployed, below)) throw Forbidden();
        timed.Stage = stage.StageName;
        // 1. Its trace: who has none begins one here.
        var sent = TraceHeader.Parse(http.Request.Headers[TraceHeader.Name]);
        var (trace, header) = StageTrace.Begin(http, api, stage, sent with { Root = sent.Root ?? TraceId.New(received) }, received);
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
            http.Response.Headers["x-amz-apigw-id"] = extendedId;
            http.Response.Headers[TraceHeader.Name] = header.ToString();
            return Task.CompletedTask;
        });
        // The segment tells the status that the client gets, of refusals too.
        if (trace is not null) http.Response.OnCompleted(() =>
        {
            trace.End(extendedId);
            return Task.CompletedTask;
        });
        // 2. What it is for.
        if (deployed.Find(RestApiCall.SegmentsOf(below)) is not var (resource, parameters) || MethodOf(resource, http.Request.Method) is not { } method)
            throw new AwsException("MissingAuthenticationTokenException", StatusCodes.Status403Forbidden, "Missing Authentication Token");
        var call = new RestApiCall(http, api, stage, resource, method, parameters, below, extendedId, header, received);
        // 3. Whether it may; the body comes after, as a signature is for it too.
        call = call with { Caller = await http.RequestServices.GetRequiredService<RestApiAuthorization>().AdmitAsync(call, deployed) };
        call = call with { Body = await RequestBody.ReadAsync(http) };
        // 4. What answers it.
        await AnswerAsync(call, method.MethodIntegration!, trace, timed);
    }

    static RestMethod? MethodOf(RestResource resource, string method) => resource.Methods.GetValueOrDefault(method) ?? resource.Methods.GetValueOrDefault("ANY");

    static Task AnswerAsync(RestApiCall call, RestIntegration integration, StageTrace? trace, TimedRequest timed) => integration.Type switch
    {
        "AWS_PROXY" => InvokeAsync(call, integration, trace, timed),
        "HTTP_PROXY" => ForwardAsync(call, integration, timed),
        "MOCK" => MockIntegration.AnswerAsync(call, integration),
        _ => throw new AwsException("NotImplemented", StatusCodes.Status501NotImplemented, $"Integrations of type {integration.Type} are not available on this server."),
    };

    static async Task InvokeAsync(RestApiCall call, RestIntegration integration, StageTrace? trace, TimedRequest timed)
    {
        var services = call.Http.RequestServices;
        var (home, time) = (services.GetRequiredService<AwsHome>(), services.GetRequiredService<TimeProvider>());
        var began = time.GetUtcNow();
        var sent = trace is null ? call : call with { Trace = trace.CallHeader };
        var outcome = await timed.IntegratedAsync(services.GetRequiredService<FunctionIntegration>().InvokeAsync(
            integration.Uri!, call.Stage.Variables, integration.Credentials, call.SourceArn(home), RestEvent.Write(sent, home), sent.Trace, LimitOf(integration)));
        var answer = outcome.Fault == FunctionFault.None ? FunctionAnswer.Find(outcome.Result!.Payload, decodes: call.IsBinary(call.Request.Headers.Accept.FirstOrDefault())) : null;
        var refusal = answer is null ? Refusal(outcome.Fault) : null;
        trace?.Invoked(FunctionUri.Fill(FunctionUri.Find(integration.Uri!)!, call.Stage.Variables), began, answer?.Status ?? refusal!.Status, answer?.Body.Length);
        if (refusal is not null) throw refusal;
        await answer!.WriteAsync(call.Http.Response, Json);
    }

    static async Task ForwardAsync(RestApiCall call, RestIntegration integration, TimedRequest timed)
    {
        var fault = await timed.IntegratedAsync(call.Http.RequestServices.GetRequiredService<WebIntegration>().ForwardAsync(call.Http, new WebRequest(
            integration.Uri!, integration.HttpMethod!, call.Parameters, call.Stage.Variables, call.Body, call.Trace, LimitOf(integration))));
        if (fault != FunctionFault.None) throw Refusal(fault);
    }

    static TimeSpan LimitOf(RestIntegration integration) => TimeSpan.FromMilliseconds(integration.TimeoutInMillis!.Value);

    // A function that fails has given no response, and one that was never asked is the API's own fault.
    static AwsException Refusal(FunctionFault fault) => fault switch
    {
        FunctionFault.TimedOut => new AwsException("InternalServerErrorException", StatusCodes.Status504GatewayTimeout, "Endpoint request timed out"),
        FunctionFault.None or FunctionFault.Failed => new AwsException("InternalServerErrorException", StatusCodes.Status502BadGateway, "Internal server error"),
        _ => new AwsException("InternalServerErrorException", StatusCodes.Status500InternalServerError, "Internal server error"),
    };

    static AwsException Forbidden() => new("ForbiddenException", StatusCodes.Status403Forbidden, "Forbidden");
}
