using System.Net;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Server.Environments;
using Lambray.Tracing.Intake;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lambray.Server.Daemon;

/// <summary>The two sides of the daemon's port: segments by UDP, and the API calls that SDKs make through it by TCP.</summary>
public static class DaemonEndpoints
{
    public static IServiceCollection AddDaemon(this IServiceCollection services, IPEndPoint address) => services
        .AddSingleton(provider => new DaemonListener(
            address, provider.GetRequiredService<SegmentIntake>(), provider.GetRequiredService<KernelDrops>(), provider.GetRequiredService<ILogger<DaemonListener>>()))
        .AddHostedService(provider => provider.GetRequiredService<DaemonListener>());

    /// <summary>Marks the connections of a daemon's TCP port: whatever comes there is for X-Ray, signed or not.</summary>
    /// <remarks>The real daemon is a proxy that signs every request of any path; SDKs send it GetSamplingRules and SamplingTargets.</remarks>
    public static void UseDaemonPort(this ListenOptions options) => options.Use(next => connection =>
    {
        connection.Features.Set(new DaemonConnection());
        return next(connection);
    });

    /// <summary>Whether a request came to the server's daemon port or to an environment's own.</summary>
    public static bool IsForDaemon(HttpContext http) =>
        http.Features.Get<DaemonConnection>() is not null || http.Features.Get<EnvironmentConnection>() is { Door: EnvironmentDoor.XRayDaemon };

    sealed record DaemonConnection;
}
