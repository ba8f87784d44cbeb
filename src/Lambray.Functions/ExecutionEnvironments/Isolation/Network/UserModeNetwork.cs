using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>The way out for ordinary users: a program for each environment that speaks to the outside in its place, with sockets like any program's.</summary>
sealed class UserModeNetwork : IOutsideNetwork
{
    const string Interface = "tap0";
    const byte OneAddress = 32;
    static readonly TimeSpan ReadyWait = TimeSpan.FromSeconds(5);

    readonly NetworkNamespace host = NetworkNamespace.Current();
    readonly string program;

    UserModeNetwork(string program) => this.program = program;

    public string Description => "network open by slirp4netns";

    // The program's own address, at which it asks the machine's resolver.
    public string ResolverConfiguration => "nameserver 10.0.2.3\n";

    /// <exception cref="IOException">This machine cannot; the message says why.</exception>
    public static UserModeNetwork Open(string? searchPath) =>
        new(Programs.Find("slirp4netns", searchPath) ?? throw new IOException("slirp4netns is not installed; Debian has it as 'slirp4netns'"));

    public IDisposable Connect(NetworkNamespace network)
    {
        // What it starts speaks from the namespace that this thread is in.
        host.Enter();
        var hostAddresses = HostAddresses();
        var (command, arguments) = LaunchCommand.DyingWithServer(
            [program, "--configure", "--mtu=65520", "--disable-host-loopback", "--netns-type=path", network.Path, Interface]);
        var connection = new Connection(ChildProcess.Start(command, arguments, []));
        try
        {
            network.Enter();
            SpinWait.SpinUntil(() => connection.HasEnded || HasWayOut(), ReadyWait);
            if (!HasWayOut()) throw new IOException("slirp4netns does not connect an environment's network");
            // To the program the host's own addresses are as near as any other, and must not be.
            using var links = RouteNetlink.Open();
            foreach (var address in hostAddresses) links.AddBarrier(address, OneAddress);
            foreach (var (address, length) in Metadata.Networks) links.AddBarrier(address, length);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => host.Dispose();

    static List<IPAddress> HostAddresses() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(found => found.GetIPProperties().UnicastAddresses).Select(found => found.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)).Distinct()];

    // The kernel's table of routes, a line each: interface, destination (zeros for everything), …
    static bool HasWayOut() => File.ReadAllText("/proc/thread-self/net/route").Contains($"{Interface}\t00000000\t", StringComparison.Ordinal);

    sealed class Connection(ChildProcess process) : IDisposable
    {
        public bool HasEnded => process.Exited.IsCompleted;

        public void Dispose()
        {
            process.SignalAll(LibC.SigKill);
            process.Output.Dispose();
        }
    }
}
