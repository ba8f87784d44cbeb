using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lambray.Bench.Shop;

/// <summary>Traces as bodies of PutTraceSegments, of so many documents each; what is left over goes with the last.</summary>
sealed class ShopBatches(ShopTraces traces, int documentsPerBatch) : IDisposable
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    readonly ArrayBufferWriter<byte> document = new(16 * 1024);
    readonly ArrayBufferWriter<byte> body = new(256 * 1024);
    Utf8JsonWriter? json;
    int documents;

    public long Documents { get; private set; }

    /// <summary>Of the documents, without what PutTraceSegments puts around them.</summary>
    public long DocumentBytes { get; private set; }

    /// <summary>Hands on each body when it is complete.</summary>
    public void Write(IEnumerable<long> numbers, Action<ReadOnlyMemory<byte>> take)
    {
        using var writer = new ShopDocument(document);
        foreach (var number in numbers)
            traces.Write(number, writer, document, bytes =>
            {
                Add(bytes.Span);
                if (documents == documentsPerBatch) Finish(take);
            });
        if (documents > 0) Finish(take);
    }

    public void Dispose() => json?.Dispose();

    void Add(ReadOnlySpan<byte> bytes)
    {
        if (documents++ == 0)
        {
            body.ResetWrittenCount();
            json ??= new Utf8JsonWriter(body, Plain);
            json.Reset(body);
            json.WriteStartObject();
            json.WriteStartArray("TraceSegmentDocuments"u8);
        }
        json!.WriteStringValue(bytes);
        Documents++;
        DocumentBytes += bytes.Length;
    }

    void Finish(Action<ReadOnlyMemory<byte>> take)
    {
        json!.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        documents = 0;
        take(body.WrittenMemory);
    }
}
