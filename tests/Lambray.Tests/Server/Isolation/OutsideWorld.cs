using System.Diagnostics;
using Xunit;

namespace Lambray.Tests.Server.Isolation;

/// <summary>A machine beyond this one, made of a network namespace, with a second address where clouds have their metadata services.</summary>
/// <remarks>A server at port 7000 answers each connection with the address that it came from.</remarks>
sealed class OutsideWorld : IDisposable
{
    public const int Port = 7000;

    const string Server = """
        const server = require('net').createServer((socket) => socket.on('error', () => {}).end(socket.remoteAddress));
        server.listen(7000, '0.0.0.0', () => console.log('listening'));
        """;

    // Several may be on one machine: each has a few addresses of TEST-NET-3 (RFC 5737).
    const int Worlds = 63;

    readonly int number;
    Process? server;

    OutsideWorld(int number) => this.number = number;

    public string Address => $"203.0.113.{(number * 4) + 2}";

    /// <summary>This machine's own on the way there.</summary>
    public string HostAddress => $"203.0.113.{(number * 4) + 1}";

    public string MetadataAddress => $"169.254.77.{number + 1}";

    string Name => $"lambray-outside-{number}";

    string Interface => $"lambray-out{number}";

    public static async Task<OutsideWorld> OpenAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/ip"), "A network to test with is made by root, with iproute2.");
        var worlds = Enumerable.Range(Random.Shared.Next(Worlds), Worlds).Select(number => new OutsideWorld(number % Worlds));
        // Whose name is free is nobody else's.
        var outside = worlds.First(world => TryIp($"netns add {world.Name}") is null);
        await outside.MakeAsync();
        return outside;
    }

    /// <summary>Runs JavaScript out there and returns what it prints.</summary>
    public async Task<string> RunAsync(string script)
    {
        using var process = StartInside(script);
        return (await process.StandardOutput.ReadToEndAsync()).Trim();
    }

    public void Dispose()
    {
        server?.Kill();
        server?.Dispose();
        Ip($"""
            link del {Interface}
            netns del {Name}
            """);
    }

    async Task MakeAsync()
    {
        Ip($"""
            link add {Interface} type veth peer name eth0 netns {Name}
            addr add {HostAddress}/30 dev {Interface}
            link set {Interface} up
            """);
        Ip($"""
            link set lo up
            addr add {Address}/30 dev eth0
            addr add {MetadataAddress}/32 dev eth0
            link set eth0 up
            route add 198.18.0.0/15 via {HostAddress}
            """, "-n", Name);
        Ip($"route add {MetadataAddress}/32 via {Address}");
        server = StartInside(Server);
        await server.StandardOutput.ReadLineAsync();
    }

    Process StartInside(string script) =>
        Process.Start(new ProcessStartInfo("/usr/sbin/ip", ["netns", "exec", Name, "node", "-e", script]) { RedirectStandardOutput = true })!;

    static void Ip(string commands, params string[] options)
    {
        if (TryIp(commands, options) is { } error) throw new InvalidOperationException(error);
    }

    // What went wrong, or null.
    static string? TryIp(string commands, params string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/sbin/ip", [.. options, "-batch", "-"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(commands + "\n");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : errors;
    }
}
