using System.Text.Json;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Tracing.Segments;

public class WritingDocuments
{
    [Fact]
    public void Gives_a_Lambda_segment_back_as_X_Ray_does()
    {
        const string document =
            """
            {"id":"5f8d1a23aa89bd66","name":"todo-list-app-dev-postTask","start_time":1.681574429596E9,"trace_id":"1-643aca1d-02e095f7341508e00b9b6d2b","end_time":1.681574431021E9,"parent_id":"4c17ecc1b6cd296a","http":{"response":{"status":200}},"aws":{"request_id":"372607be-98bc-4960-bcb8-352704034263"},"origin":"AWS::Lambda","resource_arn":"arn:aws:lambda:us-east-1:000000000000:function:todo-list-app-dev-postTask"}
            """;

        Assert.Equal(document, SegmentDocument.Write(Segment(document)));
    }

    [Fact]
    public void Embeds_subsegments_without_the_fields_of_lone_ones_and_drops_what_is_not_in_the_schema()
    {
        var written = SegmentDocument.Write(Segment(
            """
            {"id":"18476b3c270cc8d2","name":"f","start_time":1681339658.206941,"trace_id":"1-6437350a-775b7afb3067811a4c6daade","end_time":1681339658.260729,"hostname":"x",
             "subsegments":[{"id":"635660f683ab2b1d","name":"DynamoDB","start_time":1681339658,"end_time":1681339659,"type":"subsegment","parent_id":"18476b3c270cc8d2",
             "trace_id":"1-6437350a-775b7afb3067811a4c6daade","aws":{"table_name":"orders","retries":0},"namespace":"aws","notTraced":false}]}
            """));

        Assert.Equal(
            """
            {"id":"18476b3c270cc8d2","name":"f","start_time":1.681339658206941E9,"trace_id":"1-6437350a-775b7afb3067811a4c6daade","end_time":1.681339658260729E9,"subsegments":[{"id":"635660f683ab2b1d","name":"DynamoDB","start_time":1.681339658E9,"end_time":1.681339659E9,"aws":{"table_name":"orders","retries":0,"resource_names":["orders"]},"namespace":"aws"}]}
            """, written);
    }

    [Theory]
    [MemberData(nameof(SamplePackets.Names), MemberType = typeof(SamplePackets))]
    public void What_is_written_as_sent_reads_back_the_same(string name)
    {
        var written = SegmentDocument.WriteAsSent(SamplePackets.Entity(name));

        Assert.True(SegmentDocument.TryRead(written, out var again, out var rejection), rejection?.Message);
        Assert.Equal(Text(written), Text(SegmentDocument.WriteAsSent(again)));
    }

    [Fact]
    public void Keeps_metadata_to_the_last_digit()
    {
        var metadata = """{"default":{"id":12345678901234567890.123,"text":"\u00e9"}}""";
        var segment = TestSegments.Segment() with { Metadata = JsonElement.Parse(metadata) };

        Assert.Contains($"\"metadata\":{metadata}", SegmentDocument.Write(segment));
    }

    static Segment Segment(string document)
    {
        Assert.True(SegmentDocument.TryRead(TestSegments.Utf8(document), out var entity, out var rejection), rejection?.Message);
        return Assert.IsType<Segment>(entity);
    }

    static string Text(ReadOnlyMemory<byte> json) => JsonElement.Parse(json.Span).GetRawText();
}
