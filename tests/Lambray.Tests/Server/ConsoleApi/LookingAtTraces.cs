using System.Globalization;
using Lambray.Tracing.Segments;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>The console as a person sees it: in a real browser, of a real server, about a function that ran.</summary>
[Collection(InTheBrowser.Name)]
public sealed class LookingAtTraces(ConsoleBrowser browser) : IClassFixture<ConsoleBrowser>
{
    const int FirstLoadBytesMax = 500_000;

    string TraceHash => $"#/traces/{browser.Trace}";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_trace_is_found_in_the_list_and_opened(ColorScheme colors)
    {
        await using var page = await browser.OpenAsync("#/traces", colors);

        var row = page.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = browser.Trace.ToString() });
        await Expect(row).ToContainTextAsync(ConsoleBrowser.FunctionName);
        await Expect(row).ToContainTextAsync("AWS::Lambda");
        await row.GetByRole(AriaRole.Link).ClickAsync();

        await Expect(page.RowNames).ToHaveTextAsync([ConsoleBrowser.FunctionName, ConsoleBrowser.FunctionName, "Initialization", "## greet", "Overhead"]);
        await Expect(page.Rows.Nth(0)).ToContainTextAsync("OK (200)");
        await Expect(page.Rows.Nth(1)).ToContainTextAsync("AWS::Lambda::Function");
        await Expect(page.Rows.Nth(3)).ToContainTextAsync("Fault");
        await Expect(page.Page).ToHaveTitleAsync($"{browser.Trace} – Lambray");
        Assert.Equal(colors == ColorScheme.Dark, await IsDarkAsync(page));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Bars_stand_where_their_work_stood_in_time()
    {
        await using var page = await browser.OpenAsync(TraceHash);
        await Expect(page.Rows).ToHaveCountAsync(5);

        var bars = new List<LocatorBoundingBoxResult>();
        foreach (var bar in await page.Page.Locator(".waterfall-bar").AllAsync()) bars.Add((await bar.BoundingBoxAsync())!);

        var (service, function, initialization) = (bars[0], bars[1], bars[2]);
        Assert.InRange(initialization.X, service.X, function.X);
        Assert.InRange(initialization.X + initialization.Width, service.X + 1, function.X + 1);
        Assert.InRange(service.Width, function.Width, double.MaxValue);
    }

    [Fact]
    public async Task A_chosen_row_stays_in_view_beside_its_details()
    {
        await using var page = await browser.OpenAsync(TraceHash);

        await page.Rows.Nth(4).ClickAsync();

        var details = page.Page.GetByRole(AriaRole.Tabpanel, new() { Name = "Overview" });
        await Expect(details).ToContainTextAsync("Overhead");
        await Expect(details).ToContainTextAsync("Subsegment ID");
        await Expect(page.Rows.Nth(4)).ToBeInViewportAsync();
        // Fails if anything lies over it.
        await page.Rows.Nth(4).ClickAsync(new() { Trial = true });
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Markup_in_details_is_shown_as_text()
    {
        await using var page = await browser.OpenAsync(TraceHash);
        await page.Rows.Filter(new() { HasText = "## greet" }).ClickAsync();

        foreach (var tab in (string[])["Annotations", "Metadata", "Exceptions", "Document"])
        {
            await page.Page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await Expect(page.Page.GetByRole(AriaRole.Tabpanel, new() { Name = tab })).ToContainTextAsync("<img src=x onerror=");
        }
        await ShowsNoForeignMarkupAsync(page);
    }

    [Fact]
    public async Task Markup_in_the_list_is_shown_as_text()
    {
        var id = await ConsoleTraces.SendAsync(browser.Http, TimeSpan.FromMinutes(1), segment => segment with
        {
            Origin = ConsoleBrowser.Markup,
            Http = new HttpCall(new HttpRequestPart(Url: ConsoleBrowser.Markup)),
        });
        await using var page = await browser.OpenAsync("#/traces");

        var row = page.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = id.ToString() });
        await Expect(row.GetByText(ConsoleBrowser.Markup)).ToHaveCountAsync(2);
        await ShowsNoForeignMarkupAsync(page);
    }

    [Theory]
    [InlineData("#/traces", "Traces one by one")]
    [InlineData("#/map", "Lambda function")]
    [InlineData("#/traces/{0}", "Map of this trace")]
    public async Task The_first_load_is_small_and_stays_on_its_origin(string hash, string shown)
    {
        await using var page = await browser.OpenAsync(string.Format(CultureInfo.InvariantCulture, hash, browser.Trace));
        await Expect(page.Page.GetByText(shown).First).ToBeVisibleAsync();
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.All(page.Requests, request => Assert.StartsWith(browser.Address.ToString(), request.Url, StringComparison.Ordinal));
        var bytes = 0;
        // The stream of changes has no end, and so no size.
        foreach (var request in page.Requests.Where(request => request.ResourceType != "eventsource"))
        {
            var sizes = await request.SizesAsync();
            bytes += sizes.ResponseHeadersSize + sizes.ResponseBodySize;
        }
        Assert.InRange(bytes, 100_000, FirstLoadBytesMax);
        Assert.Empty(page.Complaints);
    }

    static async Task ShowsNoForeignMarkupAsync(ConsolePage page)
    {
        await Expect(page.Page.Locator("img[src=x]")).ToHaveCountAsync(0);
        Assert.NotEqual("broken", await page.Page.TitleAsync());
        Assert.Empty(page.Complaints);
    }

    // The colour behind the rows: of the nearest element around them that paints one, else the browser's white.
    static Task<bool> IsDarkAsync(ConsolePage page) => page.Rows.First.EvaluateAsync<bool>("""
        (row) => {
          for (let at = row; at; at = at.parentElement) {
            const [red, green, blue, alpha = 1] = getComputedStyle(at).backgroundColor.match(/[\d.]+/g).map(Number);
            if (alpha > 0.5) return red + green + blue < 384;
          }
          return false;
        }
        """);
}
