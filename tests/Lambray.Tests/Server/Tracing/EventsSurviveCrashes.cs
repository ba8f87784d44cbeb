using System.Net;
using System.Text.Json;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Xunit;

namespace Lambray.Tests.Server.Tracing;

/// <summary>What was acknowledged survives <c>kill -9</c>.</summary>
public sealed class EventsSurviveCrashes
{
    // Slow enough to be still starting when the server is killed.
    const string Source = """
        const started = Date.now();
        while (Date.now() - started < 300);
        exports.handler = async () => 'done';
        """;

    [Fact]
    public async Task An_event_accepted_just_before_a_kill_runs_after_the_restart_and_its_trace_is_whole()
    {
        using var data = new TemporaryDirectory();
        var (id, header) = StoredTrace.Begin();
        using (var first = await ServerProcess.StartAsync(data))
        {
            await first.CreateAsync("survivor", Source);
            Assert.Equal(HttpStatusCode.Accepted, await SendEventAsync(first.Http, "survivor", header));
            await first.KillAsync();
        }

        using var second = await ServerProcess.StartAsync(data);

        var documents = await StoredTrace.WithAsync(second.Http, id, "survivor", "Dwell Time", "Attempt #1", "survivor", "Initialization", "Overhead");
        var rows = StoredTrace.Timeline(id, documents).Rows;
        var (service, dwell) = (rows[0], rows.Single(row => row.Name == "Dwell Time"));
        Assert.Equal((202, 0L), (service.HttpStatus, service.StartOffsetMicroseconds));
        Assert.Equal(0, dwell.StartOffsetMicroseconds);
        Assert.True(dwell.DurationMicroseconds > service.DurationMicroseconds, "The wait includes the time that the server was down.");
        Assert.All(rows, row => Assert.Equal(TimelineStatus.Ok, row.Status));
    }

    [Fact]
    public async Task Segments_acknowledged_just_before_a_kill_are_there_after_the_restart()
    {
        using var data = new TemporaryDirectory();
        var id = TraceId.New(TimeProvider.System.GetUtcNow());
        using (var first = await ServerProcess.StartAsync(data))
        {
            var segment = $$"""{"name":"shop","id":"70de5b6f19ff9a0a","start_time":1795000000.5,"end_time":1795000001,"trace_id":"{{id}}"}""";
            using var answer = await first.Http.PostAsync("/TraceSegments", new StringContent($$"""{"TraceSegmentDocuments":[{{JsonSerializer.Serialize(segment)}}]}"""), TestContext.Current.CancellationToken);
            Assert.Equal("""{"UnprocessedTraceSegments":[]}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            await first.KillAsync();
        }

        using var second = await ServerProcess.StartAsync(data);

        Assert.Single(await StoredTrace.ReadAsync(second.Http, id));
    }

    [Fact]
    public async Task Terminating_waits_for_the_running_invocation_and_leaves_nothing_behind()
    {
        using var data = new TemporaryDirectory();
        using var server = await ServerProcess.StartAsync(data);
        await server.CreateAsync("draining", Source);
        var answer = server.Http.PostAsync("/2015-03-31/functions/draining/invocations", new StringContent("{}"), TestContext.Current.CancellationToken);
        await EnvironmentsAsync(data, count => count == 1);

        var exitCode = await server.TerminateAsync();

        Assert.Equal("\"done\"", await (await answer).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, exitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(data.Path, "environments")));
        Assert.Empty(Directory.EnumerateDirectories("/sys/fs/cgroup", $"lambray-{server.Id}-*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4 }));
    }

    static async Task<HttpStatusCode> SendEventAsync(HttpClient http, string name, string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/2015-03-31/functions/{name}/invocations") { Content = new StringContent("{}") };
        request.Headers.Add("X-Amz-Invocation-Type", "Event");
        request.Headers.Add(TraceHeader.Name, header);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    static Task EnvironmentsAsync(TemporaryDirectory data, Func<int, bool> holds) =>
        Eventually.HoldsAsync(() => Task.FromResult(holds(Directory.EnumerateDirectories(Path.Combine(data.Path, "environments")).Count())));
}
