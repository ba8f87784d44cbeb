using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Tracing.Segments;

public class ReadingDocuments
{
    const string Head = """ "id":"70de5b6f19ff9a0a","name":"orders","trace_id":"1-6553f100-000000000000000000000001" """;

    [Theory]
    [MemberData(nameof(SamplePackets.Names), MemberType = typeof(SamplePackets))]
    public void Reads_what_the_real_sdks_send(string name)
    {
        var entity = SamplePackets.Entity(name);

        Assert.False(entity.InProgress);
        Assert.True(entity.EndTime?.CompareTo(entity.StartTime) >= 0);
        Assert.Equal(SamplePackets.IsLoneSubsegment(name), entity is Subsegment);
    }

    [Fact]
    public void Reads_times_as_Java_writes_them()
    {
        var segment = Assert.IsType<Segment>(SamplePackets.Entity("java-always-000"));

        Assert.Equal(1795395392.228, segment.StartTime.EpochSeconds);
        Assert.Equal("alice", segment.User);
        Assert.Equal(500, segment.Http?.Response?.Status);
        Assert.Equal(2, segment.Subsegments[0].Cause?.Exceptions?.Count);
        Assert.True(segment.Subsegments[0].Annotations["ok"].Flag);
    }

    [Fact]
    public void Reads_what_Python_adds_without_need()
    {
        var segment = Assert.IsType<Segment>(SamplePackets.Entity("python-seg-000"));

        Assert.Equal(["s3", "s3", "dynamodb"], segment.Subsegments.Select(subsegment => subsegment.Name));
        Assert.All(segment.Subsegments, subsegment => Assert.Null(subsegment.ParentId));
        Assert.Null(Assert.IsType<Subsegment>(SamplePackets.Entity("python-custom-002")).Namespace);
    }

    [Fact]
    public void Reads_what_Nodejs_writes_otherwise_than_documented()
    {
        Assert.Equal(311, SamplePackets.Entity("node-v2-001").Http?.Response?.ContentLength);
        Assert.Null(SamplePackets.Entity("node-httpc-001").Cause!.Exceptions![0].Stack![0].Line);
        Assert.True(Read($$"""{ {{Head}},"start_time":1,"end_time":2,"traced":true}""").Http?.Request?.Traced);
    }

    [Fact]
    public void Takes_a_false_in_progress_with_an_end_for_complete()
    {
        Assert.False(Read($$"""{ {{Head}},"start_time":1,"end_time":2,"in_progress":false}""").InProgress);
        Assert.True(Read($$"""{ {{Head}},"start_time":1,"in_progress":true}""").InProgress);
    }

    [Theory]
    [InlineData("[]", "MissingId", null)]
    [InlineData("null", "MissingId", null)]
    [InlineData("""{"name":"orders"}""", "MissingId", null)]
    [InlineData("""{"id":"70de5b6f19ff9a0a","name":"orders","trace_id":"1-6553f100-00000000000000000000000"}""", "InvalidTraceId", "70de5b6f19ff9a0a")]
    [InlineData("""{"id":"70de5b6f19ff9a0a","name":"orders"}""", "MissingTraceId", "70de5b6f19ff9a0a")]
    [InlineData("""{"id":"70de","name":"o","trace_id":"1-6553f100-000000000000000000000001","start_time":1}""", "InvalidId", "70de")]
    [InlineData("{" + Head + "}", "MissingStartTime", "70de5b6f19ff9a0a")]
    [InlineData("{" + Head + ""","start_time":1}""", "MissingEndTime", "70de5b6f19ff9a0a")]
    [InlineData("{" + Head + ""","start_time":1e300,"end_time":1e300}""", "InvalidStartTime", "70de5b6f19ff9a0a")]
    [InlineData("{" + Head + ""","start_time":2,"end_time":1}""", "InvalidEndTime", "70de5b6f19ff9a0a")]
    [InlineData("{" + Head + ""","start_time":1,"end_time":2,"type":"subsegment"}""", "MissingParentId", "70de5b6f19ff9a0a")]
    [InlineData("{" + Head + ""","start_time":1,"end_time":2,"subsegments":[{"id":"0000000000000001","name":"a","start_time":1}]}""", "MissingEndTime", "70de5b6f19ff9a0a")]
    [InlineData("""{"id":"70de5b6f19ff9a0a","name":"what?","trace_id":"1-6553f100-000000000000000000000001","start_time":1,"end_time":2}""", "InvalidName", "70de5b6f19ff9a0a")]
    public void Says_why_a_document_is_refused(string document, string code, string? id)
    {
        Assert.False(SegmentDocument.TryRead(TestSegments.Utf8(document), out _, out var rejection));

        Assert.Equal((code, id), (rejection.ErrorCode, rejection.Id));
        Assert.StartsWith(document.Contains("subsegment\"") ? "Invalid subsegment. ErrorCode: " + code : "Invalid segment. ErrorCode: " + code, rejection.Message);
    }

    [Fact]
    public void Takes_the_last_of_two_fields_and_names_with_escapes()
    {
        var segment = Assert.IsType<Segment>(Read(
            $$"""{ {{Head}},"start_time":1,"end_time":2,"user":"a","us\u0065r":"b","origin":"x","origin":null,"subsegments":[7,{"id":"000000000000000\u0031","name":"a","start_time":1,"end_time":2}]}"""));

        Assert.Equal(("b", null, 1ul), (segment.User, segment.Origin, Assert.Single(segment.Subsegments).Id.Value));
    }

    [Fact]
    public void Refuses_a_document_over_64_kB()
    {
        var document = $$"""{ {{Head}},"start_time":1,"end_time":2,"user":"{{new string('x', SegmentDocument.BytesMax)}}"}""";

        Assert.False(SegmentDocument.TryRead(TestSegments.Utf8(document), out _, out var rejection));
        Assert.Equal("DocumentTooLarge", rejection.ErrorCode);
    }

    [Theory]
    [InlineData("""{"metadata":{"half":"\ud83d"}}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("{")]
    [InlineData("")]
    public void Refuses_what_no_reader_could_read(string document)
    {
        Assert.False(SegmentDocument.TryRead(TestSegments.Utf8(document), out _, out var rejection));
        Assert.Equal("InvalidDocument", rejection.ErrorCode);
    }

    [Fact]
    public void Never_throws_whatever_bytes_arrive()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var originals = SamplePackets.Names.Select(name => SamplePackets.Document(name).ToArray()).ToArray();
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = originals[random.Next(originals.Length)].ToArray();
            for (var change = random.Next(4); change >= 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            var read = SegmentDocument.TryRead(bytes.AsMemory(0, random.Next(2) == 0 ? bytes.Length : random.Next(bytes.Length)), out var entity, out var rejection);

            Assert.True(read ? rejection is null : entity is null && rejection is not null);
            if (read) SegmentDocument.WriteAsSent(entity!);
        }
    }

    [Fact]
    public void Refuses_what_is_nested_without_end()
    {
        Assert.False(SegmentDocument.TryRead(TestSegments.Utf8(new string('[', 60_000)), out _, out var rejection));
        Assert.Equal("InvalidDocument", rejection.ErrorCode);
    }

    static SegmentEntity Read(string document)
    {
        Assert.True(SegmentDocument.TryRead(TestSegments.Utf8(document), out var entity, out var rejection), rejection?.Message);
        return entity;
    }
}
