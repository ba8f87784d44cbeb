using System.Net;
using System.Net.Sockets;
using System.Text;
using Lambray.Aws;
using Microsoft.Extensions.Logging;

namespace Lambray.Daemon.Receiving;

/// <summary>Takes packets from the UDP port into the queue.</summary>
/// <remarks>One blocking thread, which needs a quarter of the time that an asynchronous receive would, and allocates nothing.</remarks>
sealed partial class SegmentReceiver : IDisposable
{
    // How long the log is quiet about further lost segments; telemetry counts them all.
    static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(1);

    readonly Socket udp;
    readonly DatagramBuffers buffers;
    readonly SegmentQueue queue;
    readonly DaemonCounters counters;
    readonly TimeProvider time;
    readonly ILogger log;
    readonly Thread thread;
    long? saidLostAt;
    volatile bool stopping;

    /// <param name="udp">Bound; it is closed when this is.</param>
    public SegmentReceiver(Socket udp, DatagramBuffers buffers, SegmentQueue queue, DaemonCounters counters, TimeProvider time, ILogger log)
    {
        (this.udp, this.buffers, this.queue, this.counters, this.time, this.log) = (udp, buffers, queue, counters, time, log);
        ReceiveBuffer.Enlarge(udp);
        thread = new Thread(Receive) { Name = "Segments", IsBackground = true };
        thread.Start();
        LogStarting(Address);
    }

    public IPEndPoint Address => (IPEndPoint)udp.LocalEndPoint!;

    /// <summary>Takes what the kernel has already, and ends.</summary>
    public void Stop()
    {
        stopping = true;
        // A packet to oneself ends the blocked call, whatever was sent before it being taken first.
        using (var waker = new Socket(udp.AddressFamily, SocketType.Dgram, ProtocolType.Udp)) waker.SendTo([], Loopback(Address));
        thread.Join();
    }

    public void Dispose() => udp.Dispose();

    static IPEndPoint Loopback(IPEndPoint address) => address.Address switch
    {
        var any when any.Equals(IPAddress.Any) => new IPEndPoint(IPAddress.Loopback, address.Port),
        var any when any.Equals(IPAddress.IPv6Any) => new IPEndPoint(IPAddress.IPv6Loopback, address.Port),
        _ => address,
    };

    void Receive()
    {
        var buffer = queue.Rent();
        while (!stopping || udp.Available > 0) buffer = ReceiveInto(buffer);
        queue.Return(buffer);
    }

    /// <returns>The buffer for the next one.</returns>
    int ReceiveInto(int buffer)
    {
        int length;
        try
        {
            length = udp.Receive(buffers[buffer]);
        }
        catch (SocketException error)
        {
            LogFailed(error.Message);
            return buffer;
        }
        return length == 0 ? buffer : Take(buffer, length);
    }

    int Take(int buffer, int length)
    {
        counters.CountReceived();
        var packet = buffers[buffer][..length];
        var fault = SegmentHeader.TryFindDocument(packet, out var start);
        if (fault != PacketFault.None)
        {
            counters.CountRejected();
            LogFault(packet, fault);
            return buffer;
        }
        var next = queue.Exchange(new WaitingSegment(buffer, start, length - start), out var fate);
        if (fate != SegmentFate.Kept) LogLost(fate);
        return next;
    }

    void LogFault(ReadOnlySpan<byte> packet, PacketFault fault)
    {
        var end = packet.IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(end < 0 ? packet : packet[..end]);
        if (fault == PacketFault.BadHeader) LogBadHeader(line);
        else LogIncomplete(line);
    }

    void LogLost(SegmentFate fate)
    {
        if (saidLostAt is { } at && time.GetElapsedTime(at) < QuietFor) return;
        saidLostAt = time.GetTimestamp();
        if (fate == SegmentFate.Dropped) LogDropped();
        else LogOldestDropped();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Receiving segments on {Address}")]
    partial void LogStarting(IPEndPoint address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Missing header or segment: {Packet}")]
    partial void LogIncomplete(string packet);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Invalid header: {Header}")]
    partial void LogBadHeader(string header);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Segment dropped. Consider increasing memory limit")]
    partial void LogDropped();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Segment buffer is full. Dropping oldest segment document.")]
    partial void LogOldestDropped();

    [LoggerMessage(Level = LogLevel.Error, Message = "Receiving a segment failed: {Reason}")]
    partial void LogFailed(string reason);
}
