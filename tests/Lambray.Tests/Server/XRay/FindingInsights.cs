using System.Net;
using System.Text.Json.Nodes;
using Lambray.Tests.Tracing;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Server.XRay;

/// <summary>A service begins to fail while its group is watched: found from its segments, read by boto3.</summary>
public sealed class FindingInsights
{
    const int RequestsPerMinute = 20;

    readonly FakeTimeProvider time = new(TestSegments.At(0).ToDateTimeOffset());

    [Fact]
    public async Task An_insight_of_a_watched_group_is_found_and_told()
    {
        await using var server = await WholeServer.StartAsync(time: time);
        await PostAsync(server, "/UpdateGroup", """{"GroupName":"Default","InsightsConfiguration":{"InsightsEnabled":true,"NotificationsEnabled":true}}""");
        await PostAsync(server, "/CreateGroup", """{"GroupName":"unwatched"}""");
        for (var minute = 0; minute < 20; minute++) await PassMinuteAsync(server, isFailing: false);
        var began = time.GetUtcNow().ToUnixTimeSeconds();
        // One minute more than it needs: what is looked at is half a minute behind.
        for (var minute = 0; minute < 5; minute++) await PassMinuteAsync(server, isFailing: true);
        await Eventually.HoldsAsync(async () => (await SummariesAsync(server)).Count == 1);

        Assert.Equal("", (await ClientProcess.Boto3(server.Address, $$"""
            began = {{began}}
            xray = client("xray")
            range = dict(StartTime=began - 3600, EndTime=began + 3600)
            summaries = [s for p in [xray.get_insight_summaries(GroupName="Default", States=["ACTIVE"], **range)] for s in p["InsightSummaries"]]
            insight = xray.get_insight(InsightId=summaries[0]["InsightId"])["Insight"]
            assert insight["RootCauseServiceId"]["Name"] == "pay" and insight["Categories"] == ["FAULT"] and insight["State"] == "ACTIVE", insight
            assert began - 60 <= insight["StartTime"].timestamp() <= began + 60 and "EndTime" not in insight, insight
            assert [s["ServiceId"]["Name"] for s in insight["TopAnomalousServices"]] == ["pay", "shop"], insight
            assert insight["RootCauseServiceRequestImpactStatistics"]["FaultCount"] > 20 and insight["ClientRequestImpactStatistics"]["FaultCount"] > 20, insight
            assert "pay" in insight["Summary"] and summaries[0]["LastUpdateTime"] > insight["StartTime"], summaries
            first = xray.get_insight_events(InsightId=insight["InsightId"], MaxResults=1)
            assert len(first["InsightEvents"]) == 1 and first["InsightEvents"][0]["TopAnomalousServices"], first
            graph = xray.get_insight_impact_graph(InsightId=insight["InsightId"], StartTime=began - 60, EndTime=began + 600)
            names = {s["ReferenceId"]: s["Name"] for s in graph["Services"]}
            edges = {(s["Name"], names[e["ReferenceId"]]) for s in graph["Services"] for e in s["Edges"]}
            assert ("shop", "pay") in edges and graph["ServiceGraphStartTime"] == insight["StartTime"], graph
            assert xray.get_insight_summaries(GroupName="unwatched", **range)["InsightSummaries"] == []
            assert xray.get_insight_summaries(GroupName="Default", States=["CLOSED"], **range)["InsightSummaries"] == []
            def refused(call, **arguments):
                try:
                    call(**arguments)
                except xray.exceptions.InvalidRequestException as e:
                    return
                raise AssertionError(arguments)
            refused(xray.get_insight, InsightId="0a1b2c3d-0000-4000-8000-000000000000")
            refused(xray.get_insight, InsightId="nonsense")
            refused(xray.get_insight_summaries, **range)
            refused(xray.get_insight_summaries, GroupName="gone", **range)
            refused(xray.get_insight_summaries, GroupName="Default", StartTime=began - 31 * 86400, EndTime=began)
            refused(xray.get_insight_summaries, GroupName="Default", NextToken="x", **range)
            refused(xray.get_insight_impact_graph, InsightId=insight["InsightId"], StartTime=began - 7 * 3600, EndTime=began)
            """)).Succeeded);

        for (var minute = 0; minute < 8; minute++) await PassMinuteAsync(server, isFailing: false);
        await Eventually.HoldsAsync(async () => (await SummariesAsync(server))[0]!["State"]!.GetValue<string>() == "CLOSED");
    }

    static async Task<JsonArray> SummariesAsync(WholeServer server)
    {
        var answer = await PostAsync(server, "/InsightSummaries", $$"""{"GroupName":"Default","StartTime":{{TestSegments.Noon}},"EndTime":{{TestSegments.Noon + 86400}}}""");
        return answer["InsightSummaries"]!.AsArray();
    }

    async Task PassMinuteAsync(WholeServer server, bool isFailing)
    {
        var start = SegmentTime.From(time.GetUtcNow()).EpochSeconds - TestSegments.Noon;
        var documents = new JsonArray();
        for (var request = 0; request < RequestsPerMinute; request++)
        {
            var trace = TraceId.New(time.GetUtcNow());
            var fault = isFailing && request % 2 == 0;
            documents.Add(SegmentDocument.Write(TestSegments.Segment(
                id: 1, name: "shop", start: start + request, end: start + request + 1, trace: trace, fault: fault,
                subsegments: [TestSegments.Subsegment(2, "pay", start: start + request, end: start + request + 0.5, ns: "remote", fault: fault)])));
            documents.Add(SegmentDocument.Write(TestSegments.Segment(
                id: 3, name: "pay", start: start + request, end: start + request + 0.25, trace: trace, parent: 2, fault: fault)));
        }
        await PostAsync(server, "/TraceSegments", new JsonObject { ["TraceSegmentDocuments"] = documents }.ToJsonString());
        time.Advance(TimeSpan.FromMinutes(1));
    }

    static async Task<JsonNode> PostAsync(WholeServer server, string path, string body)
    {
        var answer = await server.SendAsync(HttpMethod.Post, path, body);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return JsonNode.Parse(answer.Body)!;
    }
}
