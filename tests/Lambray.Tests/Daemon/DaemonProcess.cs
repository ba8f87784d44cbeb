using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Lambray.Tests.Daemon;

/// <summary><c>lambray daemon</c> in a process of its own, as its user starts it.</summary>
sealed partial class DaemonProcess : IAsyncDisposable
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    readonly Process process;
    readonly List<string> lines = [];

    DaemonProcess(Process process) => this.process = process;

    public IPEndPoint Udp { get; private set; } = null!;

    public IPEndPoint Tcp { get; private set; } = null!;

    /// <summary>Starts it on free ports and waits until it listens on both.</summary>
    public static async Task<DaemonProcess> StartAsync(params string[] arguments)
    {
        var daemon = new DaemonProcess(Start(["-b", "127.0.0.1:0", "-t", "127.0.0.1:0", "-o", .. arguments]));
        using var deadline = new CancellationTokenSource(Deadline);
        while (daemon.Udp is null || daemon.Tcp is null)
        {
            var line = await daemon.process.StandardOutput.ReadLineAsync(deadline.Token)
                ?? throw new InvalidOperationException($"It ended: {string.Join('\n', daemon.lines)}{await daemon.process.StandardError.ReadToEndAsync(deadline.Token)}");
            daemon.lines.Add(line);
            if (UdpLine().Match(line) is { Success: true } udp) daemon.Udp = IPEndPoint.Parse(udp.Groups["address"].Value);
            if (TcpLine().Match(line) is { Success: true } tcp) daemon.Tcp = IPEndPoint.Parse(tcp.Groups["address"].Value);
        }
        return daemon;
    }

    /// <summary>Runs it to its end; returns exit code, output and errors.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        using var deadline = new CancellationTokenSource(Deadline);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>SIGTERM; returns the exit code and everything that was logged.</summary>
    public async Task<(int ExitCode, IReadOnlyList<string> Lines)> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        using var deadline = new CancellationTokenSource(Deadline);
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line) lines.Add(line);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, lines);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "lambray.dll"), "daemon", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        // The daemon's own program finds the runtime that this one runs on.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        start.Environment["HOME"] = "/nonexistent";
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"\[Info\] Receiving segments on (?<address>\S+)")]
    private static partial Regex UdpLine();

    [GeneratedRegex(@"\[Info\] Starting proxy http server on (?<address>\S+)")]
    private static partial Regex TcpLine();
}
