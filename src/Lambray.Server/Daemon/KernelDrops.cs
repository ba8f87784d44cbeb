using System.Net.Sockets;
using Lambray.Aws;

namespace Lambray.Server.Daemon;

/// <summary>The packets of the daemon protocol that the kernel dropped, as the server did not take them in time: the intake never sees those.</summary>
public sealed class KernelDrops
{
    readonly Lock gate = new();
    readonly HashSet<Socket> open = [];
    long droppedByClosed;

    public long Count
    {
        get
        {
            lock (gate) return droppedByClosed + open.Sum(udp => (long)ReceiveBuffer.CountDropped(udp));
        }
    }

    public void Watch(Socket udp)
    {
        lock (gate) open.Add(udp);
    }

    /// <summary>Closes the socket, whose drops stay counted.</summary>
    public void Close(Socket udp)
    {
        lock (gate)
        {
            if (open.Remove(udp)) droppedByClosed += ReceiveBuffer.CountDropped(udp);
            udp.Dispose();
        }
    }
}
