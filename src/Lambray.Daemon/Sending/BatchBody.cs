using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lambray.Daemon.Receiving;

namespace Lambray.Daemon.Sending;

/// <summary>The body of one PutTraceSegments, <c>{"TraceSegmentDocuments":["{…}","{…}"]}</c>, in memory that serves again and again.</summary>
sealed class BatchBody : IDisposable
{
    // What a batch of large documents needed is given back, or eight senders would hold it for ever.
    const int KeptBytesMax = 256 * 1024;
    const int FirstBytes = 16 * 1024;

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    ArrayBufferWriter<byte> buffer = new(FirstBytes);
    readonly Utf8JsonWriter json;

    public BatchBody() => json = new Utf8JsonWriter(buffer, Plain);

    /// <summary>Until the next <see cref="Write"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.WrittenMemory;

    public void Write(ReadOnlySpan<WaitingSegment> batch, DatagramBuffers buffers)
    {
        if (buffer.Capacity > KeptBytesMax) buffer = new ArrayBufferWriter<byte>(FirstBytes);
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteStartArray("TraceSegmentDocuments"u8);
        // What is no Unicode becomes U+FFFD here, as it does with AWS's daemon.
        foreach (var segment in batch) json.WriteStringValue(buffers[segment.Buffer].Slice(segment.Offset, segment.Length));
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    public void Dispose() => json.Dispose();
}
