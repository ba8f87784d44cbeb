using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.Registry;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>How many invocations may run at once, and whose.</summary>
public sealed class HoldingToConcurrency(HoldingToConcurrency.Fixture server) : IClassFixture<HoldingToConcurrency.Fixture>
{
    /// <summary>A server with a gate that functions can wait at.</summary>
    public sealed class Fixture : WholeServer
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await SendAsync(HttpMethod.Put, "/gate");
        }
    }

    // Says that it runs, and answers when its gate opens.
    const string Waiting = """
        const http = require('http');
        const call = (method, key) => new Promise((resolve, reject) =>
          http.request(`${process.env.AWS_ENDPOINT_URL}/gate/${key}`, { method }, answer => answer.resume().on('end', () => resolve(answer.statusCode))).on('error', reject).end(method === 'PUT' ? 'x' : undefined));
        exports.handler = async ({ name, gate }) => {
          await call('PUT', `begun/${name}`);
          while (await call('GET', gate) !== 200) await new Promise(resolve => setTimeout(resolve, 10));
          return { version: process.env.AWS_LAMBDA_FUNCTION_VERSION, type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE };
        };
        """;

    static readonly JsonObject Patient = new() { ["Timeout"] = 60 };

    [Fact]
    public async Task A_reservation_is_the_functions_own_and_its_limit()
    {
        await server.CreateAsync("reserved", Waiting, Patient);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, "/2017-10-31/functions/reserved/concurrency", """{"ReservedConcurrentExecutions":1}""")).Status);
        var running = server.InvokeAsync("reserved", """{"name":"reserved","gate":"reserved"}""");
        await BegunAsync("reserved");

        var refused = await server.InvokeAsync("reserved", """{"name":"second","gate":"reserved"}""");
        Assert.Equal((HttpStatusCode.TooManyRequests, "ReservedFunctionConcurrentInvocationLimitExceeded", "Rate Exceeded."),
            (refused.Status, refused.Json.GetProperty("Reason").GetString(), refused.Json.GetProperty("message").GetString()));

        await OpenAsync("reserved");
        Assert.Equal("$LATEST", JsonElement.Parse((await running).Succeeded).GetProperty("version").GetString());
        // Its place is free as soon as its caller has the answer.
        for (var again = 0; again < 5; again++) Assert.Equal(HttpStatusCode.OK, (await server.InvokeAsync("reserved", """{"name":"again","gate":"reserved"}""")).Status);
    }

    [Fact]
    public async Task An_alias_sends_its_share_to_each_of_its_two_versions()
    {
        await server.CreateAsync("routed", "exports.handler = async () => process.env.AWS_LAMBDA_FUNCTION_VERSION;");
        await PublishAsync("routed");
        await server.SendAsync(HttpMethod.Put, "/2015-03-31/functions/routed/configuration", """{"Description":"changed"}""");
        await server.SettledAsync("routed");
        await PublishAsync("routed");
        var created = await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/routed/aliases",
            """{"Name":"both","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"2":0.5}}}""");
        Assert.True(created.Status == HttpStatusCode.Created, created.Body);

        var seen = new List<string>();
        await Eventually.HoldsAsync(async () =>
        {
            var answer = await server.InvokeAsync("routed:both");
            Assert.Equal(answer.Succeeded, $"\"{answer.Headers["X-Amz-Executed-Version"]}\"");
            seen.Add(answer.Succeeded);
            return seen.Distinct().Count() == 2;
        });
        Assert.Equal("\"1\"", (await server.InvokeAsync("routed:1")).Succeeded);
        Assert.Contains("START RequestId: ", (await server.InvokeAsync("routed:2")).Log, StringComparison.Ordinal);
        Assert.Contains(" Version: 2\n", (await server.InvokeAsync("routed:2")).Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provisioned_environments_are_initialized_ahead_and_used_first()
    {
        await server.CreateAsync("ahead", Waiting, Patient);
        await PublishAsync("ahead");
        var version = server.Services.GetRequiredService<FunctionRegistry>().FindVersion("ahead", "1")!;
        const string Config = "/2019-09-30/functions/ahead/provisioned-concurrency?Qualifier=1";
        Assert.Equal("IN_PROGRESS", Status(await server.SendAsync(HttpMethod.Put, Config, """{"ProvisionedConcurrentExecutions":1}""")));
        await Eventually.HoldsAsync(async () => Status(await server.SendAsync(HttpMethod.Get, Config)) == "READY");
        var pool = server.Services.GetRequiredService<EnvironmentPool>();
        Assert.Equal(1, pool.CountProvisioned(version));

        var first = server.InvokeAsync("ahead:1", """{"name":"first","gate":"ahead"}""");
        await BegunAsync("first");
        var second = server.InvokeAsync("ahead:1", """{"name":"second-ahead","gate":"ahead"}""");
        await BegunAsync("second-ahead");
        await OpenAsync("ahead");
        Assert.Equal(["provisioned-concurrency", "on-demand"],
            new[] { await first, await second }.Select(answer => JsonElement.Parse(answer.Succeeded).GetProperty("type").GetString()));
        Assert.Null(LogReport.Of((await first).Log).InitDuration);
        Assert.NotNull(LogReport.Of((await second).Log).InitDuration);

        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync(HttpMethod.Delete, Config)).Status);
        await Eventually.HoldsAsync(() => pool.CountProvisioned(version) == 0, "the provisioned environment is gone");
    }

    [Fact]
    public async Task An_alias_with_two_versions_divides_its_environments_among_them()
    {
        await server.CreateAsync("divided", "exports.handler = async () => process.env.AWS_LAMBDA_FUNCTION_VERSION;");
        await PublishAsync("divided");
        await server.SendAsync(HttpMethod.Put, "/2015-03-31/functions/divided/configuration", """{"Description":"two"}""");
        await server.SettledAsync("divided");
        await PublishAsync("divided");
        await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/divided/aliases",
            """{"Name":"live","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"2":0.25} } }""");
        const string Config = "/2019-09-30/functions/divided/provisioned-concurrency?Qualifier=live";
        await server.SendAsync(HttpMethod.Put, Config, """{"ProvisionedConcurrentExecutions":4}""");
        await Eventually.HoldsAsync(async () => Status(await server.SendAsync(HttpMethod.Get, Config)) == "READY");
        var pool = server.Services.GetRequiredService<EnvironmentPool>();
        var functions = server.Services.GetRequiredService<FunctionRegistry>();
        Assert.Equal((3, 1), (pool.CountProvisioned(functions.FindVersion("divided", "1")!), pool.CountProvisioned(functions.FindVersion("divided", "2")!)));
        var config = (await server.SendAsync(HttpMethod.Get, Config)).Succeeded;
        Assert.Equal(4, config.GetProperty("AvailableProvisionedConcurrentExecutions").GetInt32());
        await server.SendAsync(HttpMethod.Delete, Config);
    }

    [Fact]
    public async Task A_provisioned_environment_that_crashes_is_replaced()
    {
        await server.CreateAsync("crashing", "exports.handler = async (event) => { if (event.exit) process.exit(1); return process.env.AWS_LAMBDA_INITIALIZATION_TYPE; };");
        await PublishAsync("crashing");
        const string Config = "/2019-09-30/functions/crashing/provisioned-concurrency?Qualifier=1";
        await server.SendAsync(HttpMethod.Put, Config, """{"ProvisionedConcurrentExecutions":1}""");
        await Eventually.HoldsAsync(async () => Status(await server.SendAsync(HttpMethod.Get, Config)) == "READY");
        Assert.Equal("Runtime.ExitError", (await server.InvokeAsync("crashing:1", """{"exit":true}""")).ErrorType);

        var pool = server.Services.GetRequiredService<EnvironmentPool>();
        var version = server.Services.GetRequiredService<FunctionRegistry>().FindVersion("crashing", "1")!;
        await Eventually.HoldsAsync(() => pool.CountProvisioned(version) == 1, "another has taken its place");
        Assert.Equal("\"provisioned-concurrency\"", (await server.InvokeAsync("crashing:1")).Succeeded);
    }

    [Fact]
    public async Task Environments_that_cannot_be_initialized_ahead_are_told_of()
    {
        await server.CreateAsync("unready-ahead", "throw new Error('unready');");
        await PublishAsync("unready-ahead");
        const string Config = "/2019-09-30/functions/unready-ahead/provisioned-concurrency?Qualifier=1";
        await server.SendAsync(HttpMethod.Put, Config, """{"ProvisionedConcurrentExecutions":2}""");
        await Eventually.HoldsAsync(async () => Status(await server.SendAsync(HttpMethod.Get, Config)) == "FAILED");
        var config = JsonElement.Parse((await server.SendAsync(HttpMethod.Get, Config)).Body);
        Assert.Equal(("FUNCTION_ERROR_INIT_FAILURE", 0), (config.GetProperty("StatusReason").GetString(), config.GetProperty("AvailableProvisionedConcurrentExecutions").GetInt32()));
    }

    [Fact]
    public async Task On_a_full_machine_a_flooded_function_leaves_the_other_its_share()
    {
        // Room for two environments.
        await using var small = await WholeServer.StartAsync(config => config with { EnvironmentsMax = 2 });
        await small.CreateAsync("flooding", "exports.handler = async () => { const end = Date.now() + 20; while (Date.now() < end); };");
        await small.CreateAsync("other", "exports.handler = async () => 'ran';");
        using var stop = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!stop.IsCancellationRequested) await small.InvokeAsync("flooding");
        }).ToList();
        await Eventually.HoldsAsync(() => small.Services.GetRequiredService<EnvironmentPool>().Counts.Living == 2, "the machine is full");

        Assert.Equal("\"ran\"", (await small.InvokeAsync("other")).Succeeded);
        await stop.CancelAsync();
        await Task.WhenAll(flood);
    }

    async Task PublishAsync(string name)
    {
        var published = await server.SendAsync(HttpMethod.Post, $"/2015-03-31/functions/{name}/versions", "{}");
        Assert.True(published.Status == HttpStatusCode.Created, published.Body);
        var version = JsonElement.Parse(published.Body).GetProperty("Version").GetString()!;
        await Eventually.HoldsAsync(() => server.Services.GetRequiredService<FunctionRegistry>().FindVersion(name, version)?.State == FunctionState.Active, "the version is active");
    }

    Task BegunAsync(string name) => Eventually.HoldsAsync(async () => (await server.SendAsync(HttpMethod.Get, $"/gate/begun/{name}")).Status == HttpStatusCode.OK);

    Task<ApiAnswer> OpenAsync(string gate) => server.SendAsync(HttpMethod.Put, $"/gate/{gate}", "x");

    static string? Status(ApiAnswer answer) => JsonElement.Parse(answer.Body).GetProperty("Status").GetString();
}
