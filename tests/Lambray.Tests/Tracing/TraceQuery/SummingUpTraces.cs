using Lambray.Tracing;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.TraceQuery;

public class SummingUpTraces
{
    [Fact]
    public void Sums_up_a_failed_function_as_recorded()
    {
        var summary = Summary(
            Segment(id: 1, name: "f", origin: "AWS::Lambda", status: 200, error: true, end: 2, arn: "arn:aws:lambda:us-east-1:000000000000:function:f"),
            Segment(id: 2, name: "f", origin: "AWS::Lambda::Function", parent: 1, error: true, end: 3, aws: """{"account_id":"000000000000"}"""));

        Assert.Equal((2.0, 3.0), (summary.ResponseTime, summary.Duration));
        Assert.Equal((true, false, false), (summary.HasError, summary.HasFault, summary.HasThrottle));
        Assert.Equal(new HttpSummary(null, 200, null, null, null), summary.Http);
        Assert.Empty(summary.ErrorRootCauses);
        Assert.Equal(
            [new ServiceId("f", "client"), new ServiceId("f", "AWS::Lambda"), new ServiceId("f", "AWS::Lambda::Function", "000000000000")], summary.ServiceIds);
        Assert.Equal(new ServiceId("f", "AWS::Lambda"), summary.EntryPoint);
        Assert.Equal(["arn:aws:lambda:us-east-1:000000000000:function:f"], summary.ResourceArns);
    }

    [Fact]
    public void Takes_error_and_fault_from_the_root_and_throttle_from_anywhere()
    {
        var summary = Summary(Segment(id: 1), Segment(id: 2, parent: 1, error: true, throttle: true, fault: true));

        Assert.Equal((false, false, true), (summary.HasError, summary.HasFault, summary.HasThrottle));
    }

    [Fact]
    public void Is_partial_while_a_segment_is_in_progress() => Assert.True(Summary(Segment(id: 1), Segment(id: 2, parent: 1, end: null)).IsPartial);

    [Fact]
    public void Merges_annotations_and_users_with_the_services_that_gave_them()
    {
        var summary = Summary(
            Segment(id: 1, name: "a", annotations: new() { ["tier"] = "gold", ["count"] = 3 }, user: "alice"),
            Segment(id: 2, name: "b", parent: 1, annotations: new() { ["tier"] = "gold" }));

        var tier = Assert.Single(summary.Annotations["tier"]);
        Assert.Equal("gold", tier.Value.Text);
        Assert.Equal(["a", "b"], tier.ServiceIds.Select(service => service.Name));
        Assert.Equal(3, summary.Annotations["count"][0].Value.Number);
        Assert.Equal("alice", Assert.Single(summary.Users).Name);
    }

    [Fact]
    public void Indexes_50_annotations()
    {
        var annotations = Enumerable.Range(0, 60).ToDictionary(number => $"k{number}", number => (AnnotationValue)number);

        Assert.Equal(50, Summary(Segment(annotations: annotations)).Annotations.Count);
    }

    [Fact]
    public void Finds_where_a_fault_began()
    {
        var cause = new Cause(Exceptions: [new TracedException(Type: "NoSuchBucket", Message: "gone")]);
        var summary = Summary(
            Segment(id: 1, name: "api", fault: true, status: 500, subsegments: [Subsegment(id: 2, name: "Lambda", ns: "aws", fault: true)]),
            Segment(id: 3, name: "f", origin: "AWS::Lambda", parent: 2, fault: true,
                subsegments: [Subsegment(id: 4, name: "work", fault: true, cause: cause), Subsegment(id: 5, name: "fine")]));

        var path = Assert.Single(summary.FaultRootCauses).Services;
        Assert.Equal(["api", "f"], path.Select(service => service.Id.Name));
        Assert.Equal(["api", "Lambda"], path[0].EntityPath.Select(entity => entity.Name));
        Assert.True(path[0].EntityPath[1].Remote);
        Assert.Equal(new RootCauseException("NoSuchBucket", "gone"), Assert.Single(path[1].EntityPath[^1].Exceptions));
    }

    [Fact]
    public void Lists_no_trace_without_a_segment() => Assert.Null(TraceSummary.Of(Trace.Merge(TestSegments.TraceId, [Subsegment(parent: 9)])));

    static TraceSummary Summary(params SegmentEntity[] segments) => TraceSummary.Of(Trace.Merge(TestSegments.TraceId, segments))!;
}
