using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>The way out for ordinary users: a program for each environment that speaks to the outside in its place, with sockets like any program's.</summary>
sealed class UserModeNetwork : IOutsideNetwork
{
    const string Interface = "tap0";
    const string TunnelDevice = "/dev/net/tun";
    const byte OneAddress = 32;
    static readonly TimeSpan ReadyWait = TimeSpan.FromSeconds(5);

    // It stays in the host's network, from which what it starts is to speak.
    readonly DedicatedThread starting = new("network-start");
    readonly string program;

    UserModeNetwork(string program) => this.program = program;

    public string Description => "network open by slirp4netns";

    // The program's own address, at which it asks the machine's resolver.
    public string ResolverConfiguration => "nameserver 10.0.2.3\n";

    /// <exception cref="IOException">This machine cannot; the message says why.</exception>
    public static UserModeNetwork Open(string? searchPath)
    {
        var program = Programs.Find("slirp4netns", searchPath) ?? throw new IOException("slirp4netns is not installed; Debian has it as 'slirp4netns'");
        try
        {
            File.OpenHandle(TunnelDevice, FileMode.Open, FileAccess.ReadWrite).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{TunnelDevice} cannot be opened by this user", error);
        }
        return new UserModeNetwork(program);
    }

    public IDisposable Connect(NetworkNamespace network)
    {
        var (command, arguments) = LaunchCommand.DyingWithServer(
            [program, "--configure", "--mtu=65520", "--disable-host-loopback", "--netns-type=path", ChildProcess.GivenPath, Interface]);
        var hostAddresses = starting.Run(HostAddresses);
        var connection = new Connection(starting.Run(() =>
        {
            Capabilities.GiveToChildren();
            return ChildProcess.Start(command, arguments, [], given: network.Handle);
        }));
        try
        {
            SpinWait.SpinUntil(() => connection.HasEnded || HasWayOut(), ReadyWait);
            if (!HasWayOut()) throw new IOException($"slirp4netns does not connect environments: {connection.LastWords}");
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

    public void Dispose() => starting.Dispose();

    static List<IPAddress> HostAddresses() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(found => found.GetIPProperties().UnicastAddresses).Select(found => found.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)).Distinct()];

    // The kernel's table of routes, a line each: interface, destination (zeros for everything), …
    static bool HasWayOut() => File.ReadAllText("/proc/thread-self/net/route").Contains($"{Interface}\t00000000\t", StringComparison.Ordinal);

    sealed class Connection(ChildProcess process) : IDisposable
    {
        public bool HasEnded => process.Exited.IsCompleted;

        public string LastWords
        {
            get
            {
                if (process.Output.Available == 0) return "it says nothing";
                var text = new byte[process.Output.Available];
                return Encoding.UTF8.GetString(text, 0, process.Output.Receive(text)).Trim().ReplaceLineEndings(" ");
            }
        }

        public void Dispose()
        {
            process.SignalAll(LibC.SigKill);
            process.Output.Dispose();
        }
    }
}
