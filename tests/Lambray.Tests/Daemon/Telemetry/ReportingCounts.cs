using System.Text.Json;
using Lambray.Daemon;
using Lambray.Daemon.Configuration;
using Lambray.Daemon.Credentials;
using Lambray.Daemon.Service;
using Lambray.Daemon.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Daemon.Telemetry;

public sealed class ReportingCounts : IAsyncLifetime
{
    readonly DaemonCounters counters = new();
    readonly HttpClient http = DaemonHttp.ToServices(new DaemonConfig());
    readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(1_700_000_000));
    CurrentCredentials credentials = null!;
    StandIn xray = null!;
    TelemetrySender sender = null!;
    int status = 200;

    public async ValueTask InitializeAsync()
    {
        xray = await StandIn.StartAsync(_ => (status, "{}"));
        credentials = new CurrentCredentials(new CredentialChain([]), time, NullLogger.Instance);
        var service = new XRayService(http, xray.Address, "us-east-1", credentials, "test", time);
        sender = new TelemetrySender(counters, new TelemetryHost("i-1", "host", "arn:1"), service, time, NullLogger.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await xray.DisposeAsync();
        credentials.Dispose();
        http.Dispose();
    }

    [Fact]
    public async Task Says_nothing_before_the_first_segment()
    {
        counters.Count(ConnectionError.Other);
        await sender.ReportAsync();

        Assert.Empty(xray.Requests);
    }

    [Fact]
    public async Task Tells_each_count_once()
    {
        counters.CountReceived();
        counters.CountReceived();
        counters.CountSent(7);
        counters.CountSpilled();
        counters.CountRejected(3);
        counters.Count(ConnectionError.Timeout);
        counters.Count(ConnectionError.UnknownHost);
        await sender.ReportAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        await sender.ReportAsync();

        Assert.Equal(
            """{"EC2InstanceId":"i-1","Hostname":"host","ResourceARN":"arn:1","TelemetryRecords":[{"Timestamp":1700000000,"SegmentsReceivedCount":2,"SegmentsSentCount":7,"SegmentsSpilloverCount":1,"SegmentsRejectedCount":3,"BackendConnectionErrors":{"TimeoutCount":1,"ConnectionRefusedCount":0,"HTTPCode4XXCount":0,"HTTPCode5XXCount":0,"UnknownHostCount":1,"OtherCount":0}}]}""",
            xray.Requests[0].Body);
        Assert.Equal([1_700_000_060, 0], [Records(1)[0].GetProperty("Timestamp").GetInt32(), Records(1)[0].GetProperty("SegmentsReceivedCount").GetInt32()]);
    }

    [Fact]
    public async Task Keeps_records_that_did_not_arrive_but_not_for_ever()
    {
        counters.CountReceived();
        status = 500;
        for (var minute = 0; minute < 35; minute++)
        {
            await sender.ReportAsync();
            time.Advance(TimeSpan.FromMinutes(1));
        }
        var failed = xray.Requests.Count;
        status = 200;
        await sender.ReportAsync();

        // The last 30 of 36, by tens.
        var minutes = Enumerable.Range(failed, 3).SelectMany(Records).Select(record => (record.GetProperty("Timestamp").GetInt32() - 1_700_000_000) / 60);
        Assert.Equal(Enumerable.Range(6, 30), minutes);
        Assert.Equal(failed + 3, xray.Requests.Count);
        Assert.Equal(1, Records(failed)[0].GetProperty("BackendConnectionErrors").GetProperty("HTTPCode5XXCount").GetInt32());
    }

    JsonElement[] Records(int request) => [.. JsonElement.Parse(xray.Requests[request].Body).GetProperty("TelemetryRecords").EnumerateArray()];
}
