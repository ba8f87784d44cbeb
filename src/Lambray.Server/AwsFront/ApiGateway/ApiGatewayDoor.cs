using Lambray.Server.AwsFront.ApiGateway.HttpApis;
using Lambray.Server.AwsFront.ApiGateway.RestApis;
using Lambray.Server.AwsFront.Downstream;

namespace Lambray.Server.AwsFront.ApiGateway;

/// <summary>The door of API Gateway's own API: HTTP APIs are made under <c>/v2</c>, REST APIs beside it.</summary>
public static class ApiGatewayDoor
{
    const long RequestBytesMax = 8 * 1024 * 1024;

    public static readonly ServiceFront Front = new(
        AwsService.ApiGateway, Map, JsonErrors.WriteAsync, RequestBytesMax, request => UnavailableOperations.FindName(request.Method, request.Path.Value!))
    {
        // The operation is in the path alone, and functions that make APIs are rare.
        Downstream = new DownstreamForm("ApiGateway", _ => new DownstreamDescription(Operation: null)),
    };

    static void Map(IEndpointRouteBuilder routes)
    {
        ApiOperations.Map(routes);
        StageOperations.Map(routes);
        HttpApiParts.Map(routes);
        RestApiOperations.Map(routes);
        RestResourceOperations.Map(routes);
        RestMethodOperations.Map(routes);
        RestStageOperations.Map(routes);
        TagOperations.Map(routes);
    }
}
