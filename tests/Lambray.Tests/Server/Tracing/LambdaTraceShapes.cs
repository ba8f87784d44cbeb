using System.Text.Json.Nodes;
using Lambray.Functions.ExecutionEnvironments.Prestart;
using Lambray.Functions.Invocation;
using Lambray.Functions.Invocation.Events;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Server.Tracing;

/// <summary>What Lambda itself writes into a trace, case by case, from real invocations of a real Node.js function.</summary>
public sealed class LambdaTraceShapes(WholeServer server) : IClassFixture<WholeServer>
{
    static readonly JsonObject Active = new() { ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" }, ["Timeout"] = 2 };

    const string Source = """
        exports.handler = async (event) => {
          if (event.fail) throw new RangeError('too far');
          if (event.exit) process.exit(event.exit);
          if (event.hang) await new Promise(() => setInterval(() => {}, 1000));
          return { header: process.env._X_AMZN_TRACE_ID };
        };
        """;

    [Fact]
    public async Task A_synchronous_invocation_cold_and_then_warm()
    {
        await server.CreateAsync("sync", Source, Active);

        await VerifyAsync("sync-cold", "sync", "{}", ["sync", "sync", "Initialization", "Overhead"]);
        await VerifyAsync("sync-warm", "sync", "{}", ["sync", "sync", "Overhead"]);
    }

    [Fact]
    public async Task An_asynchronous_invocation_dwells_and_is_attempted()
    {
        await server.CreateAsync("async", Source, Active);

        await VerifyAsync("async-cold", "async", "{}", ["async", "async", "Dwell Time", "Attempt #1", "Initialization", "Overhead"], "Event");
    }

    [Fact]
    public async Task An_error_marks_service_and_function_and_carries_its_cause()
    {
        await server.CreateAsync("failing", Source, Active);
        await server.InvokeAsync("failing");

        await VerifyAsync("sync-error", "failing", """{"fail":true}""", ["failing", "failing", "Overhead"]);
    }

    [Fact]
    public async Task A_timeout_ends_the_function_segment_with_its_cause()
    {
        await server.CreateAsync("hanging", Source, Active);
        await server.InvokeAsync("hanging");

        await VerifyAsync("sync-timeout", "hanging", """{"hang":true}""", ["hanging", "hanging", "Overhead"]);
    }

    [Fact]
    public async Task A_runtime_that_exits_is_an_error_of_the_function()
    {
        await server.CreateAsync("exiting", Source, Active);
        await server.InvokeAsync("exiting");

        await VerifyAsync("sync-exit", "exiting", """{"exit":3}""", ["exiting", "exiting", "Overhead"]);
    }

    [Fact]
    public async Task A_failed_init_is_done_again_inside_the_invocation()
    {
        await server.CreateAsync("broken", "throw new Error('not today');", Active);

        await VerifyAsync("sync-init-error", "broken", "{}", ["broken", "broken", "Initialization", "Initialization"]);
    }

    [Fact]
    public async Task A_throttled_request_has_a_service_segment_alone()
    {
        await server.CreateAsync("throttled", Source, Active);
        await server.SendAsync(HttpMethod.Put, "/2017-10-31/functions/throttled/concurrency", """{"ReservedConcurrentExecutions":0}""");

        await VerifyAsync("throttle", "throttled", "{}", ["throttled"]);
    }

    [Fact]
    public async Task An_alias_or_a_version_is_named_by_the_service_segment()
    {
        await server.CreateAsync("aliased", Source, Active);
        await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/aliased/versions", "{}");
        await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/aliased/aliases", """{"Name":"live","FunctionVersion":"1"}""");

        await VerifyAsync("alias", "aliased:live", "{}", ["aliased", "aliased", "Initialization", "Overhead"]);
        await VerifyAsync("version", "aliased:1", "{}", ["aliased", "aliased", "Overhead"]);
    }

    [Fact]
    public async Task A_PassThrough_function_goes_on_with_the_trace_of_a_sampled_caller()
    {
        await server.CreateAsync("passing", Source);
        await server.InvokeAsync("passing");

        await VerifyAsync("pass-through-sampled", "passing", "{}", ["passing", "passing", "Overhead"]);
    }

    [Fact]
    public async Task A_streamed_response_is_traced_like_any_other()
    {
        await server.CreateAsync("streaming", "exports.handler = awslambda.streamifyResponse(async (event, stream) => { stream.write('a'); stream.end('b'); });", Active);
        var (id, header) = StoredTrace.Begin();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/2021-11-15/functions/streaming/response-streaming-invocations") { Content = new StringContent("{}") };
        request.Headers.Add(TraceHeader.Name, header);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        GoldenTrace.Verify("streaming", id, await StoredTrace.WithAsync(server.Http, id, "streaming", "streaming", "Initialization", "Overhead"));
    }

    [Fact]
    public async Task A_provisioned_environment_tells_of_its_initialization_once()
    {
        await server.CreateAsync("provisioned", Source, Active);
        await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/provisioned/versions", "{}");
        const string Config = "/2019-09-30/functions/provisioned/provisioned-concurrency?Qualifier=1";
        await Eventually.HoldsAsync(async () => (await server.SendAsync(HttpMethod.Put, Config, """{"ProvisionedConcurrentExecutions":1}""")).Status == System.Net.HttpStatusCode.Accepted);
        await Eventually.HoldsAsync(async () => (await server.SendAsync(HttpMethod.Get, Config)).Body.Contains("\"READY\"", StringComparison.Ordinal));

        await VerifyAsync("provisioned", "provisioned:1", "{}", ["provisioned", "provisioned", "Initialization", "Overhead"]);
        await VerifyAsync("provisioned-again", "provisioned:1", "{}", ["provisioned", "provisioned", "Overhead"]);
    }

    [Fact]
    public async Task A_runtime_that_waited_for_its_function_initializes_like_any_other()
    {
        await using var prestarting = await WholeServer.StartAsync(config => config with { PrestartedMax = 1 });
        await prestarting.CreateAsync("sync", Source, Active);
        await Eventually.HoldsAsync(() => prestarting.Services.GetRequiredService<PrestartedRuntimes>().ReadyCount == 1, "a runtime waits");
        var (id, header) = StoredTrace.Begin();
        await prestarting.InvokeAsync("sync", traceHeader: header);

        // The very documents of a cold start.
        GoldenTrace.Verify("sync-cold", id, await StoredTrace.WithAsync(prestarting.Http, id, "sync", "sync", "Initialization", "Overhead"));
    }

    [Fact]
    public async Task Each_attempt_of_a_failing_event_is_shown_with_a_function_segment_of_its_own()
    {
        // No two moments are the same, so that the documents have an order.
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow()) { AutoAdvanceAmount = TimeSpan.FromMicroseconds(100) };
        await using var waiting = await WholeServer.StartAsync(time: time);
        await waiting.CreateAsync("retried", Source, Active);
        var (id, header) = StoredTrace.Begin();
        await waiting.InvokeAsync("retried", """{"fail":true}""", "Event", header);
        await StoredTrace.WithAsync(waiting.Http, id, "Attempt #1", "Overhead");
        var queue = waiting.Services.GetRequiredService<EventQueue>();
        foreach (var (attempt, wait) in new[] { (2, 1), (3, 2) })
        {
            await Eventually.HoldsAsync(() => queue.NextWake > time.GetUtcNow(), "the event waits");
            time.Advance(TimeSpan.FromMinutes(wait));
            await StoredTrace.WithAsync(waiting.Http, id, $"Attempt #{attempt}");
        }

        GoldenTrace.Verify("async-retries", id, await StoredTrace.WithAsync(
            waiting.Http, id, "retried", "Dwell Time", "Attempt #1", "Attempt #2", "Attempt #3", "retried", "retried", "retried", "Overhead", "Overhead", "Overhead"));
    }

    [Fact]
    public async Task Every_phase_lies_where_it_was_measured()
    {
        await server.CreateAsync("phases", Source, Active);
        var (id, header) = StoredTrace.Begin();
        await server.InvokeAsync("phases", traceHeader: header);

        var rows = StoredTrace.Timeline(id, await StoredTrace.WithAsync(server.Http, id, "phases", "phases", "Initialization", "Overhead")).Rows;
        var (service, function) = (rows[0], rows[1]);
        var (init, overhead) = (rows.Single(row => row.Name == "Initialization"), rows.Single(row => row.Name == "Overhead"));
        Assert.Equal(("AWS::Lambda", "AWS::Lambda::Function"), (service.Origin, function.Origin));
        Assert.InRange(init.StartOffsetMicroseconds, service.StartOffsetMicroseconds, function.StartOffsetMicroseconds);
        Assert.True(End(init) <= function.StartOffsetMicroseconds + 1, "The function segment begins once the runtime is ready.");
        Assert.True(overhead.StartOffsetMicroseconds >= function.StartOffsetMicroseconds, "Overhead comes after the handler.");
        // Offset and duration are each rounded to the microsecond.
        Assert.InRange(End(function) - End(overhead), -1, 1);
    }

    [Fact]
    public async Task After_a_crash_initialization_is_a_part_of_the_next_invocation()
    {
        await server.CreateAsync("recovering", Source, Active);
        await server.InvokeAsync("recovering", """{"exit":3}""");
        var (id, header) = StoredTrace.Begin();
        await server.InvokeAsync("recovering", traceHeader: header);

        var rows = StoredTrace.Timeline(id, await StoredTrace.WithAsync(server.Http, id, "recovering", "recovering", "Initialization", "Overhead")).Rows;
        var (function, init) = (rows[1], rows.Single(row => row.Name == "Initialization"));
        Assert.Equal("AWS::Lambda::Function", function.Origin);
        Assert.InRange(init.StartOffsetMicroseconds, function.StartOffsetMicroseconds, End(function));
        Assert.InRange(End(init), init.StartOffsetMicroseconds, End(function));
    }

    [Fact]
    public async Task The_function_sees_its_own_segment_as_parent()
    {
        await server.CreateAsync("parent", Source, Active);
        var (id, header) = StoredTrace.Begin();

        var seen = TraceHeader.Parse((await server.InvokeAsync("parent", traceHeader: header + ";Lineage=a87bd80c:1|68fd508a:5")).Json.GetProperty("header").GetString());

        var rows = StoredTrace.Timeline(id, await StoredTrace.WithAsync(server.Http, id, "parent", "parent")).Rows;
        Assert.Equal((id, SamplingDecision.Sampled), (seen.Root, seen.Sampled));
        // Those who came before, and the function itself for the first time.
        Assert.Matches(@"^Lineage=a87bd80c:1\|68fd508a:5\|[0-9a-f]{8}:0\z", seen.Extras);
        Assert.Equal(rows.Single(row => row.Origin == "AWS::Lambda::Function").Id, seen.Parent);
    }

    [Fact]
    public async Task The_caller_upstream_is_the_parent_of_the_service_segment()
    {
        await server.CreateAsync("called", Source);
        var (id, header) = StoredTrace.Begin();
        var caller = SegmentId.New();

        // PassThrough: only because the caller's header says so.
        await server.InvokeAsync("called", traceHeader: $"{header};Parent={caller}");

        var documents = await StoredTrace.WithAsync(server.Http, id, "called", "called");
        Assert.Contains(documents, document => document.Contains($"\"parent_id\":\"{caller}\"", StringComparison.Ordinal) && document.Contains("\"AWS::Lambda\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PassThrough", null)]
    [InlineData("PassThrough", "Sampled=0")]
    [InlineData("Active", "Sampled=0")]
    public async Task Unsampled_invocations_leave_no_trace_and_tell_the_function_so(string mode, string? sampled)
    {
        var name = $"unsampled-{mode}-{sampled?[^1]}";
        await server.CreateAsync(name, Source, new JsonObject { ["TracingConfig"] = new JsonObject { ["Mode"] = mode } });
        var id = TraceId.New(TimeProvider.System.GetUtcNow());

        var seen = TraceHeader.Parse((await server.InvokeAsync(name, traceHeader: $"Root={id}" + (sampled is null ? "" : ";" + sampled))).Json.GetProperty("header").GetString());
        await server.Services.GetRequiredService<SegmentRecorder>().FlushAsync();

        Assert.Equal((id, SamplingDecision.NotSampled), (seen.Root, seen.Sampled));
        Assert.Empty(await StoredTrace.ReadAsync(server.Http, id));
    }

    [Fact]
    public async Task Active_tracing_samples_the_first_request_of_a_minute_by_itself()
    {
        await server.CreateAsync("sampler", Source, Active);

        var first = TraceHeader.Parse((await server.InvokeAsync("sampler")).Headers[TraceHeader.Name]);

        Assert.Equal(SamplingDecision.Sampled, first.Sampled);
        await StoredTrace.WithAsync(server.Http, first.Root!.Value, "sampler", "sampler", "Initialization");
    }

    async Task VerifyAsync(string golden, string function, string payload, string[] names, string type = "RequestResponse")
    {
        var (id, header) = StoredTrace.Begin();
        await server.InvokeAsync(function, payload, type, header);
        GoldenTrace.Verify(golden, id, await StoredTrace.WithAsync(server.Http, id, names));
    }

    static long End(TimelineRow row) => row.StartOffsetMicroseconds + row.DurationMicroseconds!.Value;
}
