using System.Net;
using System.Net.Sockets;
using Lambray.Aws;
using Lambray.Tracing.Intake;

namespace Lambray.Server.Daemon;

/// <summary>The X-Ray daemon of the server: a UDP port for segments from anywhere on this machine.</summary>
/// <remarks>One blocking thread: it takes a datagram in a quarter of the time that an asynchronous receive needs.</remarks>
public sealed partial class DaemonListener(IPEndPoint address, SegmentIntake intake, KernelDrops drops, ILogger<DaemonListener> log) : IHostedService, IDisposable
{
    readonly Socket udp = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
    readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool stopping;

    /// <summary>Where it listens, with the port that was found when 0 was asked for.</summary>
    public IPEndPoint Address => (IPEndPoint)udp.LocalEndPoint!;

    /// <exception cref="SocketException">The address is in use or not ours.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        udp.Bind(address);
        ReceiveBuffer.Enlarge(udp);
        drops.Watch(udp);
        new Thread(Receive) { Name = "X-Ray daemon", IsBackground = true }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return stopped.Task.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        stopping = true;
        drops.Close(udp);
    }

    void Receive()
    {
        var buffer = new byte[DaemonReceiver.DatagramBytesMax];
        while (!stopping) ReceiveOne(buffer);
        stopped.SetResult();
    }

    void ReceiveOne(byte[] buffer)
    {
        try
        {
            intake.TryAcceptDatagram(buffer.AsMemory(0, udp.Receive(buffer)));
        }
        // Stopping closes the socket under the blocked call.
        catch (Exception error) when (stopping && error is SocketException or ObjectDisposedException)
        {
        }
        catch (SocketException error)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Receiving a packet of the X-Ray daemon protocol failed")]
    partial void LogFailed(Exception error);
}
