using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
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
    public async Task Every_accepted_event_ends_somewhere_however_often_the_server_is_killed()
    {
        const int Events = 200;
        const int Kills = 4;
        using var data = new TemporaryDirectory();
        var accepted = new ConcurrentBag<int>();
        using (var first = await ServerProcess.StartAsync(data))
        {
            await first.Http.PutAsync("/ends", null, TestContext.Current.CancellationToken);
            // Every third event fails for good; the others are told of by a function.
            await first.CreateAsync("working", "exports.handler = async ({ n }) => { if (n % 3 === 0) throw new Error('no'); return n; };");
            await first.CreateAsync("telling", """
                const http = require('http');
                exports.handler = ({ requestPayload }) => new Promise((resolve, reject) =>
                  http.request(`${process.env.AWS_ENDPOINT_URL}/ends/success/${requestPayload.n}`, { method: 'PUT' }, answer => answer.resume().on('end', resolve)).on('error', reject).end('x'));
                """);
            using var configured = await first.Http.PutAsync("/2019-09-25/functions/working/event-invoke-config", new StringContent($$"""
                {"MaximumRetryAttempts":0,"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:s3:::ends"},
                 "OnSuccess":{"Destination":"arn:aws:lambda:us-east-1:{{WholeServer.Account}}:function:telling"} } }
                """), TestContext.Current.CancellationToken);
            configured.EnsureSuccessStatusCode();
            await SendUntilKilledAsync(first, Enumerable.Range(0, Events), accepted);
        }
        for (var kill = 1; kill < Kills; kill++)
        {
            using var next = await ServerProcess.StartAsync(data);
            await SendUntilKilledAsync(next, Enumerable.Range(0, Events).Except(accepted), accepted);
        }

        using var last = await ServerProcess.StartAsync(data);
        await SendAsync(last, Enumerable.Range(0, Events).Except(accepted), accepted);

        Assert.Equal(Events, accepted.Distinct().Count());
        var missing = accepted.ToHashSet();
        await Eventually.HoldsAsync(
            async () =>
            {
                missing.ExceptWith(await EndedAsync(last.Http));
                return missing.Count == 0;
            },
            () => $"Accepted, but never ended: {string.Join(", ", missing)}");
    }

    /// <summary>Sends events from several clients at once, and kills the server somewhere between them and what they cause.</summary>
    static async Task SendUntilKilledAsync(ServerProcess server, IEnumerable<int> numbers, ConcurrentBag<int> accepted)
    {
        var before = accepted.Count;
        var sending = SendAsync(server, numbers, accepted);
        var share = Random.Shared.Next(5, 60);
        await Eventually.HoldsAsync(() => Task.FromResult(accepted.Count - before >= share || sending.IsCompleted));
        await server.KillAsync();
        await sending;
    }

    static Task SendAsync(ServerProcess server, IEnumerable<int> numbers, ConcurrentBag<int> accepted) =>
        Parallel.ForEachAsync(numbers.ToList(), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, cancellation) =>
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/2015-03-31/functions/working/invocations") { Content = new StringContent($$"""{"n":{{number}}}""") };
                request.Headers.Add("X-Amz-Invocation-Type", "Event");
                using var answer = await server.Http.SendAsync(request, cancellation);
                if (answer.StatusCode == HttpStatusCode.Accepted) accepted.Add(number);
            }
            catch (HttpRequestException)
            {
                // The server is dead; whether it accepted this one is not known, and it is sent again.
            }
        });

    static async Task<HashSet<int>> EndedAsync(HttpClient http)
    {
        var ended = new HashSet<int>();
        foreach (var key in await KeysAsync(http, "success/")) ended.Add(int.Parse(key["success/".Length..], CultureInfo.InvariantCulture));
        foreach (var key in await KeysAsync(http, "aws/lambda/async/working/"))
            ended.Add(JsonElement.Parse(await http.GetStringAsync($"/ends/{key}")).GetProperty("requestPayload").GetProperty("n").GetInt32());
        return ended;
    }

    static async Task<IEnumerable<string>> KeysAsync(HttpClient http, string prefix) =>
        XDocument.Parse(await http.GetStringAsync($"/ends?list-type=2&prefix={prefix}")).Descendants().Where(element => element.Name.LocalName == "Key").Select(element => element.Value);

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
