using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>A whole server, and Debian's Chromium to look at its console.</summary>
public sealed class Browser : WholeServer
{
    const string Chromium = "/usr/bin/chromium";
    const float WaitMilliseconds = 15_000;

    // Nothing but the page itself shall reach for the network. Root has no user namespace to sandbox renderers in.
    static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    IPlaywright? playwright;
    IBrowser? chromium;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var page = await SendAsync(HttpMethod.Get, "/_lambray/index.html");
        Assert.True((int)page.Status == 200, $"{page.Body} ./test builds both.");
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags, Headless = true });
        Assertions.SetDefaultExpectTimeout(WaitMilliseconds);
    }

    /// <summary>Opens a place in the console, looks, and checks that meanwhile the page was without errors and asked nobody else.</summary>
    /// <param name="place">The fragment of the address, such as <c>#/traces</c>.</param>
    public async Task LookAsync(string place, Func<IPage, Task> look, ColorScheme colours = ColorScheme.Light)
    {
        await using var visit = await chromium!.NewContextAsync(new() { ColorScheme = colours, ViewportSize = new() { Width = 1280, Height = 900 } });
        visit.SetDefaultTimeout(WaitMilliseconds);
        var page = await visit.NewPageAsync();
        var errors = new ConcurrentQueue<string>();
        var elsewhere = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") errors.Enqueue(message.Text);
        };
        page.PageError += (_, error) => errors.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (!Address.IsBaseOf(new Uri(request.Url)) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) elsewhere.Enqueue(request.Url);
        };
        await page.GotoAsync(new Uri(Address, "/" + place).ToString());

        await look(page);

        Assert.Empty(errors);
        Assert.Empty(elsewhere);
    }

    public override async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        playwright?.Dispose();
        await base.DisposeAsync();
    }
}
