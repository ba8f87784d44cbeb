using System.Net;
using Lambray.Server.AwsFront.XRay;
using Lambray.Tracing.Intake;

namespace Lambray.Server.Daemon;

/// <summary>The two sides of the daemon's port: segments by UDP, and the API calls that SDKs make through it by TCP.</summary>
public static class DaemonEndpoints
{
    public static IServiceCollection AddDaemon(this IServiceCollection services, IPEndPoint address) => services
        .AddSingleton(provider => new DaemonListener(
            address, provider.GetRequiredService<SegmentIntake>(), provider.GetRequiredService<ILogger<DaemonListener>>()))
        .AddHostedService(provider => provider.GetRequiredService<DaemonListener>());

    /// <summary>The calls of the SDKs, unsigned: all that they ask of a daemon by TCP.</summary>
    public static void MapDaemonProxy(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/GetSamplingRules", SamplingOperations.GetSamplingRules);
        routes.MapPost("/SamplingTargets", SamplingOperations.GetSamplingTargets);
    }
}
