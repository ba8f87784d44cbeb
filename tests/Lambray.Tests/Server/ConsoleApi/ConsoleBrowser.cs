using System.Text.Json.Nodes;
using Lambray.Tests.Server.Tracing;
using Lambray.Tracing.Segments;
using Microsoft.Playwright;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>Browsers look while nothing else runs: sandboxes of other tests would disturb them, and they would slow down all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class InTheBrowser
{
    public const string Name = "in the browser";
}

/// <summary>A server with the console inside, a function that was really invoked, and Debian's Chromium to look at them.</summary>
public sealed class ConsoleBrowser : IAsyncLifetime
{
    public const string FunctionName = "greeter";

    /// <summary>Would change the page's title if it ever became more than text.</summary>
    public const string Markup = "<img src=x onerror=\"document.title='broken'\">";

    const float ExpectTimeoutMilliseconds = 30_000;

    const string Chromium = "/usr/bin/chromium";

    // Chromium's own errands (updates, field trials) would leave this machine.
    static readonly string[] Flags =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
    ];

    // Sends a subsegment of its own to the environment's daemon, as an X-Ray SDK does.
    const string Source = """
        const { randomBytes } = require('node:crypto');
        const dgram = require('node:dgram');

        exports.handler = async ({ note }) => {
          const [, root, parent] = /Root=([^;]+);Parent=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID);
          const [host, port] = process.env.AWS_XRAY_DAEMON_ADDRESS.split(':');
          const now = Date.now() / 1000;
          const subsegment = {
            id: randomBytes(8).toString('hex'), name: '## greet', type: 'subsegment', trace_id: root, parent_id: parent, start_time: now, end_time: now,
            annotations: { note }, metadata: { default: { [note]: note } },
            fault: true, cause: { exceptions: [{ id: randomBytes(8).toString('hex'), type: note, message: note }] },
          };
          const socket = dgram.createSocket('udp4');
          const packet = '{"format":"json","version":1}\n' + JSON.stringify(subsegment);
          await new Promise((sent, failed) => socket.send(packet, port, host, (error) => (error ? failed(error) : sent())));
          socket.close();
          return 'hello';
        };
        """;

    // A sandbox's network is an address more on this machine, upon which Chromium drops whatever it is loading.
    readonly ProcessServer server = new();
    IPlaywright? playwright;
    IBrowser? browser;

    public Uri Address => server.Address;

    public HttpClient Http => server.Http;

    /// <summary>The trace of the function's first invocation.</summary>
    public TraceId Trace { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        await RequireConsoleAsync();
        // What is seen in a moment on an idle machine may take long on one that runs all tests at once.
        Assertions.SetDefaultExpectTimeout(ExpectTimeoutMilliseconds);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
        await InvokeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        await server.DisposeAsync();
    }

    public WholeServer Server => server;

    /// <summary>A fresh profile's first look at an address of the console, such as <c>#/traces</c>.</summary>
    /// <param name="address">Of another server than this one's.</param>
    public async Task<ConsolePage> OpenAsync(string hash, ColorScheme colors = ColorScheme.Light, Uri? address = null)
    {
        var context = await browser!.NewContextAsync(new() { ColorScheme = colors, ViewportSize = new() { Width = 1280, Height = 800 } });
        return await ConsolePage.OpenAsync(context, address ?? server.Address, hash);
    }

    async Task RequireConsoleAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("text/html");
        using var page = await server.Http.SendAsync(request);
        if (!page.IsSuccessStatusCode) throw new InvalidOperationException(await page.Content.ReadAsStringAsync());
    }

    async Task InvokeAsync()
    {
        await server.CreateAsync(FunctionName, Source, new JsonObject { ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" } });
        (Trace, var header) = StoredTrace.Begin();
        var answer = await server.InvokeAsync(FunctionName, new JsonObject { ["note"] = Markup }.ToJsonString(), traceHeader: header);
        Assert.Equal("\"hello\"", answer.Succeeded);
        await StoredTrace.WithAsync(server.Http, Trace, FunctionName, FunctionName, "Initialization", "## greet", "Overhead");
    }
}
