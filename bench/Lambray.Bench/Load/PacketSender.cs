using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lambray.Bench.Load;

/// <summary>Sends packets at a steady rate, each with a number of its own in the place where its trace id has room for one.</summary>
sealed class PacketSender(IPEndPoint target, IReadOnlyList<byte[]> packets)
{
    // Behind "1-xxxxxxxx-" of the trace id; eight digits tell one time through the packets from the next.
    const int NumberAt = 11;
    const int NumberDigits = 8;

    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    readonly int[] numbersAt = [.. packets.Select(packet => packet.AsSpan().IndexOf("\"trace_id\":\""u8) + "\"trace_id\":\"".Length + NumberAt)];

    /// <returns>How many were sent, and in what time.</returns>
    public async Task<(long Sent, TimeSpan Taken)> SendAsync(int perSecond, TimeSpan duration, CancellationToken stopping = default)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(target, stopping);
        var round = (uint)Random.Shared.Next();
        var started = Stopwatch.GetTimestamp();
        var sent = 0L;
        while (Stopwatch.GetElapsedTime(started) < duration && !stopping.IsCancellationRequested)
        {
            // Whatever a tick was late by, the next one makes good.
            var due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond);
            for (; sent < due; sent++) Send(socket, (int)(sent % packets.Count), round + (uint)(sent / packets.Count));
            await Task.Delay(Tick, TimeProvider.System, CancellationToken.None);
        }
        return (sent, Stopwatch.GetElapsedTime(started));
    }

    void Send(Socket socket, int index, uint round)
    {
        Encoding.ASCII.GetBytes(round.ToString("x8", System.Globalization.CultureInfo.InvariantCulture), packets[index].AsSpan(numbersAt[index], NumberDigits));
        socket.Send(packets[index]);
    }
}
