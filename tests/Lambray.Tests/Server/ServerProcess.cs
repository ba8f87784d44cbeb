using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lambray.Tests.Server;

/// <summary>A server in a process of its own, which a test can end as rudely as a power failure would.</summary>
sealed partial class ServerProcess : IDisposable
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    readonly Process process;

    ServerProcess(Process process, Uri address, string isolation) =>
        (this.process, Http, Isolation) = (process, new HttpClient { BaseAddress = address }, isolation);

    public HttpClient Http { get; }

    public int Id => process.Id;

    /// <summary>What the server says about its isolation.</summary>
    public string Isolation { get; }

    /// <param name="wrapper">A command that becomes the server.</param>
    public static async Task<ServerProcess> StartAsync(TemporaryDirectory data, IReadOnlyList<string>? wrapper = null, params string[] options)
    {
        string[] command =
        [
            .. wrapper ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, "lambray.dll"),
            "serve", "--listen", "127.0.0.1:0", "--daemon", "off", "--account-id", WholeServer.Account, "--data-dir", data.Path, .. options,
        ];
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        Uri? address = null;
        var ready = new TaskCompletionSource<ServerProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (ReadyLine().Match(line.Data ?? "") is { Success: true } match) address = new Uri(match.Groups["address"].Value);
            if (IsolationLine().Match(line.Data ?? "") is { Success: true } isolation) ready.TrySetResult(new ServerProcess(process, address!, isolation.Groups["isolation"].Value));
        };
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The server ended before it was ready."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return await ready.Task.WaitAsync(Deadline);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Creates a Node.js function from the text of its <c>index.js</c> and waits until it can be invoked.</summary>
    public async Task CreateAsync(string name, string source, JsonObject? settings = null)
    {
        using var created = await Http.PostAsync("/2015-03-31/functions",
            new StringContent(WholeServer.CreateRequest(name, WholeServer.Zip(("index.js", source)), settings).ToJsonString()));
        if (created.StatusCode != HttpStatusCode.Created) throw new HttpRequestException(await created.Content.ReadAsStringAsync());
        await Eventually.HoldsAsync(async () =>
            (await Http.GetStringAsync($"/2015-03-31/functions/{name}/configuration")).Contains("\"State\":\"Active\"", StringComparison.Ordinal));
    }

    public async Task<Invocation> InvokeAsync(string name, string payload = "{}")
    {
        using var answer = await Http.PostAsync($"/2015-03-31/functions/{name}/invocations", new StringContent(payload));
        return await Invocation.ReadAsync(answer);
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

    [GeneratedRegex(@"^Isolation of functions: (?<isolation>.*)\.$")]
    private static partial Regex IsolationLine();
}
