using System.Diagnostics;
using System.Text.RegularExpressions;

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
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [program, "serve", "--listen", "127.0.0.1:0", "--daemon", "off", "--data-dir", data.Path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (ReadyLine().Match(line.Data ?? "") is { Success: true } match) ready.TrySetResult(new Uri(match.Groups["address"].Value));
        };
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The server ended before it was ready."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new ServerProcess(process, await ready.Task.WaitAsync(Deadline));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
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
