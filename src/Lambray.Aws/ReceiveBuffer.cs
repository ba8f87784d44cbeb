using System.Net.Sockets;

namespace Lambray.Aws;

/// <summary>Room in the kernel for the packets that come while a daemon's thread is not scheduled.</summary>
public static class ReceiveBuffer
{
    const int Bytes = 16 * 1024 * 1024;

    // SOL_SOCKET and SO_RCVBUFFORCE: for those who may administer the network, more than the machine allows everyone.
    const int SocketLevel = 1;
    const int Force = 33;

    // SO_MEMINFO: nine numbers of 32 bits, the last of which is what was dropped.
    const int MemoryFigures = 55;
    const int MemoryFiguresBytes = 36;
    const int DroppedAt = 32;

    /// <summary>Asks for sixteen megabytes, half a second of 50,000 packets; an ordinary user gets what the machine allows (<c>net.core.rmem_max</c>).</summary>
    public static void Enlarge(Socket udp)
    {
        udp.ReceiveBufferSize = Bytes;
        try
        {
            udp.SetRawSocketOption(SocketLevel, Force, BitConverter.GetBytes(Bytes));
        }
        catch (SocketException)
        {
            // What was granted has to do.
        }
    }
    /// <summary>How many packets the kernel had no room for since the socket was made; it counts modulo 2³².</summary>
    public static uint CountDropped(Socket udp)
    {
        Span<byte> figures = stackalloc byte[MemoryFiguresBytes];
        udp.GetRawSocketOption(SocketLevel, MemoryFigures, figures);
        return BitConverter.ToUInt32(figures[DroppedAt..]);
    }
}
