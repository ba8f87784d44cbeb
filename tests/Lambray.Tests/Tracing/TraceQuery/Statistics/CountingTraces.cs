using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceQuery.Statistics;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.TraceQuery.Statistics;

public class CountingTraces
{
    [Fact]
    public void Puts_response_times_into_bins_that_lie_side_by_side()
    {
        var times = ResponseTimes.Of([Trace(seconds: 0.000_020), Trace(seconds: 0.000_130), Trace(seconds: 0.000_240, fault: true), Trace(seconds: 0.000_245)]);

        Assert.Equal(
            ["0-100: 1", "100-125: 0", "125-160: 1", "160-200: 0", "200-250: 2"],
            times.Bins.Select(bin => $"{bin.FromMicroseconds}-{bin.ToMicroseconds}: {bin.Counts.Total}"));
        Assert.Equal(new OutcomeCounts(Ok: 1, Error: 0, Throttle: 0, Fault: 1, InProgress: 0), times.Bins[^1].Counts);
    }

    [Fact]
    public void Reads_percentiles_that_were_measured()
    {
        var times = ResponseTimes.Of([.. Enumerable.Range(1, 200).Select(number => Trace(seconds: number / 1000.0))]);

        Assert.Equal(new ResponseTimePercentiles(100_000, 180_000, 190_000, 198_000), times.Percentiles);
    }

    [Fact]
    public void Work_in_progress_has_no_response_time()
    {
        var times = ResponseTimes.Of([Trace(seconds: null)]);

        Assert.Empty(times.Bins);
        Assert.Null(times.Percentiles);
        Assert.Empty(times.Points);
    }

    [Fact]
    public void Draws_a_point_for_each_of_a_sample_and_for_all_that_failed_or_was_slow()
    {
        var points = ResponseTimes.Of(
            [.. Enumerable.Range(0, 5000).Select(number => Trace(seconds: number == 77 ? 9 : 0.01, fault: number % 1000 == 13, start: number))]).Points;

        Assert.Equal(1000 + 5 + 1, points.Count);
        Assert.Equal(5, points.Count(point => point.Status == TimelineStatus.Fault));
        Assert.Single(points, point => point.ResponseMicroseconds == 9_000_000);
        Assert.Equal(points.OrderBy(point => point.StartTime), points);
    }

    [Fact]
    public void Breaks_traces_down_by_what_they_tell_and_says_how_to_find_each_kind()
    {
        TraceSummary[] traces =
        [
            Trace(url: "https://a/\"x\"", seconds: 0.1), Trace(url: "https://a/\"x\"", seconds: 0.3, fault: true), Trace(url: "https://b/", seconds: 0.5), Trace(),
        ];

        var rows = TraceBreakdown.By(BreakdownSubject.Url, traces);

        Assert.Equal(["https://a/\"x\"", null, "https://b/"], rows.Select(row => row.Value));
        Assert.Equal((200_000, 300_000, 1), ((int)rows[0].AverageMicroseconds!, (int)rows[0].P95Microseconds!, rows[0].Counts.Fault));
        Assert.Equal(2, traces.Count(trace => FilterExpression.Parse(rows[0].Filter).Matches(trace)));
        Assert.Null(rows[1].Filter);
    }

    public static readonly TheoryData<string, BreakdownSubject, string> Subjects = new()
    {
        { "status", BreakdownSubject.Status, "404" },
        { "method", BreakdownSubject.Method, "PUT" },
        { "user", BreakdownSubject.User, "alice" },
        { "entry point", BreakdownSubject.EntryPoint, "api" },
        { "text", BreakdownSubject.Annotation("a \"key\""), "gold" },
        { "number", BreakdownSubject.Annotation("count"), "3" },
        { "flag", BreakdownSubject.Annotation("flag"), "true" },
    };

    [Theory]
    [MemberData(nameof(Subjects), DisableDiscoveryEnumeration = true)]
    public void The_filter_of_each_kind_finds_its_traces_and_no_others(string about, BreakdownSubject subject, string value)
    {
        var wanted = Summary(Segment(
            name: "api", user: "alice", http: new HttpCall(new HttpRequestPart(Method: "PUT"), new HttpResponsePart(404)),
            annotations: new() { ["a \"key\""] = "gold", ["count"] = 3, ["flag"] = true }));
        var other = Summary(Segment(
            name: "web", user: "bob", http: new HttpCall(new HttpRequestPart(Method: "GET"), new HttpResponsePart(200)),
            annotations: new() { ["a \"key\""] = "silver", ["count"] = 4, ["flag"] = false }));

        var row = Assert.Single(TraceBreakdown.By(subject, [wanted, other]), row => row.Value == value);
        var filter = FilterExpression.Parse(row.Filter);

        Assert.True(filter.Matches(wanted), about);
        Assert.False(filter.Matches(other), about);
    }

    [Fact]
    public void Orders_traces_by_a_value_with_those_without_one_last()
    {
        TraceSummary[] traces = [Trace(url: "b", start: 1), Trace(start: 2), Trace(url: "a", start: 3), Trace(url: "b", start: 4)];

        Assert.Equal([3, 4, 1, 2], Starts(traces.Ordered(TraceOrder.Url, descending: false)));
        Assert.Equal([4, 1, 3, 2], Starts(traces.Ordered(TraceOrder.Url, descending: true)));
        Assert.Equal([1, 2, 3, 4], Starts(traces.Ordered(TraceOrder.StartTime, descending: false)));
    }

    static IEnumerable<double> Starts(IEnumerable<TraceSummary> traces) => traces.Select(trace => trace.StartTime.EpochSeconds - Noon);

    static TraceSummary Trace(double? seconds = 1, double start = 0, bool fault = false, string? url = null) =>
        Summary(Segment(start: start, end: start + seconds, fault: fault, http: url is null ? null : new HttpCall(new HttpRequestPart(Url: url))));

    static TraceSummary Summary(Segment segment) => TraceSummary.Of(Lambray.Tracing.TraceQuery.Trace.Merge(TestSegments.TraceId, [segment]))!;
}
