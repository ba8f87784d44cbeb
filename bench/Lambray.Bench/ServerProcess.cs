using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Lambray.Bench;

/// <summary>A server in a process of its own, from the line that tells its address until it is disposed of.</summary>
sealed partial class ServerProcess : IAsyncDisposable
{
    static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    readonly Process process;

    ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>What the process itself holds in memory, without the environments that it started.</summary>
    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>User and system time, again without the environments.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <param name="program">A program that lies beside this one.</param>
    /// <exception cref="InvalidOperationException">It ended without having told its address; what it said went to standard error.</exception>
    public static async Task<ServerProcess> StartAsync(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, program), arguments) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!ReadyLine().IsMatch(line)) continue;
            // Its pipe must not fill up; nothing more is of interest.
            _ = process.StandardOutput.ReadToEndAsync();
            return new ServerProcess(process, new Uri(ReadyLine().Match(line).Value));
        }
        throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} did not start.");
    }

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
