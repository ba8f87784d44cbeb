using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Lambray.Bench.Processes;

/// <summary>A server in a process of its own, from the line that tells its address until it is disposed of.</summary>
sealed partial class ServerProcess : IAsyncDisposable
{
    // A server that was asked for more than it could do at once does the rest before it ends.
    static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(3);

    readonly Process process;

    ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => process.Id;

    /// <summary>What the process itself spent, user and system time, without the environments that it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <exception cref="InvalidOperationException">It ended without having told its address; what it said went to standard error.</exception>
    public static async Task<ServerProcess> StartAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!ReadyLine().IsMatch(line)) continue;
            // Its pipe must not fill up; nothing more is of interest.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return new ServerProcess(process, new Uri(ReadyLine().Match(line).Value));
        }
        throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} did not start.");
    }

    /// <summary>The floor: this program as an <see cref="EchoServer"/>.</summary>
    public static Task<ServerProcess> StartEchoAsync() => StartAsync(new ProcessStartInfo(Environment.ProcessPath!, ["echo"]));

    public async ValueTask DisposeAsync()
    {
        // .NET can only kill; a server that is told to end takes its environments with it.
        using (var signal = Process.Start("kill", ["-TERM", $"{process.Id}"])) await signal.WaitForExitAsync();
        using var limit = new CancellationTokenSource(StopLimit);
        await process.WaitForExitAsync(limit.Token);
        process.Dispose();
    }

    [GeneratedRegex(@"http://[0-9.:]+")]
    private static partial Regex ReadyLine();
}
