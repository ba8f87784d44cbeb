using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Lambray.Tests.Server.Isolation;

static class LocalAddresses
{
    /// <summary>This machine's own IPv4 addresses, but for loopback and those on the way to environments, which come and go.</summary>
    public static IEnumerable<IPAddress> Outward() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(found => !found.Name.StartsWith("lbr", StringComparison.Ordinal))
        .SelectMany(found => found.GetIPProperties().UnicastAddresses).Select(found => found.Address)
        .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
}
