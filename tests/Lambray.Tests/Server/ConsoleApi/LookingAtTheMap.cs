using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>The service map as a person sees and uses it.</summary>
[Collection(InTheBrowser.Name)]
public sealed class LookingAtTheMap(ConsoleBrowser browser) : IClassFixture<ConsoleBrowser>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_service_is_chosen_and_its_response_times_lead_to_traces(ColorScheme colors)
    {
        await using var page = await browser.OpenAsync("#/map", colors);

        var panel = page.Page.Locator(".histogram");
        await Function(page).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "View logs" })).ToHaveAttributeAsync("href", $"#/functions/{ConsoleBrowser.FunctionName}/logs");
        await Expect(page.Page.GetByText("Status over time")).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync();

        var bars = (await panel.Locator("svg").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(bars.X + 2, bars.Y + 20);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(bars.X + bars.Width - 2, bars.Y + 20, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Traces from" }).ClickAsync();

        await Expect(page.Page).ToHaveTitleAsync("Traces – Lambray");
        Assert.Contains("responsetime", Uri.UnescapeDataString(page.Page.Url), StringComparison.Ordinal);
        await page.Page.GoBackAsync();
        await Expect(panel).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_is_drawn_stays_drawn_while_somebody_points_at_it()
    {
        await using var page = await browser.OpenAsync("#/map");
        await Expect(Function(page)).ToBeVisibleAsync();
        await page.Page.EvaluateAsync("""
            () => {
              const isGone = ({ target, removedNodes }) => removedNodes.length > 0 || target.style?.visibility === 'hidden';
              window.vanished = 0;
              const watch = new MutationObserver((changes) => (window.vanished += changes.filter(isGone).length));
              watch.observe(document.querySelector('.react-flow__viewport'), { subtree: true, childList: true, attributeFilter: ['style'] });
            }
            """);

        await Function(page).HoverAsync();

        await Expect(page.Page.Locator(".map-node.map-dimmed").First).ToBeVisibleAsync();
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("() => window.vanished"));
    }

    [Fact]
    public async Task A_service_is_found_by_name_and_opened_by_keyboard_alone()
    {
        await using var page = await browser.OpenAsync("#/map");
        await Expect(Function(page)).ToBeVisibleAsync();

        await page.Page.GetByLabel("Find a service").FillAsync("lambda::function");
        await Expect(page.Page.Locator(".map-node-found")).ToHaveCountAsync(1);

        await Function(page).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        var from = page.Page.GetByRole(AriaRole.Slider, new() { Name = "From response time" });
        await from.FocusAsync();
        await page.Page.Keyboard.PressAsync("Home");
        await Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "Traces from" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Drawing_over_the_course_of_a_service_asks_for_that_time()
    {
        await using var server = await WholeServer.StartAsync();
        foreach (var minutes in (int[])[50, 20, 2])
            await ConsoleTraces.SendAsync(server.Http, TimeSpan.FromMinutes(minutes), segment => segment with { Name = "course" });
        // By its address, since a map that is being laid out moves away under the mouse.
        await using var page = await browser.OpenAsync("#/map?part=" + Uri.EscapeDataString("?/course"), address: server.Address);
        await Expect(page.Page.GetByText("3, 0.05")).ToBeVisibleAsync();

        await page.Page.Locator(".course svg").ScrollIntoViewIfNeededAsync();
        var course = (await page.Page.Locator(".course svg").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(course.X + course.Width * 0.4f, course.Y + 40);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(course.X + course.Width - 2, course.Y + 40);
        await page.Page.Mouse.UpAsync();

        await Expect(page.Page).ToHaveURLAsync(new Regex("from=.*to="));
        await Expect(page.Page.GetByText("2, ").First).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_link_shows_the_same_part_of_the_same_map()
    {
        var part = Uri.EscapeDataString($"AWS::Lambda::Function/{ConsoleBrowser.FunctionName}/{WholeServer.Account}");
        var filter = Uri.EscapeDataString($"service(\"{ConsoleBrowser.FunctionName}\")");
        await using var page = await browser.OpenAsync($"#/map?last=15&filter={filter}&part={part}");

        await Expect(page.Page.Locator(".histogram")).ToBeVisibleAsync();
        await Expect(page.Page.GetByLabel("Filter expression")).ToHaveValueAsync($"service(\"{ConsoleBrowser.FunctionName}\")");
        await Expect(page.Page.GetByText("Last 15 minutes")).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_filter_is_written_with_help_and_its_mistakes_are_shown_in_place()
    {
        await using var page = await browser.OpenAsync("#/map");
        var input = page.Page.GetByLabel("Filter expression");

        await input.PressSequentiallyAsync("service(\"gre");
        await page.Page.GetByRole(AriaRole.Option, new() { Name = $"\"{ConsoleBrowser.FunctionName}\"" }).ClickAsync();
        await input.PressSequentiallyAsync(") nonsense ");
        await Expect(page.Page.Locator(".filter-mistake mark")).ToHaveTextAsync("nonsense", new() { UseInnerText = false });
        await input.FillAsync($"service(\"{ConsoleBrowser.FunctionName}\")");
        await Expect(page.Page.Locator(".filter-mistake")).ToHaveCountAsync(0);
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("filter=service"));
        await Expect(Function(page)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Markup_in_names_is_shown_as_text()
    {
        await ConsoleTraces.SendAsync(browser.Http, TimeSpan.FromMinutes(2), segment => segment with { Name = "hostile", Origin = ConsoleBrowser.Markup });
        await using var page = await browser.OpenAsync("#/map");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = $"hostile {ConsoleBrowser.Markup}" }).ClickAsync();

        await Expect(page.Page.GetByText(ConsoleBrowser.Markup).First).ToBeVisibleAsync();
        await Expect(page.Page.Locator("img[src=x]")).ToHaveCountAsync(0);
        Assert.NotEqual("broken", await page.Page.TitleAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_new_service_appears_by_itself_also_after_the_server_was_away()
    {
        var port = 0;
        await using var server = await WholeServer.StartAsync(config => config with { Listen = new IPEndPoint(IPAddress.Loopback, port) });
        port = server.Address.Port;
        await ConsoleTraces.SendAsync(server.Http, TimeSpan.FromMinutes(1), segment => segment with { Name = "first" });
        await using var page = await browser.OpenAsync("#/map", address: server.Address);
        await Expect(Service(page, "first")).ToBeVisibleAsync();

        await ConsoleTraces.SendAsync(server.Http, TimeSpan.FromMinutes(1), segment => segment with { Name = "second" });
        await Expect(Service(page, "second")).ToBeVisibleAsync();

        await server.StopAsync();
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Reconnecting" })).ToBeVisibleAsync();
        await Expect(Service(page, "second")).ToBeVisibleAsync();
        await server.InitializeAsync();
        await ConsoleTraces.SendAsync(server.Http, TimeSpan.FromMinutes(1), segment => segment with { Name = "third" });
        await Expect(Service(page, "third")).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task Figures_of_a_service_add_up()
    {
        await using var server = await WholeServer.StartAsync();
        for (var number = 0; number < 10; number++)
            await ConsoleTraces.SendAsync(server.Http, TimeSpan.FromMinutes(5), segment => segment with { Name = "sums", Fault = number == 0, Throttle = number == 1, Error = number == 1 });

        foreach (var filter in (string[])["", "&filter=" + Uri.EscapeDataString("service(\"sums\")")])
        {
            var map = (await server.SendAsync(HttpMethod.Get, "/_lambray/api/map?last=60" + filter)).Succeeded;
            var node = map.GetProperty("nodes").EnumerateArray().Single(node => !node.GetProperty("client").GetBoolean());
            var part = (await server.SendAsync(HttpMethod.Get, $"/_lambray/api/map/part?last=60&selector={Uri.EscapeDataString(node.GetProperty("selector").GetString()!)}{filter}")).Succeeded;

            var figures = node.GetProperty("figures");
            Assert.Equal((8, 0, 1, 1), (Count(figures, "ok"), Count(figures, "error"), Count(figures, "throttle"), Count(figures, "fault")));
            Assert.Equal(250_000, figures.GetProperty("averageMicroseconds").GetInt64());
            Assert.InRange(figures.GetProperty("requestsPerMinute").GetDouble(), 0.15, 0.17);
            Assert.Equal(10, part.GetProperty("histogram").EnumerateArray().Sum(bin => bin.GetProperty("calls").GetInt64()));
            Assert.Equal(10, part.GetProperty("periods").EnumerateArray().Sum(period => Count(period, "ok") + Count(period, "throttle") + Count(period, "fault")));
            Assert.All(part.GetProperty("percentiles").EnumerateArray(), percentile => Assert.Equal(250_000, percentile.GetProperty("durationMicroseconds").GetInt64()));
        }
    }

    static int Count(JsonElement figures, string outcome) => figures.GetProperty(outcome).GetInt32();

    static ILocator Function(ConsolePage page) => Service(page, $"{ConsoleBrowser.FunctionName} Lambda function");

    static ILocator Service(ConsolePage page, string name) => page.Page.Locator($".react-flow__node[aria-label^='{name} ']:not([aria-label*=' Client'])");
}
