using Xunit;

namespace Lambray.Tests.Server.XRay;

/// <summary>Traces as boto3 sends, finds and reads them.</summary>
public sealed class TracesFromPython : IAsyncLifetime
{
    XRayServer server = null!;

    public async ValueTask InitializeAsync() => server = await XRayServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Traces_are_found_page_by_page_and_read() => Assert.Equal("", (await ClientProcess.Boto3(server.Address, """
        xray = client("xray")
        noon = 1_700_000_000
        def check(actual, expected):
            assert actual == expected, (actual, expected)
        def segment(i):
            document = dict(name="shop", id=f"{i:016x}", trace_id=f"1-6553f100-{i:024x}", start_time=noon + i, end_time=noon + i + 0.5,
                http=dict(request=dict(url=f"http://shop/{i}", method="GET", user_agent="curl/8"), response=dict(status=200)))
            if i % 10 == 0:
                document.update(fault=True, annotations=dict(order=i), user="alice", http=dict(response=dict(status=500)),
                    cause=dict(exceptions=[dict(id="0123456789abcdef", type="KeyError", message="no such order")]))
            if i == 7:
                document.update(end_time=noon + i + 5)
            return json.dumps(document)
        for start in range(1, 251, 50):
            check(xray.put_trace_segments(TraceSegmentDocuments=[segment(i) for i in range(start, start + 50)])["UnprocessedTraceSegments"], [])
        def find(expression="", **more):
            pages = xray.get_paginator("get_trace_summaries").paginate(StartTime=noon, EndTime=noon + 1000, FilterExpression=expression, **more)
            return [s for p in pages for s in p["TraceSummaries"]]

        everything = find()
        check([s["Id"] for s in everything], [f"1-6553f100-{i:024x}" for i in range(250, 0, -1)])
        faults = find('service("shop") { fault } AND annotation[order] >= 100 AND user = "alice"')
        check(len(faults), 16)
        check(faults[0]["FaultRootCauses"], [dict(ClientImpacting=True, Services=[dict(Name="shop", Names=["shop"], Inferred=False,
            EntityPath=[dict(Name="shop", Remote=False, Exceptions=[dict(Name="KeyError", Message="no such order")])])])])
        check(faults[0]["Annotations"]["order"][0]["AnnotationValue"], dict(NumberValue=250.0))
        check((faults[0]["HasFault"], faults[0]["Http"]["HttpStatus"], faults[0]["Users"][0]["UserName"]), (True, 500, "alice"))
        slow = find("responsetime > 4")
        check([(s["Id"][-2:], s["ResponseTime"]) for s in slow], [("07", 5.0)])
        check(slow[0]["ResponseTimeRootCauses"][0]["Services"][0]["EntityPath"], [dict(Name="shop", Coverage=1.0, Remote=False)])
        check([s["Id"][-2:] for s in find('http.url = "http://shop/9" or http.url ENDSWITH "/11"')], ["0b", "09"])
        half = find(SamplingStrategy=dict(Name="FixedRate", Value=0.5))
        assert 75 < len(half) < 175 and half == find(Sampling=True, SamplingStrategy=dict(Name="FixedRate", Value=0.5)), len(half)
        check(len(find(Sampling=True)), 100)
        assert all("MatchedEventTime" in s and s["Revision"] == 1 for s in find("fault", TimeRangeType="Event"))
        page = xray.get_trace_summaries(StartTime=noon, EndTime=noon + 1000)
        check((page["TracesProcessedCount"], page["ApproximateTime"].timestamp(), len(page["TraceSummaries"])), (100, noon + 250, 100))
        try:
            find("duration > quick")
            raise AssertionError("was not refused")
        except xray.exceptions.InvalidRequestException as e:
            assert "position 12" in str(e), e

        ids = [s["Id"] for s in everything[:4]] + ["1-6553f100-ffffffffffffffffffffffff"]
        read = xray.batch_get_traces(TraceIds=ids)
        check(([t["Id"] for t in read["Traces"]], read["UnprocessedTraceIds"]), (ids[:4], ids[4:]))
        check([t["LimitExceeded"] for t in read["Traces"]], [False] * 4)
        check(json.loads(read["Traces"][0]["Segments"][0]["Document"])["http"]["response"]["status"], 500)
        """)).Succeeded);
}
