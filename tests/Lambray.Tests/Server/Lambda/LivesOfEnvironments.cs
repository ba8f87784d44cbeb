using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Lambray.Server.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>How environments come and go over time and with their server.</summary>
public sealed class LivesOfEnvironments
{
    [Fact]
    public async Task An_environment_that_nobody_uses_is_ended_after_a_while()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var server = await WholeServer.StartAsync(time: time);
        await server.CreateAsync("idle", "let n = 0; exports.handler = async () => ++n;");
        Assert.Equal("1", (await server.InvokeAsync("idle")).Succeeded);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("2", (await server.InvokeAsync("idle")).Succeeded);
        time.Advance(TimeSpan.FromMinutes(11));
        await Eventually.HoldsAsync(() => EnvironmentsOf(server).Length == 0, "the idle environment is gone");
        Assert.Equal("1", (await server.InvokeAsync("idle")).Succeeded);
    }

    [Fact]
    public async Task A_caller_that_calls_again_at_once_meets_the_environment_that_answered_it()
    {
        // With a clock that stands still, the moment's wait for an environment that is about to be free has no end.
        await using var server = await WholeServer.StartAsync(time: new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)));
        await server.CreateAsync("again", "let n = 0; exports.handler = async () => ++n;");
        for (var n = 1; n <= 50; n++)
        {
            using var answer = await server.Http.PostAsync("/2015-03-31/functions/again/invocations", null, TestContext.Current.CancellationToken);
            Assert.Equal($"{n}", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task An_init_that_takes_longer_than_ten_seconds_is_done_again_in_the_invocation()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var server = await WholeServer.StartAsync(config => config with { Isolation = IsolationMode.Process }, time);
        var mark = Path.Combine(server.DataDirectory, "begun");
        await server.CreateAsync("slow", """
            const fs = require('fs');
            if (!fs.existsSync(process.env.MARK)) { fs.writeFileSync(process.env.MARK, ''); for (;;); }
            exports.handler = async () => 'at last';
            """, new JsonObject { ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["MARK"] = mark } } });
        var invoking = server.InvokeAsync("slow");
        await Eventually.HoldsAsync(() => File.Exists(mark), "the first init has begun");
        time.Advance(TimeSpan.FromSeconds(10));
        var answer = await invoking;
        Assert.Equal("\"at last\"", answer.Succeeded);
        Assert.Contains("INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n", answer.Log, StringComparison.Ordinal);
        Assert.Null(LogReport.Of(answer.Log).InitDuration);
    }

    [Fact]
    public async Task Idle_environments_make_room_and_who_finds_all_at_work_is_throttled()
    {
        // Room for one of 256 MB, or two of 128 MB.
        await using var server = await WholeServer.StartAsync(config => config with { Memory = 256 });
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, "/gate")).Status);
        await server.CreateAsync("waiting", """
            exports.handler = async () => {
              await fetch(`${process.env.AWS_ENDPOINT_URL}/gate/begun`, { method: 'PUT', body: 'x' });
              while ((await fetch(`${process.env.AWS_ENDPOINT_URL}/gate/open`)).status !== 200);
            };
            """);
        await server.CreateAsync("small", "exports.handler = async () => 'ran';");
        await server.CreateAsync("large", "exports.handler = async () => 'ran';", new JsonObject { ["MemorySize"] = 256 });
        var waiting = server.InvokeAsync("waiting");
        await Eventually.HoldsAsync(async () => (await server.SendAsync(HttpMethod.Get, "/gate/begun")).Status == HttpStatusCode.OK);
        Assert.Equal("\"ran\"", (await server.InvokeAsync("small")).Succeeded);
        var refused = await server.InvokeAsync("large");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(("ConcurrentInvocationLimitExceeded", "User", "Rate Exceeded."),
            (refused.Json.GetProperty("Reason").GetString(), refused.Json.GetProperty("Type").GetString(),
                refused.Json.GetProperty("message").GetString()));
        // One that would not have been enough was left alone.
        Assert.Null(LogReport.Of((await server.InvokeAsync("small")).Log).InitDuration);

        await server.SendAsync(HttpMethod.Put, "/gate/open", "x");
        Assert.Equal("null", (await waiting).Succeeded);
        Assert.Equal("\"ran\"", (await server.InvokeAsync("large")).Succeeded);
        await Eventually.HoldsAsync(() => EnvironmentsOf(server).Length == 1, "the idle environments made room");
    }

    [Fact]
    public async Task Who_finds_every_environment_at_work_waits_a_moment_for_one()
    {
        // With a clock that stands still, the moment has no end.
        await using var server = await WholeServer.StartAsync(config => config with { EnvironmentsMax = 1 }, new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)));
        await server.CreateAsync("alone", "let n = 0; exports.handler = async () => ++n;");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.InvokeAsync("alone")));
        Assert.Equal(["1", "2", "3", "4", "5"], answers.Select(answer => answer.Succeeded).Order());
    }

    [Fact]
    public async Task A_failing_init_needs_no_second_place()
    {
        await using var server = await WholeServer.StartAsync(config => config with { EnvironmentsMax = 1 });
        await server.CreateAsync("unready", "throw new Error('unready');");
        Assert.Equal("unready", (await server.InvokeAsync("unready")).ErrorMessage);
    }

    [Theory]
    [InlineData(IsolationMode.Process)]
    [InlineData(IsolationMode.Sandbox)]
    public async Task Nothing_is_left_of_a_server_that_has_ended(IsolationMode isolation)
    {
        if (isolation == IsolationMode.Sandbox) SandboxServer.SkipUnlessAvailable();
        var marker = $"31557600.{Random.Shared.Next():D10}";
        await using var server = await WholeServer.StartAsync(config => config with { Isolation = isolation });
        Assert.SkipUnless(isolation == IsolationMode.Sandbox || server.Server.Isolation.Contains("cgroup", StringComparison.Ordinal),
            "Without control groups a plain process may leave its environment.");
        // A child in a session of its own, which no signal to the function's session reaches.
        await server.CreateAsync("forking", $$"""
            exports.handler = async () => { require('child_process').spawn('sleep', ['{{marker}}'], { detached: true, stdio: 'ignore' }).unref(); };
            """);
        await server.InvokeAsync("forking");
        var environment = Assert.Single(EnvironmentsOf(server));
        Assert.NotEmpty(ProcessesWith(marker));

        await server.StopAsync();
        Assert.Empty(EnvironmentsOf(server));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.DataDirectory, "vacant")));
        Assert.Empty(ProcessesWith(marker));
        Assert.DoesNotContain(server.DataDirectory, await File.ReadAllTextAsync("/proc/self/mountinfo", TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories("/sys/fs/cgroup", environment,
            new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }));
    }

    static string[] EnvironmentsOf(WholeServer server) =>
        [.. Directory.GetDirectories(Path.Combine(server.DataDirectory, "environments")).Select(path => Path.GetFileName(path)!)];

    static int[] ProcessesWith(string argument) =>
        [.. Process.GetProcesses().Where(process => CommandLine(process.Id).Contains(argument, StringComparison.Ordinal)).Select(process =>
            process.Id)];

    static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        // It has ended since it was listed.
        catch (IOException)
        {
            return "";
        }
    }
}
