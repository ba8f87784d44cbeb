namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>What the console's pages of functions ask for and change.</summary>
static class FunctionEndpoints
{
    // A zip of 50 MB in base64, as in the Lambda API.
    const long CodeBytesMax = AwsFront.Lambda.LambdaEndpoints.RequestBytesMax;

    // The largest event of an invocation, written as a JSON string.
    const long EventBytesMax = 2 * Lambray.Functions.Invocation.Payload.RequestResponseBytesMax;

    const string Function = "/functions/{name}";

    public static void MapFunctions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/functions", FunctionReads.List);
        api.MapPost("/functions", FunctionChanges.Create).Taking(CodeBytesMax);
        api.MapGet("/functions-options", FunctionReads.Options);
        api.MapGet("/runtimes/{runtime}", FunctionReads.Runtime);
        api.MapGet(Function, FunctionReads.Get);
        api.MapDelete(Function, FunctionChanges.Delete);
        api.MapPut(Function + "/configuration", FunctionChanges.Configure);
        api.MapPut(Function + "/code", FunctionChanges.UpdateCode).Taking(CodeBytesMax);
        api.MapPut(Function + "/concurrency", FunctionParts.Reserve);
        api.MapPut(Function + "/provisioned-concurrency/{qualifier}", FunctionParts.Provision);
        api.MapPut(Function + "/asynchronous-invocation", FunctionParts.SetEventHandling);
        api.MapPost(Function + "/versions", FunctionParts.Publish);
        api.MapDelete(Function + "/versions/{version}", FunctionParts.DeleteVersion);
        api.MapPut(Function + "/aliases/{alias}", FunctionParts.PutAlias);
        api.MapDelete(Function + "/aliases/{alias}", FunctionParts.DeleteAlias);
        api.MapPut(Function + "/url", FunctionParts.PutUrl);
        api.MapDelete(Function + "/url", FunctionParts.DeleteUrl);
        api.MapPost(Function + "/permissions", FunctionParts.AddPermission);
        api.MapDelete(Function + "/permissions/{statementId}", FunctionParts.RemovePermission);
        api.MapPut(Function + "/tags", FunctionParts.PutTags);
        api.MapGet("/event-sources", FunctionMappings.ListSources);
        api.MapPost(Function + "/event-source-mappings", FunctionMappings.Create);
        api.MapPut("/event-source-mappings/{uuid}", FunctionMappings.Change);
        api.MapDelete("/event-source-mappings/{uuid}", FunctionMappings.Delete);

        api.MapGet(Function + "/test-events", FunctionRuns.ListEvents);
        api.MapPut(Function + "/test-events/{event}", FunctionRuns.PutEvent).Taking(EventBytesMax);
        api.MapDelete(Function + "/test-events/{event}", FunctionRuns.DeleteEvent);
        api.MapPost(Function + "/runs", FunctionRuns.Run).Taking(EventBytesMax);
        api.MapGet(Function + "/runs/{requestId}/log", FunctionRuns.ReadLog);

        api.MapGet(Function + "/metrics", FunctionFiguresReads.Read);
        api.MapGet(Function + "/log", FunctionLogReads.Read);
        api.MapGet(Function + "/traces", FunctionTraceReads.List);
        api.MapGet("/environments", EnvironmentReads.List);
    }

    static void Taking(this IEndpointConventionBuilder endpoint, long bytesMax) => endpoint.WithMetadata(new RequestSizeLimit(bytesMax));

    /// <summary>Routing sets it before the body is read.</summary>
    sealed record RequestSizeLimit(long? MaxRequestBodySize) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata;
}
