using System.Diagnostics;
using Lambray.Bench.Figures;
using Lambray.Bench.Processes;
using Microsoft.Playwright;

namespace Lambray.Bench.Parts;

/// <summary>How soon pages of the console are drawn in a browser that has never seen them, and how smoothly ten thousand rows scroll.</summary>
static class ConsolePages
{
    const string Chromium = "/usr/bin/chromium";
    const int Repeats = 7;

    // Chromium's own errands would leave this machine.
    static readonly string[] Flags =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
    ];

    // From top to bottom and back, a step in each frame; gives the milliseconds that the frames took.
    const string Scroll = """
        async () => {
          const grid = document.querySelector('[role=treegrid]');
          const frames = [];
          let last = await new Promise(requestAnimationFrame);
          for (let step = 0; step < 240; step++) {
            const way = step < 120 ? step / 120 : 2 - step / 120;
            grid.scrollTop = way * (grid.scrollHeight - grid.clientHeight);
            const now = await new Promise(requestAnimationFrame);
            frames.push(now - last);
            last = now;
          }
          return frames;
        }
        """;

    public static async Task RunAsync(Workplace place)
    {
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0);
        var sent = await SendAsync(place, lambray.Address, "traffic", "services", "thousand", "wide");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });

        var table = new Table(place.Output, "Drawn in a new browser after", "p50", "worst", "p50/floor");
        await table.WriteHeadAsync();
        var floor = await MeasureAsync(browser, new Uri(lambray.Address, "/metrics"), "body");
        foreach (var (name, hash, drawn) in new[]
                 {
                     ("a page of text", null, "body"), ("the service map", "#/map", ".react-flow__node .map-ring"), ("the traces", "#/traces", "a[href*='/traces/1-']:visible"),
                     ("a trace of 1,000 rows", $"#/traces/{sent["thousand"]}", ".waterfall-row .waterfall-bar"),
                 })
        {
            var taken = hash is null ? floor : await MeasureAsync(browser, new Uri(lambray.Address, hash), drawn);
            await table.WriteRowAsync(
                name, Text.Milliseconds(taken.Percentile(0.5)), Text.Milliseconds(taken[^1]), Text.Ratio(taken.Percentile(0.5) / floor.Percentile(0.5)));
        }

        var frames = await ScrollAsync(browser, new Uri(lambray.Address, $"#/traces/{sent["wide"]}"));
        table = new Table(place.Output, "Scrolling 10,000 rows", "frames/s", "longest frame");
        await table.WriteHeadAsync();
        await table.WriteRowAsync("a trace", Text.PerSecond(1000 / frames.Average()), Text.Milliseconds(TimeSpan.FromMilliseconds(frames.Max())));
    }

    static async Task<List<TimeSpan>> MeasureAsync(IBrowser browser, Uri address, string drawn)
    {
        var taken = new List<TimeSpan>();
        for (var round = 0; round < Repeats; round++)
        {
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
            var page = await context.NewPageAsync();
            var started = Stopwatch.GetTimestamp();
            await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit });
            await page.Locator(drawn).First.WaitForAsync();
            taken.Add(Stopwatch.GetElapsedTime(started));
        }
        taken.Sort();
        return taken;
    }

    static async Task<double[]> ScrollAsync(IBrowser browser, Uri address)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString());
        await page.Locator(".waterfall-row").First.WaitForAsync();
        return await page.EvaluateAsync<double[]>(Scroll);
    }

    /// <returns>The id of the first trace of each name.</returns>
    static async Task<Dictionary<string, string>> SendAsync(Workplace place, Uri server, params string[] names)
    {
        var start = new ProcessStartInfo("node", [place.Built("playground/main.mjs"), "--endpoint", server.ToString(), .. names]) { RedirectStandardOutput = true };
        using var node = Process.Start(start)!;
        var lines = (await node.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await node.WaitForExitAsync();
        if (node.ExitCode != 0) throw new InvalidOperationException($"The playground ended with {node.ExitCode}.");
        return lines.Select(line => line.Split(' ')).GroupBy(words => words[0]).ToDictionary(sent => sent.Key, sent => sent.First()[1]);
    }
}
