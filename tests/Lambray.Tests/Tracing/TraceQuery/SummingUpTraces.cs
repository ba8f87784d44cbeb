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
    public void Tells_a_fault_that_was_handled_from_one_that_the_client_got()
    {
        var handled = Summary(
            Segment(id: 1, name: "api", status: 200, subsegments: [Subsegment(id: 2, name: "stock", ns: "remote", fault: true)]),
            Segment(id: 3, name: "stock", parent: 2, fault: true));

        var cause = Assert.Single(handled.FaultRootCauses);
        Assert.False(cause.ClientImpacting);
        Assert.Equal(["api", "stock"], cause.Services.Select(service => service.Id.Name));
        Assert.Empty(handled.ErrorRootCauses);
    }

    [Fact]
    public void Finds_where_the_time_of_a_slow_cold_start_went_as_recorded()
    {
        var slow = Summary(Function(response: 2.894, initialization: 2.498));

        var cause = Assert.Single(slow.ResponseTimeRootCauses);
        Assert.True(cause.ClientImpacting);
        Assert.Equal(["AWS::Lambda", "AWS::Lambda::Function"], cause.Services.Select(service => service.Id.Type));
        Assert.Equal([("f", 1.0), ("f", 0.863), ("Initialization", 0.863)], cause.Services.SelectMany(Path));
        Assert.Empty(Summary(Function(response: 1.157, initialization: 0.9)).ResponseTimeRootCauses);
    }

    [Fact]
    public void Follows_the_time_of_a_slow_trace_into_the_service_that_was_called()
    {
        var slow = Summary(
            Segment(id: 1, name: "GetWeatherData", end: 10, subsegments:
            [
                Subsegment(id: 2, name: "quick", end: 1),
                Subsegment(id: 3, name: "get_temperature", ns: "remote", start: 1, end: 9),
            ]),
            Segment(id: 4, name: "GetTemperature", parent: 3, start: 1.5, end: 8.5, subsegments: [Subsegment(id: 5, name: "half of a half", start: 2, end: 4)]));

        Assert.Equal(
            [("GetWeatherData", 1.0), ("get_temperature", 0.8), ("GetTemperature", 0.7)], Assert.Single(slow.ResponseTimeRootCauses).Services.SelectMany(Path));
    }

    [Fact]
    public void Adds_up_segments_that_are_alike_but_for_their_time()
    {
        static Segment Worker(ulong id, double end, string instance) =>
            Segment(id: id, name: "worker", parent: 1, end: end, aws: $"{{\"ec2\":{{\"instance_id\":\"{instance}\"}}}}");

        var summary = Summary(Segment(id: 1, name: "api"), Worker(2, 1, "i-1"), Worker(3, 4, "i-1"), Worker(4, 2, "i-2"));

        Assert.Equal([(0, 1), (1, 4), (2, 2)], summary.Segments.Select(facts => (facts.Service.Name == "api" ? 0 : facts.ShortestSeconds, facts.LongestSeconds)));
        Assert.True(FilterExpression.Parse("""service("worker") { instance.id = "i-2" and duration = 2 }""").Matches(summary));
        Assert.False(FilterExpression.Parse("""service("worker") { instance.id = "i-2" and duration > 2 }""").Matches(summary));
    }

    [Fact]
    public void Keeps_the_facts_of_a_trace_of_ten_thousand_segments_small()
    {
        var segments = Enumerable.Range(2, 10_000).Select(id => (SegmentEntity)Segment(
            id: (ulong)id, name: $"worker {id % 700}", parent: 1, end: id / 1000.0, fault: id == 9_107, arn: $"arn:{id}", user: $"user {id}",
            http: new HttpCall(new HttpRequestPart("GET", $"http://example.com/{id}"), new HttpResponsePart(200)),
            annotations: new() { [$"key {id}"] = id, ["same"] = id }));

        var summary = Summary([Segment(id: 1, name: "api"), .. segments]);

        Assert.Equal(10_001, summary.SegmentCount);
        Assert.InRange(TraceSummaryCodec.Write(summary).Length, 1_000, 100_000);
        Assert.True(FilterExpression.Parse("service() { fault }").Matches(summary));
        Assert.True(FilterExpression.Parse("""service("worker 7") { responsetime > 9 } service("worker 7") { responsetime < 1 }""").Matches(summary));
    }

    [Fact]
    public void Lists_no_trace_without_a_segment() => Assert.Null(TraceSummary.Of(Trace.Merge(TestSegments.TraceId, [Subsegment(parent: 9)])));

    static SegmentEntity[] Function(double response, double initialization) =>
    [
        Segment(id: 1, name: "f", origin: "AWS::Lambda", end: response, status: 200),
        Segment(id: 2, name: "f", origin: "AWS::Lambda::Function", parent: 1, start: initialization + 0.1, end: response, subsegments:
            [Subsegment(id: 3, name: "Initialization", start: 0.1, end: initialization + 0.1)]),
    ];

    static IEnumerable<(string, double)> Path(RootCauseService service) => service.EntityPath.Select(entity => (entity.Name, entity.Coverage!.Value));

    static TraceSummary Summary(params SegmentEntity[] segments) => TraceSummary.Of(Trace.Merge(TestSegments.TraceId, segments))!;
}
