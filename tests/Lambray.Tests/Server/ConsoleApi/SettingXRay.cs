using Lambray.Tests.Server.Authentication;
using Lambray.Tracing;
using Lambray.Tracing.AccountSettings;
using Lambray.Tracing.Groups;
using Lambray.Tracing.Insights;
using Lambray.Tracing.Sampling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>Sampling rules, groups, insights and settings, as a person at the console looks after them.</summary>
[Collection(InTheBrowser.Name)]
public sealed class SettingXRay(ConsoleBrowser browser) : IClassFixture<ConsoleBrowser>
{
    [Fact]
    public async Task A_sampling_rule_is_made_by_keyboard_alone_then_changed_and_deleted()
    {
        var rules = browser.Server.Services.GetRequiredService<SamplingRules>();
        await using var page = await browser.OpenAsync("#/sampling-rules");
        var keyboard = page.Page.Keyboard;
        await Expect(page.Page.GetByRole(AriaRole.Rowheader, new() { Name = "Default" })).ToBeVisibleAsync();
        await PressUntilFocusedAsync(page, "Create sampling rule");
        await keyboard.PressAsync("Enter");
        // The first field has the focus.
        await keyboard.TypeAsync("checkout");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Control+A");
        await keyboard.TypeAsync("0");
        await keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByText("Priority is 0; it takes 1 to 9999.")).ToBeVisibleAsync();
        await keyboard.PressAsync("Control+A");
        await keyboard.TypeAsync("7");
        await keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByText("Sampling rule checkout was saved")).ToBeVisibleAsync();
        Assert.Equal((7, 0.05), (rules.Find("checkout")!.Rule.Priority, rules.Find("checkout")!.Rule.FixedRate));

        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "Choose checkout" }).CheckAsync();
        await Button(page, "Edit").ClickAsync();
        await page.Page.GetByLabel("Fixed rate (percent)").FillAsync("12.5");
        await page.Page.GetByLabel("URL path").FillAsync("/orders/*");
        Assert.Empty(await Barriers.FindAsync(page.Page));
        await Button(page, "Save").ClickAsync();
        await Expect(page.Page.GetByText("path /orders/*")).ToBeVisibleAsync();
        await Expect(page.Page.GetByText("12.5 %")).ToBeVisibleAsync();
        Assert.Equal(0.125, rules.Find("checkout")!.Rule.FixedRate);

        // SDKs report what they have sampled by it.
        _ = (await browser.Server.SendAsync(HttpMethod.Post, "/SamplingTargets", Report("checkout"))).Succeeded;
        await Button(page, "Refresh").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "checkout" })).ToContainTextAsync("40");

        await Button(page, "Delete").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.Page.GetByText("Sampling rule checkout was deleted")).ToBeVisibleAsync();
        Assert.Null(rules.Find("checkout"));
    }

    [Fact]
    public async Task A_group_is_made_with_an_expression_that_is_checked_changed_and_deleted()
    {
        var groups = browser.Server.Services.GetRequiredService<TraceGroups>();
        await using var page = await browser.OpenAsync("#/groups");
        await Button(page, "Create group").ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("slow");
        var expression = dialog.GetByRole(AriaRole.Combobox, new() { Name = "Filter expression" });
        await expression.FillAsync("responsetime >");
        await dialog.GetByLabel("Name", new() { Exact = true }).FocusAsync();
        await Expect(dialog.Locator(".filter-mistake")).ToBeVisibleAsync();
        await expression.FillAsync("responsetime > 2");
        await page.Page.Keyboard.PressAsync("Escape");
        await dialog.GetByLabel("Enable insights").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Page.GetByText("Group slow was saved")).ToBeVisibleAsync();
        Assert.Equal(("responsetime > 2", true), (groups.FindByName("slow")!.Text, groups.FindByName("slow")!.Insights.Enabled));

        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "Choose slow" }).CheckAsync();
        await Button(page, "Edit").ClickAsync();
        await page.Page.GetByLabel("Enable insights").UncheckAsync();
        Assert.Empty(await Barriers.FindAsync(page.Page));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.False(groups.FindByName("slow")!.Insights.Enabled);

        await Button(page, "Delete").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.Page.GetByText("Group slow was deleted")).ToBeVisibleAsync();
        Assert.Null(groups.FindByName("slow"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task An_insight_tells_what_failed_since_when_and_whom_it_hit()
    {
        var group = browser.Server.Services.GetRequiredService<TraceGroups>().All[0];
        var began = TimeProvider.System.GetUtcNow().AddMinutes(-3);
        var insight = Fault(group, began);
        var store = browser.Server.Services.GetRequiredService<InsightStore>();
        await store.PutAsync([insight], began);
        await store.PutAsync([Grown(insight, began.AddMinutes(1))], began);
        await using var page = await browser.OpenAsync("#/insights");

        await page.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("requests to till") }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "till" })).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Definition).Filter(new() { HasText = "9 of 20 requests" })).ToHaveCountAsync(2);
        await Expect(page.Page.GetByRole(AriaRole.Rowheader, new() { Name = "till" })).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Application, new() { NameRegex = new("Faults by minute") })).ToBeVisibleAsync();
        Assert.Empty(await Barriers.FindAsync(page.Page));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Settings_show_how_the_server_runs_and_change_what_can_be_changed()
    {
        var sampling = browser.Server.Services.GetRequiredService<LambdaSamplingSetting>();
        await using var page = await browser.OpenAsync("#/settings");
        await Expect(page.Page.GetByText($"--endpoint-url {browser.Address.GetLeftPart(UriPartial.Authority)}")).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Definition).Filter(new() { HasText = WholeServer.Account })).ToContainTextAsync("--account-id");

        await page.Page.GetByLabel("Of the others (percent)").FillAsync("150");
        await Button(page, "Save Sampling of active tracing").ClickAsync();
        await Expect(page.Page.GetByText("Rate is 1.5; it takes 0 to 1.")).ToBeVisibleAsync();
        await page.Page.GetByLabel("Of the others (percent)").FillAsync("50");
        await Button(page, "Save Sampling of active tracing").ClickAsync();
        await Expect(page.Page.GetByText("Sampling of active tracing: saved")).ToBeVisibleAsync();
        Assert.Equal(0.5, sampling.Current.Rate);
        await page.Page.GetByLabel("KMS key").FillAsync("alias/traces");
        await Button(page, "Save X-Ray encryption").ClickAsync();
        await Expect(page.Page.GetByText("X-Ray encryption: saved")).ToBeVisibleAsync();
        Assert.Contains("alias/traces", (await browser.Server.SendAsync(HttpMethod.Post, "/EncryptionConfig", "{}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_reached_and_changed_by_keyboard_after_signing_in_and_gone_after_signing_out()
    {
        await using var server = new SignedServer();
        await server.InitializeAsync();
        await using var page = await browser.OpenAsync("#/settings", address: server.Address);
        var keyboard = page.Page.Keyboard;
        await Expect(page.Page.GetByLabel("Access key ID")).ToBeFocusedAsync();
        await page.ExpectAccessibleAsync();

        // 1. A wrong key is told of, the right one leads to the page that was asked for.
        await keyboard.TypeAsync(server.Root.AccessKeyId);
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync("wrong");
        await keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("There is no such access key");
        await keyboard.PressAsync("Control+A");
        await keyboard.TypeAsync(server.Root.SecretAccessKey);
        await keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByText("requests have to be signed")).ToBeVisibleAsync();
        await Expect(page.Page.GetByText("AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…")).ToBeVisibleAsync();

        // 2. The page is longer than the window: fields and text come into view without a mouse.
        await page.Page.GetByLabel("Desired percentage").FocusAsync();
        await Expect(page.Page.GetByLabel("Desired percentage")).ToBeInViewportAsync();
        await keyboard.PressAsync("Control+A");
        await keyboard.TypeAsync("12");
        await keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByText("Trace indexing: saved")).ToBeVisibleAsync();
        Assert.Equal(12, server.Services.GetRequiredService<IndexingRules>().Default.DesiredPercentage);
        await keyboard.PressAsync("Shift+Tab");
        await Expect(Button(page, "Save Trace indexing")).ToBeFocusedAsync();
        await keyboard.PressAsync("End");
        await Expect(page.Page.GetByText("--trace-retention")).ToBeInViewportAsync();

        // 3. Nothing stays on the screen for who comes next.
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "root" }).PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).PressAsync("Enter");
        await Expect(page.Page.GetByLabel("Access key ID")).ToBeVisibleAsync();
        await Expect(page.Page.GetByText("--trace-retention")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("#/start", ColorScheme.Light)]
    [InlineData("#/functions", ColorScheme.Dark)]
    [InlineData("#/new-function", ColorScheme.Light)]
    [InlineData("#/functions/greeter/monitor", ColorScheme.Dark)]
    [InlineData("#/functions/greeter/logs", ColorScheme.Dark)]
    [InlineData("#/functions/greeter/configuration", ColorScheme.Dark)]
    [InlineData("#/functions/greeter/triggers", ColorScheme.Light)]
    [InlineData("#/settings", ColorScheme.Dark)]
    public async Task Nothing_keeps_anybody_out_of_a_page(string hash, ColorScheme colors)
    {
        await using var page = await browser.OpenAsync(hash, colors);
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.Page.WaitForFunctionAsync("() => !document.body.innerText.match(/\\b(Reading|Loading) /)");

        Assert.Empty(await Barriers.FindAsync(page.Page));
        Assert.Empty(page.Complaints);
    }

    static async Task PressUntilFocusedAsync(ConsolePage page, string name)
    {
        const int PressesMax = 40;
        var wanted = page.Page.GetByRole(AriaRole.Button, new() { Name = name });
        for (var presses = 0; presses < PressesMax; presses++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("(button) => button === document.activeElement")) return;
        }
        Assert.Fail($"{name} is not reached by the keyboard.");
    }

    static string Report(string rule) => $$"""
        {"SamplingStatisticsDocuments":[{"RuleName":"{{rule}}","ClientID":"0123456789abcdef01234567",
        "Timestamp":{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}},"RequestCount":40,"SampledCount":5,"BorrowCount":1}]}
        """;

    static Insight Fault(TraceGroup group, DateTimeOffset began)
    {
        var till = new ServiceId("till", "AWS::Lambda::Function");
        return new Insight(
            Guid.Parse("0a1b2c3d-0000-4000-8000-000000000001"), group.Name, group.Arn, till, began, Ended: null, began, began, new RequestImpact(4, 6, 10),
            [new ServiceImpact(till, new RequestImpact(4, 6, 10))]);
    }

    static Insight Grown(Insight insight, DateTimeOffset at) => insight with
    {
        Updated = at,
        LastUnusual = at,
        ClientRequests = new RequestImpact(9, 11, 20),
        Services = [new ServiceImpact(insight.RootCause, new RequestImpact(9, 11, 20))],
    };

    static ILocator Button(ConsolePage page, string name) => page.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
