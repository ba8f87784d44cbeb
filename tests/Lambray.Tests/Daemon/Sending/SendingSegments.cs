using System.Text.Json;
using Xunit;

namespace Lambray.Tests.Daemon.Sending;

public sealed class SendingSegments
{
    const string Good = """{"id":"00000000000000aa","trace_id":"1-6553f100-000000000000000000000001","name":"a"}""";

    [Fact]
    public async Task Sends_what_came_in_batches_and_as_AWS_s_daemon_does()
    {
        await using var xray = await StandIn.StartAsync(_ => (200, "{}"));
        await using var daemon = await RunningDaemon.StartAsync(xray.Address);

        for (var number = 0; number < 120; number++) daemon.Send($$"""{"number":{{number}}}""");
        await daemon.StopAsync();

        var batches = xray.Requests.Where(request => request.Target == "/TraceSegments").ToArray();
        Assert.Equal([50, 50, 20], batches.Select(batch => Documents(batch).Length).OrderDescending());
        Assert.Equal(Enumerable.Range(0, 120), batches.SelectMany(Documents).Select(document => JsonElement.Parse(document).GetProperty("number").GetInt32()).Order());
        Assert.All(batches, batch =>
        {
            Assert.StartsWith("xray-agent/xray-daemon/3.6.6 exec-env/UNKNOWN OS/linux-", batch.Headers["User-Agent"], StringComparison.Ordinal);
            Assert.Matches(@"^\d{10}\.\d{9}$", batch.Headers["X-Amzn-Xray-Timestamp"]);
            Assert.Equal("application/json", batch.Headers["Content-Type"]);
        });
        Assert.Contains("[Info] Successfully sent batch of 50 segments (", daemon.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_what_the_service_could_not_process()
    {
        await using var xray = await StandIn.StartAsync(_ => (200, """{"UnprocessedTraceSegments":[{"Id":"00000000000000aa","ErrorCode":"MissingEndTime","Message":"no end"},{"Id":null,"ErrorCode":"MissingId"}]}"""));
        await using var daemon = await RunningDaemon.StartAsync(xray.Address);

        daemon.Send(Good);
        daemon.Send("[]");
        daemon.SendPacket("no header");
        daemon.SendPacket("{\"format\":\"xml\",\"version\":1}\n<a/>");
        await daemon.StopAsync();

        Assert.Contains("[Info] Sent batch of 2 segments but had 2 Unprocessed segments (", daemon.Log, StringComparison.Ordinal);
        Assert.Contains("[Error] Unprocessed trace 1-6553f100-000000000000000000000001, segment: 00000000000000aa MissingEndTime: no end\n", daemon.Log, StringComparison.Ordinal);
        Assert.Contains("[Error] Unprocessed segment: (null) MissingId: (null)\n", daemon.Log, StringComparison.Ordinal);
        Assert.Contains("[Warn] Missing header or segment: no header\n", daemon.Log, StringComparison.Ordinal);
        Assert.Contains("[Warn] Invalid header: {\"format\":\"xml\",\"version\":1}\n", daemon.Log, StringComparison.Ordinal);
        var record = Telemetry(xray);
        Assert.Equal((4, 2, 4), (Count(record, "SegmentsReceivedCount"), Count(record, "SegmentsSentCount"), Count(record, "SegmentsRejectedCount")));
    }

    [Fact]
    public async Task Tries_once_more_what_failed_in_passing()
    {
        var calls = 0;
        await using var xray = await StandIn.StartAsync(_ => Interlocked.Increment(ref calls) == 1 ? (503, "busy") : (200, "{}"));
        await using var daemon = await RunningDaemon.StartAsync(xray.Address);

        daemon.Send(Good);
        await daemon.StopAsync();

        Assert.Equal([Good, Good], xray.Requests.Where(request => request.Target == "/TraceSegments").SelectMany(Documents));
        Assert.Equal(1, Count(Telemetry(xray), "SegmentsSentCount"));
    }

    [Theory]
    [InlineData(503, 2, "HTTPCode5XXCount")]
    [InlineData(403, 1, "HTTPCode4XXCount")]
    public async Task Gives_a_batch_up_and_counts_why(int status, int attempts, string counter)
    {
        await using var xray = await StandIn.StartAsync(request => request.Target == "/TraceSegments" ? (status, "no") : (200, "{}"));
        await using var daemon = await RunningDaemon.StartAsync(xray.Address);

        daemon.Send(Good);
        await daemon.StopAsync();

        Assert.Equal(attempts, xray.Requests.Count(request => request.Target == "/TraceSegments"));
        Assert.Contains($"[Error] Sending segment batch failed with: {status}", daemon.Log, StringComparison.Ordinal);
        var record = Telemetry(xray);
        Assert.Equal((1, 0, 1), (Count(record, "SegmentsReceivedCount"), Count(record, "SegmentsSentCount"), Count(record.GetProperty("BackendConnectionErrors"), counter)));
    }

    static string[] Documents(StandInRequest request) =>
        [.. JsonElement.Parse(request.Body).GetProperty("TraceSegmentDocuments").EnumerateArray().Select(document => document.GetString()!)];

    static JsonElement Telemetry(StandIn xray) =>
        Assert.Single(JsonElement.Parse(Assert.Single(xray.Requests, request => request.Target == "/TelemetryRecords").Body).GetProperty("TelemetryRecords").EnumerateArray());

    static int Count(JsonElement record, string name) => record.GetProperty(name).GetInt32();
}
