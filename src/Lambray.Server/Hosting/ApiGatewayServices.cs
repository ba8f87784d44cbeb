using Lambray.Server.AwsFront.ExecuteApi;
using Lambray.Server.AwsFront.ExecuteApi.HttpApis;
using Lambray.Server.AwsFront.ExecuteApi.RestApis;

namespace Lambray.Server.Hosting;

/// <summary>Registers what requests of API Gateway's APIs need on their way.</summary>
static class ApiGatewayServices
{
    /// <remarks>Needs functions, resources and authentication.</remarks>
    public static IServiceCollection AddApiGateway(this IServiceCollection services) => services
        .AddSingleton<ApiMetrics>()
        .AddSingleton<FunctionIntegration>()
        .AddSingleton<AuthorizerVerdicts>()
        .AddSingleton<WebIntegration>()
        .AddSingleton<IssuerKeys>()
        .AddSingleton<HttpApiAuthorization>()
        .AddSingleton<RestApiAuthorization>()
        .AddSingleton<StageSampler>();
}
