using System.Text;
using System.Text.Json;
using Lambray.Daemon.Receiving;
using Lambray.Daemon.Sending;
using Xunit;

namespace Lambray.Tests.Daemon.Sending;

public sealed class WritingBatches : IDisposable
{
    readonly DatagramBuffers buffers = new(3);
    readonly BatchBody body = new();

    public void Dispose()
    {
        buffers.Dispose();
        body.Dispose();
    }

    [Fact]
    public void Every_document_is_a_string_of_the_list()
    {
        string[] documents = ["""{"id":"1","name":"a \"b\" \\ c"}""", "{\"name\":\"line\nbreak, tab\t, ü, 🚀, <>&'\"}", "not even JSON", new('x', 60_000)];

        Assert.Equal(documents, Write(documents));
        // The memory is used again.
        Assert.Equal(["short"], Write("short"));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced()
    {
        byte[] bad = [(byte)'a', 0xC3, 0x28, 0xFF, (byte)'b'];

        Assert.Equal(["a\uFFFD(\uFFFDb"], Write([bad]));
    }

    [Fact]
    public void Finds_again_what_the_service_could_not_process()
    {
        Write("""{"id":"aa","trace_id":"1-1"}""", """{"name":"b","id":"bb","trace_id":"1-2"}""", """{"id": "cc"}""");

        Assert.Equal("1-2", SentDocuments.TraceId(SentDocuments.Find(body.Bytes, "bb")!));
        Assert.Null(SentDocuments.Find(body.Bytes, "cc"));
    }

    string?[] Write(params string[] documents) => Write([.. documents.Select(Encoding.UTF8.GetBytes)]);

    string?[] Write(byte[][] documents)
    {
        var batch = documents.Select((document, index) =>
        {
            document.CopyTo(buffers[index][index..]);
            return new WaitingSegment(index, index, document.Length);
        });
        body.Write([.. batch], buffers);
        return [.. JsonElement.Parse(body.Bytes.Span).GetProperty("TraceSegmentDocuments").EnumerateArray().Select(document => document.GetString())];
    }
}
