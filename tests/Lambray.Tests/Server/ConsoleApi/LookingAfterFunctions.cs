using System.Text.Json.Nodes;
using Lambray.Functions.EventSources;
using Lambray.Functions.Registry;
using Lambray.Resources.Iam;
using Lambray.Resources.Sqs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>Functions from their creation to their end, as a person at the console looks after them.</summary>
[Collection(InTheBrowser.Name)]
public sealed class LookingAfterFunctions(ConsoleBrowser browser) : IClassFixture<ConsoleBrowser>
{
    const string TrustPolicy =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    FunctionRegistry Functions => browser.Server.Services.GetRequiredService<FunctionRegistry>();

    [Fact]
    public async Task One_click_on_an_empty_server_shows_a_first_trace()
    {
        await using var empty = await WholeServer.StartAsync();
        await using var page = await browser.OpenAsync("#/", address: empty.Address);

        await Button(page, "Create and trace a sample").ClickAsync();

        await Expect(page.RowNames).ToHaveTextAsync(["first-trace", "first-trace", "Initialization", "S3", "S3", "Overhead"]);
        await Expect(page.Page.GetByText("first-trace ran, and this is its trace")).ToBeVisibleAsync();
        var function = empty.Services.GetRequiredService<FunctionRegistry>().Find("first-trace");
        Assert.Equal(TracingMode.Active, function?.TracingMode);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_function_is_created_from_a_zip_and_tested_with_an_event_that_is_kept()
    {
        await using var page = await browser.OpenAsync("#/functions");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Create function" }).ClickAsync();
        await Field(page, "Name").FillAsync("postman");
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(Package("""
            exports.handler = async ({ to }) => {
              console.log(`a letter to ${to}`);
              return { delivered: to, markup: '<img src=x onerror="document.title=1">' };
            };
            """));
        await Button(page, "Create function").ClickAsync();
        await Expect(page.Page.GetByText("Function postman was created, and a permission was attached to the execution role")).ToBeVisibleAsync();
        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#/functions/postman$"));

        await page.Page.GetByLabel("Event JSON").FillAsync("""{ "to": "Ada" }""");
        await Field(page, "Name of the event").FillAsync("letter");
        await Button(page, "Save").ClickAsync();
        await Expect(page.Page.GetByText("Test event letter was saved")).ToBeVisibleAsync();
        await Tab(page, "Code").ClickAsync();
        await Tab(page, "Test").ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Event ") }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Option, new() { Name = "letter" }).ClickAsync();
        await Expect(page.Page.GetByLabel("Event JSON")).ToHaveValueAsync("""{ "to": "Ada" }""");
        await Button(page, "Test").ClickAsync();

        // Result, log and trace come together.
        await Expect(page.Page.GetByLabel("Response")).ToContainTextAsync("\"delivered\": \"Ada\"");
        await Expect(page.Page.GetByLabel("Response")).ToContainTextAsync("<img src=x");
        await Expect(page.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("a letter to Ada");
        await Expect(page.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("REPORT RequestId");
        await Expect(page.RowNames.Filter(new() { HasText = "Initialization" })).ToHaveCountAsync(1);
        Assert.Empty(await Barriers.FindAsync(page.Page));

        var model = Functions.Find("postman")!;
        var policies = Iam().ListAttachedRolePolicies(model.Role.Split('/')[^1]).Select(policy => policy.PolicyName);
        Assert.Equal(["AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess"], policies.Order(StringComparer.Ordinal));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Enabling_active_tracing_attaches_the_permission_to_the_role_and_says_so()
    {
        var role = await Iam().CreateRole(new RoleRequest("clerk-role", TrustPolicy));
        await Iam().AttachRolePolicy("clerk-role", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
        await browser.Server.CreateAsync("clerk", "exports.handler = async () => 1;", new JsonObject { ["Role"] = role.Arn.ToString() });
        await using var page = await browser.OpenAsync("#/functions/clerk/configuration");

        await page.Page.GetByLabel("Enable active tracing").CheckAsync();
        await Expect(page.Page.GetByText("Saving attaches the policy AWSXRayDaemonWriteAccess to it")).ToBeVisibleAsync();
        await Button(page, "Save").ClickAsync();

        await Expect(page.Page.GetByText("The configuration of clerk was saved, and a permission was attached to the execution role")).ToBeVisibleAsync();
        var saved = await browser.Server.SettledAsync("clerk");
        Assert.Equal(TracingMode.Active, saved.TracingMode);
        Assert.Contains(Iam().ListAttachedRolePolicies("clerk-role"), policy => policy.PolicyName == "AWSXRayDaemonWriteAccess");
        // What is there by now is not attached twice, and nothing is said of it.
        await Expect(page.Page.GetByText("Saving attaches the policy")).ToHaveCountAsync(0);
        await Expect(page.Page.GetByLabel("Enable active tracing")).ToBeCheckedAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_configuration_is_edited_and_each_field_says_why_the_server_refuses_it()
    {
        await browser.Server.CreateAsync("tailor", "exports.handler = async () => process.env.CLOTH;");
        await using var page = await browser.OpenAsync("#/functions/tailor/configuration");
        await Field(page, "Memory (MB)").FillAsync("1");
        await Field(page, "Timeout (seconds)").FillAsync("901");
        await Button(page, "Save").ClickAsync();

        await Expect(page.Page.GetByText("It must have value greater than or equal to 128")).ToBeVisibleAsync();
        await Expect(page.Page.GetByText("It must have value less than or equal to 900")).ToBeVisibleAsync();
        Assert.Empty(await Barriers.FindAsync(page.Page));

        await Field(page, "Memory (MB)").FillAsync("256");
        await Field(page, "Timeout (seconds)").FillAsync("9");
        await Button(page, "Add a variable").ClickAsync();
        await Field(page, "Environment variables Name").FillAsync("CLOTH");
        await Field(page, "Environment variables Value").FillAsync("linen");
        await Button(page, "Save").ClickAsync();
        await Expect(page.Page.GetByText("The configuration of tailor was saved")).ToBeVisibleAsync();

        var saved = await browser.Server.SettledAsync("tailor");
        Assert.Equal((256, 9, "linen"), (saved.MemorySize, saved.Timeout, saved.Variables!["CLOTH"]));
        // A refused request is an error to the browser, too; there was one.
        Assert.Single(page.Complaints);
    }

    [Fact]
    public async Task Environments_metrics_logs_and_traces_of_a_function_are_seen_as_it_runs()
    {
        await browser.Server.CreateAsync("runner", "exports.handler = async ({ lap }) => { console.log(`lap ${lap}`); return lap; };");
        await using var page = await browser.OpenAsync("#/functions/runner/environments");
        await Expect(page.Page.GetByText("No environment lives. The next invocation is a cold start.")).ToBeVisibleAsync();

        // Nobody touches the page: the server tells it.
        (await browser.Server.InvokeAsync("runner", """{"lap":1}""", traceHeader: "Sampled=1")).Succeeded.ToString();
        await Expect(page.Page.GetByText("Warm, idle")).ToBeVisibleAsync();

        await Tab(page, "Logs").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("lap 1");
        (await browser.Server.InvokeAsync("runner", """{"lap":2}""", traceHeader: "Sampled=1")).Succeeded.ToString();
        await Expect(page.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("lap 2");
        await page.Page.GetByLabel("Filter pattern").Last.FillAsync("\"lap 1\"");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByRole(AriaRole.Log)).Not.ToContainTextAsync("lap 2");
        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("pattern="));

        await Tab(page, "Traces").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "AWS::Lambda" })).ToHaveCountAsync(2);
        await Tab(page, "Monitor").ClickAsync();
        await Expect(page.Page.GetByText("Success rate: 100 % of 2.")).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Application, new() { NameRegex = new("Invocations|Duration") })).Not.ToHaveCountAsync(0);
        // Each tab is a place of its own.
        await page.Page.GoBackAsync();
        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#/functions/runner/traces"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Versions_aliases_an_address_and_concurrency_are_set_and_the_function_deleted()
    {
        await browser.Server.CreateAsync("brief", "exports.handler = async () => ({ statusCode: 200, body: 'here' });");
        await using var page = await browser.OpenAsync("#/functions/brief/versions");
        await Button(page, "Publish version").ClickAsync();
        await Field(page, "Description").FillAsync("the first");
        await Button(page, "Publish").ClickAsync();
        await Expect(page.Page.GetByText("Version 1 of brief is published")).ToBeVisibleAsync();
        await Button(page, "Create alias").ClickAsync();
        await Field(page, "Name").FillAsync("live");
        await Button(page, "Save").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Rowheader, new() { Name = "live" })).ToBeVisibleAsync();

        await Tab(page, "Triggers").ClickAsync();
        await Button(page, "Create address").ClickAsync();
        await Button(page, "Create").ClickAsync();
        var address = page.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("function-urls") });
        await Expect(address).ToBeVisibleAsync();
        Assert.Equal("here", await browser.Http.GetStringAsync(new Uri((await address.GetAttributeAsync("href"))!, UriKind.Relative), TestContext.Current.CancellationToken));
        await Expect(page.Page.GetByText("FunctionURLAllowPublicAccess")).ToBeVisibleAsync();

        await MapAQueueAndLetABucketInAsync(page);

        await Tab(page, "Configuration").ClickAsync();
        await Button(page, "Add a tag").ClickAsync();
        await Field(page, "Tags Key").FillAsync("team");
        await Field(page, "Tags Value").FillAsync("shop");
        await Button(page, "Save tags").ClickAsync();
        await Expect(page.Page.GetByText("The tags of brief were saved")).ToBeVisibleAsync();
        Assert.Equal("shop", Functions.FindRegistered("brief")!.Tags["team"]);
        await Button(page, "Edit reserved concurrency").ClickAsync();
        await Field(page, "Invocations at once").FillAsync("5");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        var function = Functions.FindRegistered("brief")!;
        Assert.Equal((5, "1"), (function.ReservedConcurrency, function.Aliases["live"].FunctionVersion));
        await Button(page, "Delete").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.Page.GetByText("Function brief was deleted")).ToBeVisibleAsync();
        Assert.Null(Functions.Find("brief"));
    }

    async Task MapAQueueAndLetABucketInAsync(ConsolePage page)
    {
        await browser.Server.Services.GetRequiredService<QueueDirectory>().CreateAsync("briefings", new Dictionary<string, string>(), new Dictionary<string, string>());
        var mappings = browser.Server.Services.GetRequiredService<EventSourceMappings>();
        EventSourceMapping Mapping() => mappings.List(null, null, "", int.MaxValue).Single(mapping => mapping.Function.Name == "brief");
        await Button(page, "Create mapping").ClickAsync();
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Source" }).FillAsync("briefings");
        await page.Page.GetByRole(AriaRole.Option, new() { NameRegex = new(":briefings$") }).ClickAsync();
        await Field(page, "Batch size").FillAsync("0");
        await Field(page, "Filters").FillAsync("""{"body":{"to":["Ada"]}}""");
        await page.Page.GetByLabel("Report batch item failures").CheckAsync();
        await Button(page, "Create").ClickAsync();
        await Expect(page.Page.GetByText("It must have value greater than or equal to 1")).ToBeVisibleAsync();
        Assert.Empty(await Barriers.FindAsync(page.Page));
        await Field(page, "Batch size").FillAsync("5");
        await Button(page, "Create").ClickAsync();
        var row = page.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = ":briefings" });
        await Expect(row).ToContainTextAsync("Enabled");
        Assert.Equal((5, "ReportBatchItemFailures"), (Mapping().Settings.BatchSize, Mapping().Settings.FunctionResponseTypes!.Single()));

        await row.GetByRole(AriaRole.Radio).CheckAsync();
        await Button(page, "Edit mapping").ClickAsync();
        await Expect(Field(page, "Filters")).ToHaveValueAsync("""{"body":{"to":["Ada"]}}""");
        await Field(page, "Filters").FillAsync("");
        await Field(page, "Maximum concurrency").FillAsync("7");
        await Button(page, "Save").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(row).ToContainTextAsync("Enabled");
        Assert.Equal((7, null), (Mapping().Settings.ScalingConfig!.MaximumConcurrency, Mapping().Settings.FilterCriteria));
        await Button(page, "Disable").ClickAsync();
        await Expect(row).ToContainTextAsync("Disabled");
        await Button(page, "Delete mapping").ClickAsync();
        await Expect(row).ToHaveCountAsync(0);

        await Button(page, "Add statement").ClickAsync();
        await Field(page, "Statement ID").FillAsync("uploads");
        await Field(page, "Source ARN").FillAsync("arn:aws:s3:::uploads");
        await Button(page, "Add").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Rowheader, new() { Name = "uploads" })).ToBeVisibleAsync();
        Assert.Contains(Functions.FindRegistered("brief")!.Policies["$LATEST"].Statements, statement => statement is { Principal: "s3.amazonaws.com", SourceArn: "arn:aws:s3:::uploads" });
    }

    IamDirectory Iam() => browser.Server.Services.GetRequiredService<IamDirectory>();

    static FilePayload Package(string source) => new() { Name = "code.zip", MimeType = "application/zip", Buffer = WholeServer.Zip(("index.js", source)) };

    static ILocator Button(ConsolePage page, string name) => page.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    static ILocator Field(ConsolePage page, string label) => page.Page.GetByRole(AriaRole.Textbox, new() { Name = label, Exact = true })
        .Or(page.Page.GetByRole(AriaRole.Spinbutton, new() { Name = label, Exact = true }));

    static ILocator Tab(ConsolePage page, string name) => page.Page.GetByRole(AriaRole.Tab, new() { Name = name });
}
