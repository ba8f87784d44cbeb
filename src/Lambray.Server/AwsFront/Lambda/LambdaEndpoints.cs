using Lambray.Server.AwsFront.Downstream;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>The routes of the Lambda API.</summary>
public static class LambdaEndpoints
{
    const string Functions = "/2015-03-31/functions";
    const string Function = Functions + "/{functionName}";
    const string Aliases = Function + "/aliases";
    const string Alias = Aliases + "/{name}";
    const string EventInvokeConfig = "/2019-09-25/functions/{functionName}/event-invoke-config";
    const string FunctionUrl = "/2021-10-31/functions/{functionName}/url";
    const string ProvisionedConcurrency = "/2019-09-30/functions/{functionName}/provisioned-concurrency";
    const string CodeSigningConfigs = "/2020-04-22/code-signing-configs";
    const string CodeSigningConfig = CodeSigningConfigs + "/{codeSigningConfigArn}";
    const string FunctionCodeSigning = "/2020-06-30/functions/{functionName}/code-signing-config";
    const string RecursionConfig = "/2024-08-31/functions/{functionName}/recursion-config";
    const string RuntimeManagement = "/2021-07-20/functions/{functionName}/runtime-management-config";
    const string EventSourceMappings = "/2015-03-31/event-source-mappings";
    const string EventSourceMapping = EventSourceMappings + "/{uuid}";
    const string Tags = "/2017-03-31/tags/{resource}";
    const string Layers = "/2018-10-31/layers";
    const string LayerVersions = Layers + "/{layerName}/versions";
    const string LayerVersion = LayerVersions + "/{version}";

    /// <summary>AWS's own limit for CreateFunction: a zip of 50 MB in base64.</summary>
    public const long RequestBytesMax = 70_167_211;

    // A connection whose body is larger than it may be is cut in the middle of it, and its client never reads why.
    // So somewhat more is let in, and refused by the operation.
    const long ConnectionBytesMax = 4 * RequestBytesMax;

    /// <summary>Lambda behind the front.</summary>
    public static readonly ServiceFront Front = new(
        AwsService.Lambda, MapLambda, LambdaErrorFormat.WriteAsync, ConnectionBytesMax, request => LambdaOperations.FindName(request.Method, request.Path.Value!))
    {
        Downstream = new DownstreamForm("Lambda", Describe),
    };

    static DownstreamDescription Describe(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        return new DownstreamDescription(
            LambdaOperations.FindName(request.Method, request.Path.Value!),
            ("function_name", http.GetRouteValue("functionName") is string name ? Uri.UnescapeDataString(name) : null),
            ("qualifier", request.Query["Qualifier"]), ("invocation_type", request.Headers["X-Amz-Invocation-Type"]),
            ("log_type", request.Headers["X-Amz-Log-Type"]), ("function_error", response.Headers["X-Amz-Function-Error"]));
    }

    public static void MapLambda(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Functions, FunctionOperations.CreateFunction);
        routes.MapGet(Functions, FunctionOperations.ListFunctions);
        routes.MapGet(Function, FunctionOperations.GetFunction);
        routes.MapGet(Function + "/configuration", FunctionOperations.GetFunctionConfiguration);
        routes.MapPut(Function + "/configuration", FunctionOperations.UpdateFunctionConfiguration);
        routes.MapPut(Function + "/code", FunctionOperations.UpdateFunctionCode);
        routes.MapDelete(Function, FunctionOperations.DeleteFunction);
        routes.MapPost(Function + "/invocations", InvokeOperation.Invoke);
        routes.MapPost("/2014-11-13/functions/{functionName}/invoke-async", InvokeOperation.InvokeAsync);
        routes.MapPost("/2021-11-15/functions/{functionName}/response-streaming-invocations", InvokeWithResponseStreamOperation.Invoke);

        routes.MapPost(Function + "/versions", VersionOperations.PublishVersion);
        routes.MapGet(Function + "/versions", VersionOperations.ListVersionsByFunction);

        routes.MapPost(Aliases, AliasOperations.CreateAlias);
        routes.MapGet(Aliases, AliasOperations.ListAliases);
        routes.MapGet(Alias, AliasOperations.GetAlias);
        routes.MapPut(Alias, AliasOperations.UpdateAlias);
        routes.MapDelete(Alias, AliasOperations.DeleteAlias);

        routes.MapPost(Function + "/policy", PolicyOperations.AddPermission);
        routes.MapGet(Function + "/policy", PolicyOperations.GetPolicy);
        routes.MapDelete(Function + "/policy/{statementId}", PolicyOperations.RemovePermission);

        routes.MapPut(EventInvokeConfig, EventInvokeConfigOperations.PutFunctionEventInvokeConfig);
        routes.MapPost(EventInvokeConfig, EventInvokeConfigOperations.UpdateFunctionEventInvokeConfig);
        routes.MapGet(EventInvokeConfig, EventInvokeConfigOperations.GetFunctionEventInvokeConfig);
        routes.MapGet(EventInvokeConfig + "/list", EventInvokeConfigOperations.ListFunctionEventInvokeConfigs);
        routes.MapDelete(EventInvokeConfig, EventInvokeConfigOperations.DeleteFunctionEventInvokeConfig);

        routes.MapPost(FunctionUrl, FunctionUrlOperations.CreateFunctionUrlConfig);
        routes.MapGet(FunctionUrl, FunctionUrlOperations.GetFunctionUrlConfig);
        routes.MapPut(FunctionUrl, FunctionUrlOperations.UpdateFunctionUrlConfig);
        routes.MapDelete(FunctionUrl, FunctionUrlOperations.DeleteFunctionUrlConfig);
        routes.MapGet(FunctionUrl + "s", FunctionUrlOperations.ListFunctionUrlConfigs);

        routes.MapPut("/2017-10-31/functions/{functionName}/concurrency", ConcurrencyOperations.PutFunctionConcurrency);
        routes.MapDelete("/2017-10-31/functions/{functionName}/concurrency", ConcurrencyOperations.DeleteFunctionConcurrency);
        routes.MapGet("/2019-09-30/functions/{functionName}/concurrency", ConcurrencyOperations.GetFunctionConcurrency);
        routes.MapPut(ProvisionedConcurrency, ConcurrencyOperations.PutProvisionedConcurrencyConfig);
        routes.MapGet(ProvisionedConcurrency, ConcurrencyOperations.GetProvisionedConcurrencyConfig);
        routes.MapDelete(ProvisionedConcurrency, ConcurrencyOperations.DeleteProvisionedConcurrencyConfig);

        routes.MapPost(CodeSigningConfigs, CodeSigningOperations.CreateCodeSigningConfig);
        routes.MapGet(CodeSigningConfigs, CodeSigningOperations.ListCodeSigningConfigs);
        routes.MapGet(CodeSigningConfig, CodeSigningOperations.GetCodeSigningConfig);
        routes.MapPut(CodeSigningConfig, CodeSigningOperations.UpdateCodeSigningConfig);
        routes.MapDelete(CodeSigningConfig, CodeSigningOperations.DeleteCodeSigningConfig);
        routes.MapGet(CodeSigningConfig + "/functions", CodeSigningOperations.ListFunctionsByCodeSigningConfig);
        routes.MapPut(FunctionCodeSigning, CodeSigningOperations.PutFunctionCodeSigningConfig);
        routes.MapGet(FunctionCodeSigning, CodeSigningOperations.GetFunctionCodeSigningConfig);
        routes.MapDelete(FunctionCodeSigning, CodeSigningOperations.DeleteFunctionCodeSigningConfig);

        routes.MapPut(RecursionConfig, RuleOperations.PutFunctionRecursionConfig);
        routes.MapGet(RecursionConfig, RuleOperations.GetFunctionRecursionConfig);
        routes.MapPut(RuntimeManagement, RuleOperations.PutRuntimeManagementConfig);
        routes.MapGet(RuntimeManagement, RuleOperations.GetRuntimeManagementConfig);

        routes.MapPost(EventSourceMappings, EventSourceMappingOperations.CreateEventSourceMapping);
        routes.MapGet(EventSourceMappings, EventSourceMappingOperations.ListEventSourceMappings);
        routes.MapGet(EventSourceMapping, EventSourceMappingOperations.GetEventSourceMapping);
        routes.MapPut(EventSourceMapping, EventSourceMappingOperations.UpdateEventSourceMapping);
        routes.MapDelete(EventSourceMapping, EventSourceMappingOperations.DeleteEventSourceMapping);

        routes.MapPost(Tags, TagOperations.TagResource);
        routes.MapGet(Tags, TagOperations.ListTags);
        routes.MapDelete(Tags, TagOperations.UntagResource);
        routes.MapGet("/2016-08-19/account-settings", AccountOperations.GetAccountSettings);

        routes.MapPost(LayerVersion + "/policy", PolicyOperations.AddLayerVersionPermission);
        routes.MapGet(LayerVersion + "/policy", PolicyOperations.GetLayerVersionPolicy);
        routes.MapDelete(LayerVersion + "/policy/{statementId}", PolicyOperations.RemoveLayerVersionPermission);
        routes.MapPost(LayerVersions, LayerOperations.PublishLayerVersion);
        routes.MapGet(Layers, LayerOperations.ListLayers);
        routes.MapGet(LayerVersions, LayerOperations.ListLayerVersions);
        routes.MapGet(LayerVersion, LayerOperations.GetLayerVersion);
        routes.MapDelete(LayerVersion, LayerOperations.DeleteLayerVersion);
    }
}
