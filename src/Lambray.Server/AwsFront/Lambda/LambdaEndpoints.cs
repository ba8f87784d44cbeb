using Lambray.Server.AwsFront.Downstream;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>The routes of the Lambda API.</summary>
public static class LambdaEndpoints
{
    const string Functions = "/2015-03-31/functions";
    const string Function = Functions + "/{functionName}";
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
        routes.MapPost("/2021-11-15/functions/{functionName}/response-streaming-invocations", InvokeWithResponseStreamOperation.Invoke);

        routes.MapPost(LayerVersions, LayerOperations.PublishLayerVersion);
        routes.MapGet(Layers, LayerOperations.ListLayers);
        routes.MapGet(LayerVersions, LayerOperations.ListLayerVersions);
        routes.MapGet(LayerVersion, LayerOperations.GetLayerVersion);
        routes.MapDelete(LayerVersion, LayerOperations.DeleteLayerVersion);
    }
}
