using System.Text.Json;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.Intake;

/// <summary>The documents of which one is made: "PutTraceSegments" in the X-Ray API reference takes an array of subsegments for a document too.</summary>
static class DocumentParts
{
    /// <returns>Null unless the document is an array with something in it.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Find(ReadOnlyMemory<byte> document) =>
        IsArray(document.Span) && document.Length <= SegmentDocument.BytesMax && ElementsOf(document) is { Count: > 0 } elements ? elements : null;

    static bool IsArray(ReadOnlySpan<byte> document) => document.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];

    static List<ReadOnlyMemory<byte>> ElementsOf(ReadOnlyMemory<byte> document)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        try
        {
            var reader = new Utf8JsonReader(document.Span, new JsonReaderOptions { MaxDepth = SegmentDocument.DepthMax });
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                elements.Add(document[start..(int)reader.BytesConsumed]);
            }
        }
        // What is no JSON is refused whole, with the reason.
        catch (JsonException)
        {
            return [];
        }
        return elements;
    }
}
