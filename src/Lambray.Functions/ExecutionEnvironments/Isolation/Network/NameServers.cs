using System.Net;
using System.Net.Sockets;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>The machine's resolver configuration, as far as an environment can use it.</summary>
/// <param name="Addresses">Name servers that are not on this machine's loopback.</param>
sealed record NameServers(IReadOnlyList<IPAddress> Addresses, string Text)
{
    const string Keyword = "nameserver";

    // The second is systemd-resolved's list of the real ones, where the first names only its own.
    static readonly string[] Sources = ["/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"];

    public static NameServers OfThisMachine() =>
        Sources.Where(File.Exists).Select(File.ReadAllText).Select(Parse).FirstOrDefault(found => found.Addresses.Count > 0) ?? new NameServers([], "");

    /// <summary>Reads <c>resolv.conf</c> (<c>man 5 resolv.conf</c>) and leaves out what environments cannot reach: loopback and IPv6.</summary>
    public static NameServers Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line[0] is not ('#' or ';')).ToList();
        var servers = lines.Select(Address).OfType<IPAddress>()
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)).ToList();
        var others = lines.Where(line => Address(line) is null && !line.StartsWith(Keyword, StringComparison.Ordinal));
        return new NameServers(servers, string.Concat(others.Concat(servers.Select(address => $"{Keyword} {address}")).Select(line => line + "\n")));
    }

    static IPAddress? Address(string line) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [Keyword, var address, ..] && IPAddress.TryParse(address, out var parsed) ? parsed : null;
}
