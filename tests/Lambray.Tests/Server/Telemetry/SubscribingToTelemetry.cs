using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Tests.Server.Lambda;
using Lambray.Tests.Server.Layers;
using Xunit;

namespace Lambray.Tests.Server.Telemetry;

/// <summary>What subscribers of the Telemetry API and the Logs API get, whichever way their environments are isolated.</summary>
public abstract class SubscribingToTelemetry(WholeServer server)
{
    const string Header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    [Fact]
    public async Task Subscribers_get_what_happened_with_the_figures_of_the_log()
    {
        await server.SendAsync(HttpMethod.Put, "/telemetry");
        var layer = await server.PublishLayerAsync("subscribers", ("extensions/http", SubscriberSource.Text), ("extensions/tcp", SubscriberSource.Text));
        await server.CreateAsync("watched", """
            console.log('loading');
            exports.handler = async (event) => { console.log('working'); process.stdout.write('no end of line'); if (event.fail) throw new Error('failed'); return 'done'; };
            """, new JsonObject { ["Layers"] = new JsonArray(layer) });
        var cold = await server.InvokeAsync("watched", traceHeader: Header);
        Assert.Equal("\"done\"", cold.Succeeded);
        Assert.Contains("http 200 \"OK\"\n", cold.Log, StringComparison.Ordinal);
        var failed = await server.InvokeAsync("watched", """{"fail":true}""");
        await server.SendAsync(HttpMethod.Delete, "/2015-03-31/functions/watched");

        var events = await ToldAsync("http");
        AssertInit(events);
        AssertInvocation(events, cold);
        Assert.Equal(["loading", "working", "no end of line"], Lines(events, "function").Take(3));
        Assert.Contains("http 200 \"OK\"", Lines(events, "extension"));
        var report = Record(events, "platform.report", failed.RequestId);
        Assert.Equal(("error", "Function.Unknown", false),
            (Text(report, "status"), Text(report, "errorType"), report.TryGetProperty("tracing", out _)));
        AssertLogsApi(await ToldAsync("tcp"), cold);
    }

    [Fact]
    public async Task Subscriptions_that_make_no_sense_are_refused_and_late_ones_too()
    {
        await server.CreateAsync("refused", WholeServer.Zip(("index.mjs", """
            const base = `http://${process.env.AWS_LAMBDA_RUNTIME_API}`;
            const registered = await fetch(`${base}/2020-01-01/extension/register`, { method: 'POST', headers: { 'Lambda-Extension-Name': 'inside' }, body: '{"events":[]}' });
            const id = registered.headers.get('lambda-extension-identifier');
            const good = { schemaVersion: '2022-07-01', types: ['platform'], destination: { protocol: 'HTTP', URI: 'http://sandbox.localdomain:4243' } };
            const put = async (change, path = '2022-07-01/telemetry', identifier = id) => {
              const answer = await fetch(`${base}/${path}`, { method: 'PUT', headers: identifier ? { 'Lambda-Extension-Identifier': identifier } : {}, body: JSON.stringify({ ...good, ...change }) });
              const body = await answer.json();
              return [answer.status, body.errorType ?? body];
            };
            const to = (URI) => put({ destination: { protocol: 'HTTP', URI } });
            const refused = [await put({ schemaVersion: '2001-01-01' }), await put({ types: [] }), await put({ types: ['gossip'] }), await put({ destination: null }),
              await put({ destination: { protocol: 'UDP' } }), await put({ destination: { protocol: 'TCP' } }), await to('http://example.com:80'), await to('http://sandbox.localdomain:9001'),
              await put({ buffering: { maxItems: 999 } }), await put({ buffering: { maxBytes: 2000000 } }), await put({ buffering: { timeoutMs: 24 } }), await put({ types: 5 }),
              await put({}, '2022-07-01/telemetry', ''), await put({}, '2022-07-01/telemetry', '00000000-0000-4000-8000-000000000000')];
            const accepted = await put({});
            fetch(`${base}/2020-01-01/extension/event/next`, { headers: { 'Lambda-Extension-Identifier': id } }).catch(() => {});
            export const handler = async () => [refused, accepted, await put({}), await put({ schemaVersion: '2021-03-18' }, '2020-08-15/logs')];
            """)));
        var answer = (await server.InvokeAsync("refused")).Json;
        var refused = answer[0].EnumerateArray().Select(refusal => $"{refusal[0]} {refusal[1]}").ToArray();
        Assert.All(refused[..12], refusal => Assert.Equal("400 ValidationError", refusal));
        Assert.Equal(["403 Extension.MissingExtensionIdentifier", "403 Extension.UnknownExtensionIdentifier"], refused[12..]);
        Assert.Equal("""[[200,"OK"],[403,"Telemetry.SubscriptionClosed"],[403,"Logs.SubscriptionClosed"]]""",
            $"[{string.Join(',', answer.EnumerateArray().Skip(1).Select(item => item.GetRawText()))}]");
    }

    static void AssertInit(JsonElement[] events)
    {
        var start = Record(events, "platform.initStart");
        Assert.Equal(("on-demand", "init", "watched", "$LATEST"),
            (Text(start, "initializationType"), Text(start, "phase"), Text(start, "functionName"), Text(start, "functionVersion")));
        Assert.Equal(128 * 1024 * 1024, start.GetProperty("instanceMaxMemory").GetInt64());
        Assert.Equal("success", Text(Record(events, "platform.initRuntimeDone"), "status"));
        Assert.InRange(Record(events, "platform.initReport").GetProperty("metrics").GetProperty("durationMs").GetDouble(), 1, 10_000);
        Assert.Equal(["http:Ready", "tcp:Ready"], events.Where(item => Type(item) == "platform.extension")
            .Select(item => $"{Text(item.GetProperty("record"), "name")}:{Text(item.GetProperty("record"), "state")}").Order());
        Assert.Contains(events, item => Type(item) == "platform.telemetrySubscription" && Text(item.GetProperty("record"), "name") == "http");
        Assert.Equal("platform.initStart", Type(events[0]));
    }

    static void AssertInvocation(JsonElement[] events, Invocation cold)
    {
        var start = Record(events, "platform.start", cold.RequestId);
        var done = Record(events, "platform.runtimeDone", cold.RequestId);
        var report = Record(events, "platform.report", cold.RequestId);
        var logged = LogReport.Of(cold.Log);
        var tracing = start.GetProperty("tracing");
        Assert.Matches("^Root=1-5759e988-bd862e3fe1be46a994272793;Parent=[0-9a-f]{16};Sampled=1;Lineage=[0-9a-f]{8}:0$", Text(tracing, "value"));
        Assert.Contains($"SegmentId: {Text(tracing, "spanId")}", cold.Log, StringComparison.Ordinal);
        Assert.Equal(["responseLatency", "responseDuration", "runtimeOverhead"], done.GetProperty("spans").EnumerateArray().Select(span => Text(span, "name")));
        var (latency, whole) = (done.GetProperty("spans")[0].GetProperty("durationMs").GetDouble(), done.GetProperty("metrics").GetProperty("durationMs").GetDouble());
        Assert.InRange(latency, 0.001, whole);
        Assert.Equal(6, done.GetProperty("metrics").GetProperty("producedBytes").GetInt32());
        var metrics = report.GetProperty("metrics");
        Assert.Equal(("success", "extensionOverhead"), (Text(report, "status"), Text(report.GetProperty("spans")[0], "name")));
        Assert.Equal(logged.Duration, metrics.GetProperty("durationMs").GetDouble(), 0.006);
        Assert.Equal(logged.BilledDuration, metrics.GetProperty("billedDurationMs").GetDouble());
        Assert.Equal(logged.InitDuration!.Value, metrics.GetProperty("initDurationMs").GetDouble(), 0.006);
        if (logged.MaxMemoryUsed is { } memory) Assert.Equal(memory, metrics.GetProperty("maxMemoryUsedMB").GetDouble());
    }

    static void AssertLogsApi(JsonElement[] events, Invocation cold)
    {
        Assert.DoesNotContain(events, item => Type(item).StartsWith("platform.init", StringComparison.Ordinal));
        Assert.Contains(events, item => Type(item) == "platform.logsSubscription");
        var ofInvocation = events.Where(item => item.GetProperty("record") is { ValueKind: JsonValueKind.Object } record
            && record.TryGetProperty("requestId", out var id) && id.GetString() == cold.RequestId).Select(Type);
        Assert.Equal(["platform.start", "platform.runtimeDone", "platform.end", "platform.report"], ofInvocation);
        Assert.Contains("working", Lines(events, "function"));
    }

    async Task<JsonElement[]> ToldAsync(string subscriber)
    {
        var told = new ApiAnswer(default, null, "");
        await Eventually.HoldsAsync(async () => (told = await server.SendAsync(HttpMethod.Get, $"/telemetry/{subscriber}")).Status == HttpStatusCode.OK);
        var events = told.Json.EnumerateArray().ToArray();
        Assert.All(events, item => DateTimeOffset.ParseExact(Text(item, "time"), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        return events;
    }

    static JsonElement Record(JsonElement[] events, string type, string? requestId = null) =>
        Assert.Single(events, item => Type(item) == type && (requestId is null || Text(item.GetProperty("record"), "requestId") == requestId)).GetProperty("record");

    static IEnumerable<string> Lines(JsonElement[] events, string type) =>
        events.Where(item => Type(item) == type).Select(item => item.GetProperty("record").GetString()!.TrimEnd('\n').Split('\t')[^1]);

    static string Type(JsonElement item) => Text(item, "type");

    static string Text(JsonElement json, string property) => json.GetProperty(property).GetString()!;
}

public sealed class TelemetryInProcesses(ProcessServer server) : SubscribingToTelemetry(server), IClassFixture<ProcessServer>;

public sealed class TelemetryInSandboxes : SubscribingToTelemetry, IClassFixture<SandboxServer>
{
    public TelemetryInSandboxes(SandboxServer server) : base(server) => SandboxServer.SkipUnlessAvailable();
}
