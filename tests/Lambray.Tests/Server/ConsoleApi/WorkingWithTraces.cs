using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lambray.Tests.Tracing;
using Lambray.Tracing.Segments;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>What people do with traces in the console: real ones of a function, and hard ones of the playground.</summary>
[Collection(InTheBrowser.Name)]
public sealed class WorkingWithTraces(ConsoleBrowser browser) : IClassFixture<ConsoleBrowser>
{
    [Fact]
    public async Task Ten_thousand_rows_are_searched_folded_and_scrolled_while_few_are_drawn()
    {
        var id = Assert.Single(await ClientProcess.Playground(browser.Address, "wide"));
        await using var page = await browser.OpenAsync($"#/traces/{id}");
        var grid = page.Page.GetByRole(AriaRole.Treegrid);

        await Expect(grid).ToHaveAttributeAsync("aria-rowcount", "10002");
        await grid.FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        await Expect(page.RowNames.Last).ToHaveTextAsync("page 100");
        Assert.InRange(await page.Rows.CountAsync(), 10, 150);

        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find in this trace" }).FillAsync("record 5000");
        await Expect(page.Page.GetByText("1 row", new() { Exact = true })).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Rows.And(page.Page.Locator("[aria-selected=true]"))).ToContainTextAsync("record 5000");
        await Expect(page.Page.GetByRole(AriaRole.Tabpanel, new() { Name = "Overview" })).ToContainTextAsync("record 5000");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Collapse all" }).ClickAsync();
        await Expect(page.Rows).ToHaveCountAsync(1);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Markup_in_any_field_is_text_on_the_pages_of_traces()
    {
        var id = Assert.Single(await ClientProcess.Playground(browser.Address, "hostile"));
        await using var page = await browser.OpenAsync($"#/traces/{id}");

        for (var row = 0; row < 2; row++)
        {
            await page.Rows.Nth(row).ClickAsync();
            var tabs = page.Page.GetByRole(AriaRole.Tablist).Last.GetByRole(AriaRole.Tab);
            await Expect(tabs.Filter(new() { HasText = "Exceptions" })).ToBeVisibleAsync();
            foreach (var tab in await tabs.AllAsync()) await tab.ClickAsync();
        }
        await page.Page.GotoAsync(new Uri(browser.Address, "#/traces?by=annotation:image&filter=fault").ToString());
        await page.Page.GetByText("Breakdown").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Table, new() { Name = "Traces by Annotation image" })).ToContainTextAsync("<img src=x onerror=");
        await Expect(page.Page.Locator("img[src=x]")).ToHaveCountAsync(0);
        await Expect(page.Page).ToHaveTitleAsync("Traces – Lambray");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_function_is_invoked_again_with_its_event_and_the_two_traces_are_compared()
    {
        await using var page = await browser.OpenAsync($"#/traces/{browser.Trace}");

        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Log lines" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("REPORT RequestId");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Invoke again" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("onerror=");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Invoke", Exact = true }).ClickAsync();

        await Expect(page.Page).Not.ToHaveURLAsync(new Regex(browser.Trace.ToString()));
        await Expect(page.RowNames.Filter(new() { HasText = "## greet" })).ToHaveCountAsync(1);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Compare with the first" }).ClickAsync();
        var work = page.Page.GetByRole(AriaRole.Region, new() { Name = "Work of both traces" });
        // The first was a cold start.
        await Expect(work.GetByRole(AriaRole.Row).Filter(new() { HasText = "Initialization" })).ToContainTextAsync("only in A");
        await Expect(work.GetByRole(AriaRole.Row).Filter(new() { HasText = "## greet" })).Not.ToContainTextAsync("only in");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task An_exported_trace_is_a_request_that_sends_it_again()
    {
        await using var page = await browser.OpenAsync($"#/traces/{browser.Trace}");
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync());

        Assert.Equal($"trace-{browser.Trace}.json", download.SuggestedFilename);
        var exported = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        using var answer = await browser.Http.PostAsync("/TraceSegments", new StringContent(exported), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var told = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, told.GetProperty("UnprocessedTraceSegments").GetArrayLength());
        Assert.InRange(JsonElement.Parse(exported).GetProperty("TraceSegmentDocuments").GetArrayLength(), 3, 10);
    }

    [Fact]
    public async Task Traces_are_narrowed_by_figures_and_kinds_ordered_and_paged()
    {
        await ClientProcess.Playground(browser.Address, "traffic");
        await using var page = await browser.OpenAsync("#/traces?filter=service(\"shop\")");
        var table = page.Page.GetByRole(AriaRole.Table, new() { Name = "Traces", Exact = true });
        var counter = page.Page.GetByRole(AriaRole.Heading, new() { Name = "Traces (" });
        await Expect(counter).ToHaveTextAsync("Traces (300)");

        var histogram = (await page.Page.Locator(".histogram").BoundingBoxAsync())!;
        await DragAsync(page, histogram.X + histogram.Width * 0.5f, histogram.Y + 60, histogram.X + histogram.Width - 1, histogram.Y + 60);
        await Expect(page.Page).ToHaveURLAsync(new Regex("responsetime"));
        await Expect(counter).Not.ToHaveTextAsync("Traces (300)");
        await page.Page.GoBackAsync();
        await Expect(counter).ToHaveTextAsync("Traces (300)");

        var scatter = (await page.Page.Locator(".scatter").BoundingBoxAsync())!;
        await DragAsync(page, scatter.X + 5, scatter.Y + 5, scatter.X + scatter.Width - 5, scatter.Y + scatter.Height / 2);
        await Expect(page.Page).ToHaveURLAsync(new Regex("from=.*to="));
        await page.Page.GoBackAsync();
        await Expect(counter).ToHaveTextAsync("Traces (300)");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Preferences" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByLabel("User", new() { Exact = true }).CheckAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await Expect(table.GetByRole(AriaRole.Columnheader, new() { Name = "User" })).ToBeVisibleAsync();

        await page.Page.GetByText("Breakdown").ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "https://shop.example/login" }).ClickAsync();
        await Expect(counter).ToHaveTextAsync("Traces (60)");
        await Expect(table.GetByText("POST")).ToHaveCountAsync(50);

        // Whether the heading of the page lies over it depends on where the page was scrolled to.
        await table.Locator("[data-focus-id=sorting-control-response-time]").DispatchEventAsync("click");
        await Expect(page.Page).ToHaveURLAsync(new Regex("order=responseTime"));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Next page" }).ClickAsync();
        await Expect(table.GetByText("POST")).ToHaveCountAsync(10);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_comes_is_marked_grows_finds_its_links_and_is_zoomed_into()
    {
        await using var page = await browser.OpenAsync("#/traces");
        await Expect(page.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = browser.Trace.ToString() })).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".just-arrived")).ToHaveCountAsync(0);
        var sent = await ConsoleTraces.SendAsync(browser.Http, TimeSpan.FromSeconds(10), segment => segment with
        {
            EndTime = null,
            Subsegments = [TestSegments.Subsegment() with { Name = "packing", StartTime = segment.StartTime, EndTime = new SegmentTime(segment.StartTime.EpochSeconds + 1) }],
        });
        await Expect(page.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = sent.ToString() }).Locator(".just-arrived")).ToHaveCountAsync(1);
        var taken = await ConsoleTraces.SendAsync(browser.Http, TimeSpan.FromSeconds(5), segment => segment with { Name = "taker", Links = [new TraceLink(sent, segment.Id, "parent")] });
        await SendLostWorkAsync(sent);

        await page.Page.GetByRole(AriaRole.Link, new() { Name = sent.ToString() }).ClickAsync();
        await Expect(page.RowNames).ToHaveTextAsync(["orders", "packing", "lost"]);
        await Expect(page.Rows.Last).ToContainTextAsync("no parent yet");
        // The trace grows, and so what has ended takes a smaller part of it.
        var ended = page.Rows.Filter(new() { HasText = "packing" }).Locator(".waterfall-bar");
        var width = (await ended.BoundingBoxAsync())!.Width;
        await Eventually.HoldsAsync(async () => (await ended.BoundingBoxAsync())!.Width < width, () => "The bar becomes shorter");
        await page.Rows.Last.ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Tabpanel, new() { Name = "Overview" })).ToContainTextAsync("lost");

        var minimap = (await page.Page.Locator(".minimap").BoundingBoxAsync())!;
        await DragAsync(page, minimap.X + 10, minimap.Y + 20, minimap.X + minimap.Width / 2, minimap.Y + 20);
        await Expect(page.Page).ToHaveURLAsync(new Regex(@"zoom=\d+-\d+"));
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Linked traces (1)" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = taken.ToString() }).ClickAsync();
        await Expect(page.RowNames).ToHaveTextAsync(["taker"]);
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Linked traces (1)" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = sent.ToString() })).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Nothing_on_the_pages_of_traces_is_out_of_reach_for_who_cannot_see_or_point()
    {
        var ids = await ClientProcess.Playground(browser.Address, "failing", "retried");
        foreach (var (hash, colors) in new[]
        {
            ("#/traces", ColorScheme.Light), ($"#/traces/{ids[0]}", ColorScheme.Dark), ($"#/traces/{ids[1]}", ColorScheme.Light),
            ($"#/traces/{ids[0]}/compare/{ids[1]}", ColorScheme.Dark),
        })
        {
            await using var page = await browser.OpenAsync(hash, colors);
            await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(page.Page.GetByText("Reading")).ToHaveCountAsync(0);
            Assert.Empty(await Barriers.FindAsync(page.Page));
        }
    }

    [Fact]
    public async Task A_trace_is_read_with_the_keyboard_alone()
    {
        await using var page = await browser.OpenAsync($"#/traces/{browser.Trace}");
        var keyboard = page.Page.Keyboard;
        var grid = page.Page.GetByRole(AriaRole.Treegrid);
        await Expect(page.Rows).ToHaveCountAsync(5);
        for (var presses = 0; presses < 60 && !await grid.EvaluateAsync<bool>("grid => grid === document.activeElement"); presses++) await keyboard.PressAsync("Tab");

        foreach (var key in (string[])["ArrowDown", "ArrowLeft"]) await keyboard.PressAsync(key);
        await Expect(page.Rows).ToHaveCountAsync(2);
        foreach (var key in (string[])["ArrowRight", "End", "ArrowUp", "Enter"]) await keyboard.PressAsync(key);

        await Expect(page.Page.GetByRole(AriaRole.Tabpanel, new() { Name = "Overview" })).ToContainTextAsync("## greet");
        await Expect(page.Page).ToHaveURLAsync(new Regex("row="));
        Assert.Empty(page.Complaints);
    }

    // A subsegment whose parent nobody has sent.
    async Task SendLostWorkAsync(TraceId trace)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var document = $$"""{"type":"subsegment","trace_id":"{{trace}}","id":"00000000000000a1","parent_id":"00000000000000a0","name":"lost","start_time":{{now - 2}},"end_time":{{now - 1}}}""";
        var answer = await browser.Server.SendAsync(HttpMethod.Post, "/TraceSegments", $$"""{"TraceSegmentDocuments":["{{JsonEncodedText.Encode(document)}}"]}""");
        Assert.Contains("\"UnprocessedTraceSegments\":[]", answer.Body, StringComparison.Ordinal);
    }

    static async Task DragAsync(ConsolePage page, float x, float y, float toX, float toY)
    {
        await page.Page.Mouse.MoveAsync(x, y);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(toX, toY);
        await page.Page.Mouse.UpAsync();
    }
}
