using Lambray.Functions.ExecutionEnvironments;
using Lambray.Server.Daemon;
using Lambray.Server.Environments;
using Lambray.Tracing.Intake;

namespace Lambray.Server.Hosting;

/// <summary>Opens an execution environment's doors: HTTP ones by way of Kestrel, the X-Ray daemon's datagrams into the intake.</summary>
public sealed class EnvironmentDoors(EnvironmentTransport transport, SegmentIntake intake) : IEnvironmentDoors
{
    public IAsyncDisposable Open(ExecutionEnvironment environment)
    {
        var sockets = environment.Sockets;
        _ = transport.AcceptAsync(sockets.RuntimeApi, environment, EnvironmentDoor.RuntimeApi);
        _ = transport.AcceptAsync(sockets.XRay, environment, EnvironmentDoor.XRayDaemon);
        if (sockets.AwsEndpoint is { } awsEndpoint) _ = transport.AcceptAsync(awsEndpoint, environment, EnvironmentDoor.AwsEndpoint);
        return DaemonReceiver.Start(sockets.XRayDatagrams, intake);
    }
}
