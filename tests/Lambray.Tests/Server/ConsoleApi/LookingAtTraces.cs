using System.Text.Json.Nodes;
using Lambray.Tests.Server.Tracing;
using Lambray.Tracing.Segments;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>A person looks at the traces of real invocations.</summary>
public sealed class LookingAtTraces(Browser browser) : IClassFixture<Browser>
{
    const string Markup = "<img src=x onerror=alert(1)><b>bold</b>";

    const string Brightness = """
        (element) => {
          for (; element; element = element.parentElement) {
            const [red, green, blue, opacity = 1] = getComputedStyle(element).backgroundColor.match(/[0-9.]+/g).map(Number);
            if (opacity > 0) return (red + green + blue) / 3;
          }
          throw new Error('Nothing has a background.');
        }
        """;

    [Fact]
    public async Task From_the_list_to_a_trace_to_the_details_of_a_row()
    {
        var id = await InvokeAsync("greeter");

        await browser.LookAsync("", async page =>
        {
            var entry = page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = id.ToString() }) });
            await Expect(entry).ToContainTextAsync("greeter");
            await Expect(entry).ToContainTextAsync("OK (200)");
            await entry.GetByRole(AriaRole.Link).ClickAsync();

            var names = Waterfall(page).Locator(".waterfall-text");
            await Expect(names).ToHaveTextAsync(["greeter", "greeter", "Initialization", "Overhead"]);
            var function = Waterfall(page).GetByRole(AriaRole.Row).Filter(new() { HasText = "AWS::Lambda::Function" });
            await Expect(function.Locator(".waterfall-bar")).ToBeVisibleAsync();

            await names.GetByText("Initialization").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Initialization" })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Tab, new() { Name = "Document" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Tabpanel, new() { Name = "Document" })).ToContainTextAsync("\"name\": \"Initialization\"");
        });
    }

    [Fact]
    public async Task A_trace_that_comes_while_the_list_is_open_appears_by_itself()
    {
        await browser.LookAsync("#/traces", async page =>
        {
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Traces" })).ToBeVisibleAsync();

            var id = await SentSegment.SendAsync(browser.Http, "late", TimeProvider.System.GetUtcNow(), 0.5);

            await Expect(page.GetByRole(AriaRole.Link, new() { Name = id.ToString() })).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Markup_that_a_stranger_sends_is_shown_as_text()
    {
        // The intake refuses it in names; these are fields that take any text.
        var id = await SentSegment.SendAsync(browser.Http, "stranger", TimeProvider.System.GetUtcNow(), 0.5, new()
        {
            ["origin"] = Markup,
            ["http"] = new JsonObject { ["request"] = new JsonObject { ["url"] = Markup } },
            ["metadata"] = new JsonObject { ["default"] = new JsonObject { ["note"] = Markup } },
        });

        await browser.LookAsync("#/traces", async page =>
        {
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = id.ToString() })).ToContainTextAsync(Markup);
            await page.GetByRole(AriaRole.Link, new() { Name = id.ToString() }).ClickAsync();
            var origin = Waterfall(page).Locator(".waterfall-row .waterfall-origin").First;
            await Expect(origin).ToHaveTextAsync(Markup);
            await origin.ClickAsync();
            foreach (var tab in (string[])["HTTP", "Metadata", "Document"])
            {
                await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
                await Expect(page.GetByRole(AriaRole.Tabpanel, new() { Name = tab })).ToContainTextAsync("<img src=x onerror=alert(1)>");
            }
            await Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task The_page_is_light_or_dark_as_the_system_is()
    {
        Assert.InRange(await BrightnessAsync(ColorScheme.Light), 200, 255);
        Assert.InRange(await BrightnessAsync(ColorScheme.Dark), 0, 60);
    }

    async Task<TraceId> InvokeAsync(string name)
    {
        await browser.CreateAsync(name, "exports.handler = async () => 'hello';", new() { ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" } });
        var (id, header) = StoredTrace.Begin();
        Assert.Equal("\"hello\"", (await browser.InvokeAsync(name, traceHeader: header)).Succeeded);
        await StoredTrace.WithAsync(browser.Http, id, name, name, "Initialization", "Overhead");
        return id;
    }

    /// <summary>How bright what stands behind the page's heading is, from 0 to 255.</summary>
    async Task<double> BrightnessAsync(ColorScheme colours)
    {
        var brightness = double.NaN;
        await browser.LookAsync("#/traces", async page =>
        {
            brightness = await page.GetByRole(AriaRole.Heading, new() { Name = "Traces" }).EvaluateAsync<double>(Brightness);
        }, colours);
        return brightness;
    }

    static ILocator Waterfall(IPage page) => page.GetByRole(AriaRole.Treegrid);
}
