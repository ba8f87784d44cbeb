using System.Diagnostics;
using System.Net.NetworkInformation;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>The way out when root sets it up: a cable (veth) from each environment to the host, which passes packets on under its own address.</summary>
sealed class RoutedNetwork : IOutsideNetwork
{
    const string LockDirectory = "/run/lambray";
    const string InsideName = "eth0";
    const int InsideIndex = 100;
    const byte CablePrefix = 31;
    const int ConnectionsPerEnvironmentMax = 4096;

    readonly string nft;
    readonly NetworkSlot slot;
    readonly NetworkNamespace host;
    readonly RouteNetlink hostLinks;
    readonly IpForwarding forwarding;
    readonly NameServers nameServers;
    readonly HashSet<int> used = [];
    readonly Lock usedLock = new();
    int last;

    RoutedNetwork(string nft, NetworkSlot slot, IpForwarding forwarding, NameServers nameServers)
    {
        (this.nft, this.slot, this.forwarding, this.nameServers) = (nft, slot, forwarding, nameServers);
        (host, hostLinks) = (NetworkNamespace.Current(), RouteNetlink.Open());
    }

    public string Description => "network open by address translation";

    public string ResolverConfiguration => nameServers.Text;

    /// <summary>Removes what servers that crashed have left in the host's network. For root.</summary>
    public static async Task CleanAsync(string? searchPath)
    {
        if (!Directory.Exists(LockDirectory) || Programs.Find("nft", searchPath) is not { } nft) return;
        // To add it first makes it no error that it is not there.
        await NetworkSlot.CleanAsync(LockDirectory, slot => RunAsync(nft, $"add table inet {slot.Table}; delete table inet {slot.Table}"));
        IpForwarding.Clean(LockDirectory);
    }

    /// <exception cref="IOException">This machine cannot; the message says why.</exception>
    public static async Task<RoutedNetwork> OpenAsync(string? searchPath)
    {
        var nft = Programs.Find("nft", searchPath) ?? throw new IOException("nft is not installed; Debian has it in 'nftables'");
        Directory.CreateDirectory(LockDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var slot = NetworkSlot.Take(LockDirectory);
        IpForwarding? forwarding = null;
        try
        {
            forwarding = IpForwarding.TurnOn(LockDirectory);
            var nameServers = NameServers.OfThisMachine();
            await RunAsync(nft, Rules(slot, nameServers, forwarding.WasOff));
            return new RoutedNetwork(nft, slot, forwarding, nameServers);
        }
        catch
        {
            forwarding?.Dispose();
            slot.Dispose();
            throw;
        }
    }

    public IDisposable Connect(NetworkNamespace network)
    {
        var environment = TakeNumber();
        try
        {
            var hostEnd = new LinkEnd(slot.InterfaceIndex(environment), slot.Interface(environment));
            File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
            using (var links = RouteNetlink.Open())
            {
                links.AddCable(new LinkEnd(InsideIndex, InsideName), hostEnd, host.Handle);
                links.AddAddress(InsideIndex, slot.EnvironmentAddress(environment), CablePrefix);
                links.AddDefaultRoute(slot.HostAddress(environment));
            }
            hostLinks.SwitchOnWithoutIpv6(hostEnd.Index);
            hostLinks.AddAddress(hostEnd.Index, slot.HostAddress(environment), CablePrefix);
            return new Connection(this, environment);
        }
        catch
        {
            Release(environment);
            throw;
        }
    }

    public void Dispose()
    {
        using (var removal = Start(nft, $"delete table inet {slot.Table}")) removal.WaitForExit();
        forwarding.Dispose();
        slot.Dispose();
        hostLinks.Dispose();
        host.Dispose();
    }

    /// <summary>What environments may reach, as rules in the language of <c>man 8 nft</c>.</summary>
    static string Rules(NetworkSlot slot, NameServers nameServers, bool hostIsNoRouter)
    {
        var (own, any) = ($"\"{slot.Interfaces}*\"", $"\"{NetworkSlot.InterfacePrefix}*\"");
        var metadata = Set(Metadata.Networks.Select(network => $"{network.Address}/{network.PrefixLength}"));
        var resolvers = nameServers.Addresses.Count == 0 ? "" : $"""
            iifname {own} ip daddr {Set(nameServers.Addresses.Select(address => address.ToString()))} meta l4proto {Set(["tcp", "udp"])} th dport 53 accept
            """;
        // This machine passed nothing on between its networks before, and shall not now.
        var others = Set(NetworkInterface.GetAllNetworkInterfaces().Select(found => found.Name)
            .Where(name => !name.StartsWith(NetworkSlot.InterfacePrefix, StringComparison.Ordinal)).Select(name => $"\"{name}\""));
        var noRouter = hostIsNoRouter ? $"iifname {others} oifname {others} drop" : "";
        return $$"""
            table inet {{slot.Table}} {
              set connections { type ipv4_addr; size {{NetworkSlot.EnvironmentsMax}}; flags dynamic; }
              chain input {
                type filter hook input priority filter - 5; policy accept;
                iifname {{own}} reject with icmpx admin-prohibited comment "nothing on the host"
              }
              chain forward {
                type filter hook forward priority filter - 5; policy accept;
                iifname {{own}} ip daddr {{NetworkSlot.AllAddresses}} reject with icmpx admin-prohibited comment "no other environment"
                oifname {{own}} iifname {{any}} drop
                {{resolvers}}
                iifname {{own}} ip daddr {{metadata}} reject with icmpx admin-prohibited
                iifname {{own}} ct status dnat reject with icmpx admin-prohibited comment "no port that the host publishes for a container"
                iifname {{own}} ct state new add @connections { ip saddr ct count over {{ConnectionsPerEnvironmentMax}} } drop
                iifname {{own}} ip saddr {{slot.Addresses}} accept
                iifname {{own}} drop
                oifname {{own}} ct state established,related accept
                oifname {{own}} drop comment "nothing comes in by itself"
                {{noRouter}}
              }
              chain postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                ip saddr {{slot.Addresses}} oifname != {{any}} masquerade
              }
            }
            """;
    }

    static string Set(IEnumerable<string> elements) => $"{{ {string.Join(", ", elements)} }}";

    static async Task<string> RunAsync(string nft, string commands)
    {
        using var process = Start(nft, commands);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new IOException($"nft failed: {(await error).Split('\n')[0]}");
        return await output;
    }

    static Process Start(string nft, string commands)
    {
        var process = Process.Start(new ProcessStartInfo(nft, ["-f", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(commands);
        process.StandardInput.Close();
        return process;
    }

    // The number given back longest ago: the kernel may still be busy with the interface of one given back just now.
    int TakeNumber()
    {
        lock (usedLock)
        {
            for (var tries = 0; tries < NetworkSlot.EnvironmentsMax; tries++)
            {
                last = (last + 1) % NetworkSlot.EnvironmentsMax;
                if (used.Add(last)) return last;
            }
        }
        throw new IOException($"More than {NetworkSlot.EnvironmentsMax} environments have no addresses.");
    }

    void Release(int environment)
    {
        lock (usedLock) used.Remove(environment);
    }

    sealed class Connection(RoutedNetwork network, int environment) : IDisposable
    {
        public void Dispose() => network.Release(environment);
    }
}
