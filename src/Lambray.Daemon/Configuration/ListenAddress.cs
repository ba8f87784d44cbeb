using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lambray.Daemon.Configuration;

/// <summary>An address to listen on, as Go writes them: <c>127.0.0.1:2000</c>, <c>[::1]:2000</c>, <c>localhost:2000</c>, or <c>:2000</c> for every address.</summary>
static class ListenAddress
{
    /// <exception cref="ConfigurationException">It is none, or its name is unknown.</exception>
    public static IPEndPoint Resolve(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            throw Bad(text, "has to be HOST:PORT");
        var host = text[..colon].Trim('[', ']');
        if (host.Length == 0) return new IPEndPoint(IPAddress.IPv6Any, port);
        if (IPAddress.TryParse(host, out var address)) return new IPEndPoint(address, port);
        try
        {
            // As most resolvers do, the older protocol first.
            return new IPEndPoint(Dns.GetHostAddresses(host).OrderBy(found => found.AddressFamily == AddressFamily.InterNetworkV6).First(), port);
        }
        catch (Exception error) when (error is SocketException or ArgumentException or InvalidOperationException)
        {
            throw Bad(text, "names no host that is known", error);
        }
    }

    /// <summary>A socket bound to an address.</summary>
    public static Socket Bind(IPEndPoint address, SocketType type)
    {
        var socket = new Socket(address.AddressFamily, type, type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(address);
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw Bad($"{address} ({(type == SocketType.Dgram ? "UDP" : "TCP")})", $"cannot be listened on: {error.Message}", error);
        }
    }

    static ConfigurationException Bad(string text, string what, Exception? cause = null) => new($"{text} {what}", ConfigurationException.BadFile, cause);
}
