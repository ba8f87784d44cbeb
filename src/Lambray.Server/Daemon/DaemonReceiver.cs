using System.Net.Sockets;
using Lambray.Tracing.Intake;

namespace Lambray.Server.Daemon;

/// <summary>The X-Ray daemon of one execution environment: takes the packets of a bound UDP socket to the intake.</summary>
/// <remarks>Environments are many and send little, so they share the thread pool; the server's own port has a thread of its own.</remarks>
public sealed class DaemonReceiver : IAsyncDisposable
{
    // The largest payload that UDP can carry.
    internal const int DatagramBytesMax = 65_507;

    readonly Socket udp;
    readonly SegmentIntake intake;
    readonly KernelDrops drops;
    readonly Func<IDocumentBuffer?> buffer;
    readonly CancellationTokenSource stopping = new();
    Task receiving = Task.CompletedTask;

    DaemonReceiver(Socket udp, SegmentIntake intake, KernelDrops drops, Func<IDocumentBuffer?> buffer) =>
        (this.udp, this.intake, this.drops, this.buffer) = (udp, intake, drops, buffer);

    /// <summary>Receives until it is disposed of; the socket is closed then.</summary>
    /// <param name="buffer">Whose memory the documents take while they wait to be stored.</param>
    public static DaemonReceiver Start(Socket udp, SegmentIntake intake, KernelDrops drops, Func<IDocumentBuffer?> buffer)
    {
        udp.Blocking = false;
        drops.Watch(udp);
        var receiver = new DaemonReceiver(udp, intake, drops, buffer);
        receiver.receiving = receiver.ReceiveAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await receiving;
        drops.Close(udp);
        stopping.Dispose();
    }

    async Task ReceiveAsync()
    {
        var datagram = GC.AllocateUninitializedArray<byte>(DatagramBytesMax);
        try
        {
            while (true)
            {
                var length = await udp.ReceiveAsync(datagram, SocketFlags.None, stopping.Token);
                Accept(datagram, length);
                ReceiveWaiting(datagram);
            }
        }
        catch (OperationCanceledException)
        {
            // What the environment sent before its end is in the kernel's buffer already.
            ReceiveWaiting(datagram);
        }
    }

    // A call that may wait costs several times as much as one that takes what is there.
    void ReceiveWaiting(byte[] datagram)
    {
        while (true)
        {
            var length = udp.Receive(datagram, 0, datagram.Length, SocketFlags.None, out var error);
            if (error != SocketError.Success) return;
            Accept(datagram, length);
        }
    }

    void Accept(byte[] datagram, int length) => intake.TryAcceptDatagram(datagram.AsMemory(0, length), buffer());
}
