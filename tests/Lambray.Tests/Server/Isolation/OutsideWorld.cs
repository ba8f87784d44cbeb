using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Lambray.Tests.Server.Isolation;

/// <summary>A machine beyond this one, made of a network namespace: at 203.0.113.2 (and, as clouds' metadata services, at 169.254.77.77), with this machine at 203.0.113.1.</summary>
/// <remarks>A server at port 7000 answers each connection with the address that it came from.</remarks>
sealed class OutsideWorld : IDisposable
{
    /// <summary>There is one at a time.</summary>
    public const string Collection = "The outside world";

    public const string Address = "203.0.113.2";
    public const string MetadataAddress = "169.254.77.77";
    public const string HostAddress = "203.0.113.1";
    public const int Port = 7000;

    const string Name = "lambray-outside";

    const string Server = """
        const server = require('net').createServer((socket) => socket.on('error', () => {}).end(socket.remoteAddress));
        server.listen(7000, '0.0.0.0', () => console.log('listening'));
        """;

    readonly Process server;

    OutsideWorld(Process server) => this.server = server;

    public static async Task<OutsideWorld> OpenAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/ip"), "A network to test with is made by root, with iproute2.");
        Ip($"""
            netns add {Name}
            link add lambray-out type veth peer name eth0 netns {Name}
            addr add {HostAddress}/24 dev lambray-out
            link set lambray-out up
            """);
        Ip($"""
            link set lo up
            addr add {Address}/24 dev eth0
            addr add {MetadataAddress}/32 dev eth0
            link set eth0 up
            route add 198.18.0.0/15 via {HostAddress}
            """, "-n", Name);
        Ip($"route add {MetadataAddress}/32 via {Address}");
        var server = Process.Start(new ProcessStartInfo("/usr/sbin/ip", ["netns", "exec", Name, "node", "-e", Server]) { RedirectStandardOutput = true })!;
        await server.StandardOutput.ReadLineAsync();
        return new OutsideWorld(server);
    }

    /// <summary>Runs JavaScript out there and returns what it prints.</summary>
    public static async Task<string> RunAsync(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/sbin/ip", ["netns", "exec", Name, "node", "-e", script]) { RedirectStandardOutput = true })!;
        return (await process.StandardOutput.ReadToEndAsync()).Trim();
    }

    public void Dispose()
    {
        server.Kill();
        server.Dispose();
        Ip($"""
            link del lambray-out
            netns del {Name}
            """);
    }

    static void Ip(string commands, params string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/sbin/ip", [.. options, "-batch", "-"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(commands + "\n");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"ip ended with {process.ExitCode}: {errors}"));
    }
}
