using Lambray.Functions.ExecutionEnvironments;
using Lambray.Server.Daemon;
using Lambray.Server.Environments;
using Lambray.Tracing.Intake;

namespace Lambray.Server.Hosting;

/// <summary>Opens an execution environment's doors: HTTP ones by way of Kestrel, the X-Ray daemon's datagrams into the intake.</summary>
public sealed class EnvironmentDoors(EnvironmentTransport transport, SegmentIntake intake, KernelDrops drops) : IEnvironmentDoors
{
    public IAsyncDisposable Open(EnvironmentTenancy tenancy)
    {
        var sockets = tenancy.Sockets;
        _ = transport.AcceptAsync(sockets.RuntimeApi, tenancy, EnvironmentDoor.RuntimeApi);
        _ = transport.AcceptAsync(sockets.XRay, tenancy, EnvironmentDoor.XRayDaemon);
        if (sockets.AwsEndpoint is { } awsEndpoint) _ = transport.AcceptAsync(awsEndpoint, tenancy, EnvironmentDoor.AwsEndpoint);
        return DaemonReceiver.Start(sockets.XRayDatagrams, intake, drops, () => tenancy.Environment?.Daemon);
    }
}
