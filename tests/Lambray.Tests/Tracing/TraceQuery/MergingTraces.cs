using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.TraceQuery;

public class MergingTraces
{
    [Fact]
    public void Puts_lone_subsegments_under_their_parents_at_any_depth()
    {
        var trace = Trace.Merge(TestSegments.TraceId,
        [
            Subsegment(id: 4, name: "inner", parent: 3),
            Segment(id: 1, subsegments: [Subsegment(id: 2, name: "embedded")]),
            Subsegment(id: 3, name: "outer", parent: 2),
        ]);

        var embedded = Assert.Single(Assert.Single(trace.Segments).Subsegments);
        Assert.Equal("inner", Assert.Single(Assert.Single(embedded.Subsegments).Subsegments).Name);
        Assert.Empty(trace.Orphans);
    }

    [Fact]
    public void Keeps_orphans_until_their_parent_comes()
    {
        SegmentEntity orphan = Subsegment(id: 2, parent: 1);

        var before = Trace.Merge(TestSegments.TraceId, [orphan]);
        var after = Trace.Merge(TestSegments.TraceId, [orphan, Segment(id: 1)]);

        Assert.Single(before.Orphans);
        Assert.Null(before.Root);
        Assert.Empty(after.Orphans);
        Assert.Single(after.Root!.Subsegments);
    }

    [Fact]
    public void Gives_the_same_trace_in_any_order_of_arrival()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var expected = Text(LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments));

        for (var round = 0; round < 50; round++)
            Assert.Equal(expected, Text(LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments.OrderBy(_ => random.Next()))));
    }

    [Fact]
    public void Infers_the_callee_of_a_call_that_nobody_answered()
    {
        var trace = LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments);

        var inferred = Assert.Single(trace.InferredSegments);
        Assert.Equal(("DynamoDB", "AWS::DynamoDB::Table"), (inferred.Name, inferred.Origin));
        Assert.Equal("b65ecbeb00000006", inferred.ParentId.ToString());
        Assert.Contains("\"inferred\":true,\"http\":{\"response\":{\"status\":200}}", SegmentDocument.Write(inferred));
        Assert.Contains("\"resource_names\":[\"todo-list-tasks\"]", SegmentDocument.Write(inferred));
    }

    [Fact]
    public void An_inferred_segment_gives_way_to_the_real_one()
    {
        SegmentEntity caller = Segment(id: 1, subsegments: [Subsegment(id: 2, name: "Lambda", ns: "aws")]);

        Assert.Single(Trace.Merge(TestSegments.TraceId, [caller]).InferredSegments);
        Assert.Empty(Trace.Merge(TestSegments.TraceId, [caller, Segment(id: 3, parent: 2)]).InferredSegments);
    }

    [Theory]
    [InlineData("S3", "aws", null, "AWS::S3")]
    [InlineData("s3", "aws", null, "AWS::S3")]
    [InlineData("dynamodb", "aws", """{"table_name":"orders"}""", "AWS::DynamoDB::Table")]
    [InlineData("sqs", "aws", """{"queue_url":"http://127.0.0.1/000000000000/orders"}""", "AWS::SQS::Queue")]
    [InlineData("api.example.com", "remote", null, null)]
    public void Names_the_origin_of_an_inferred_segment(string name, string ns, string? aws, string? origin)
    {
        var trace = Trace.Merge(TestSegments.TraceId, [Segment(subsegments: [Subsegment(name: name, ns: ns, aws: aws)])]);

        Assert.Equal(origin, Assert.Single(trace.InferredSegments).Origin);
    }

    [Fact]
    public void Makes_the_same_trace_of_the_documents_that_it_gave_back()
    {
        var trace = LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments);

        var again = Trace.Merge(trace.Id, trace.AllSegments.Select(segment => SegmentDocument.Read(Utf8(SegmentDocument.Write(segment)))));

        Assert.Equal(Text(trace), Text(again));
    }

    [Fact]
    public void Infers_nothing_from_local_work_or_from_a_call_in_progress()
    {
        var trace = Trace.Merge(TestSegments.TraceId, [Segment(subsegments: [Subsegment(id: 2), Subsegment(id: 3, ns: "aws", end: null)])]);

        Assert.Empty(trace.InferredSegments);
    }

    [Fact]
    public void Shows_a_subsegment_once_that_came_both_embedded_and_alone()
    {
        var trace = Trace.Merge(TestSegments.TraceId,
            [Segment(subsegments: [Subsegment(id: 2, name: "open", end: null)]), Subsegment(id: 2, name: "complete", parent: 1)]);

        Assert.Equal("complete", Assert.Single(Assert.Single(trace.Segments).Subsegments).Name);
    }

    [Fact]
    public void Survives_ids_that_point_at_each_other()
    {
        var trace = Trace.Merge(TestSegments.TraceId,
        [
            Segment(id: 1, parent: 5), Segment(id: 4, parent: 2, subsegments: [Subsegment(id: 5)]),
            Subsegment(id: 2, parent: 3), Subsegment(id: 3, parent: 2), Subsegment(id: 1, parent: 1), Subsegment(id: 7, parent: 7),
        ]);

        Assert.Equal(["4", "5", "1", "7"], TraceTimeline.Of(trace).Rows.Select(row => row.Id.ToString().TrimStart('0')));
        Assert.NotNull(TraceSummary.Of(trace));
    }

    [Fact]
    public void Survives_a_chain_of_any_length()
    {
        var trace = Trace.Merge(TestSegments.TraceId,
            Enumerable.Range(2, 20_000).Select(id => (SegmentEntity)Subsegment(id: (ulong)id, parent: (ulong)id - 1)).Append(Segment(id: 1, fault: true)));

        Assert.Equal(20_001, TraceTimeline.Of(trace).Rows.Count);
        Assert.Equal(20_000, trace.Root!.Descendants().Count());
        Assert.Equal(20_000, SegmentDocument.Read(Utf8(SegmentDocument.Write(trace.Root))).Descendants().Count());
        Assert.NotNull(TraceSummary.Of(trace));
    }

    [Fact]
    public void Lasts_until_the_end_of_asynchronous_work()
    {
        var trace = LambdaTraces.Merged(LambdaTraces.Asynchronous, LambdaTraces.AsynchronousDocuments);

        Assert.Equal(0.550, trace.Duration, 6);
        Assert.Equal("4174aefb49d05470", trace.Root!.Id.ToString());
    }

    static string Text(Trace trace) => string.Join('\n', trace.AllSegments.Select(SegmentDocument.Write));
}
