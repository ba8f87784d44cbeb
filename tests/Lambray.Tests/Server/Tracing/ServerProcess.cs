using System.Diagnostics;
using System.Text.RegularExpressions;
using Lambray.Tests.Tracing;

namespace Lambray.Tests.Server.Tracing;

/// <summary>A server in a process of its own, which a test can end as rudely as a power failure would.</summary>
sealed partial class ServerProcess : IDisposable
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    readonly Process process;

    ServerProcess(Process process, Uri address) => (this.process, Http) = (process, new HttpClient { BaseAddress = address });

    public HttpClient Http { get; }

    public int Id => process.Id;

    public static async Task<ServerProcess> StartAsync(TemporaryDirectory data)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "lambray.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", "--listen", "127.0.0.1:0", "--daemon", "off", "--data-dir", data.Path])
        {
            RedirectStandardOutput = true,
        })!;
        using var deadline = new CancellationTokenSource(Deadline);
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (ReadyLine().Match(line) is not { Success: true } ready) continue;
            // Whatever else it says is read, lest it wait for a reader.
            process.BeginOutputReadLine();
            return new ServerProcess(process, new Uri(ready.Groups["address"].Value));
        }
        throw new InvalidOperationException($"The server ended with {process.ExitCode} before it was ready.");
    }

    /// <summary><c>kill -9</c>: nothing is flushed, nothing is tidied.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        using var deadline = new CancellationTokenSource(Deadline);
        await process.WaitForExitAsync(deadline.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
        Http.Dispose();
    }

    [GeneratedRegex(@"ready at (?<address>http://\S+)")]
    private static partial Regex ReadyLine();
}
