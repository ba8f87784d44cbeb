using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Lambray.Tracing.Segments;

/// <summary>The JSON form of one segment or of one subsegment sent alone: read from any SDK, written as X-Ray gives it back.</summary>
public static class SegmentDocument
{
    /// <summary>"Segment documents" in the X-Ray Developer Guide: up to 64 kB each.</summary>
    public const int BytesMax = 64 * 1024;

    // Two levels for each subsegment inside another, and the rest for metadata.
    internal const int DepthMax = 512;

    // What lone subsegments were merged into may be deeper than anything that was sent.
    const int MergedDepthMax = 2048;

    /// <summary>Reads what a sender sent, as tolerantly as X-Ray does: unknown fields are dropped, known ones of a strange type ignored.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> document, [NotNullWhen(true)] out SegmentEntity? entity, [NotNullWhen(false)] out UnprocessedSegment? rejection)
    {
        (entity, rejection) = document.Length > BytesMax
            ? (null, Rejection(null, SegmentErrorCode.DocumentTooLarge, $"{document.Length} bytes, at most {BytesMax}"))
            : Read(document.Span, DepthMax);
        return entity is not null;
    }

    /// <summary>Reads a document that was taken in before, of any size: from the store, or as <c>BatchGetTraces</c> gives it.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static SegmentEntity Read(ReadOnlyMemory<byte> document)
    {
        var (entity, rejection) = Read(document.Span, MergedDepthMax);
        return entity ?? throw new InvalidDataException(rejection!.Message);
    }

    /// <summary>The document that <c>BatchGetTraces</c> gives for a segment.</summary>
    public static string Write(Segment segment) => Encoding.UTF8.GetString(SegmentWriter.Write(segment, SegmentForm.ReadBack).Span);

    /// <summary>The document as a sender would write it, from which <see cref="Read(ReadOnlyMemory{byte})"/> makes the same entity again.</summary>
    public static ReadOnlyMemory<byte> WriteAsSent(SegmentEntity entity) => SegmentWriter.Write(entity, SegmentForm.AsSent);

    /// <summary>As <see cref="WriteAsSent"/>, unless the entity breaks a rule that every document keeps, such as ending before it starts.</summary>
    public static bool TryWriteAsSent(SegmentEntity entity, out ReadOnlyMemory<byte> document, [NotNullWhen(false)] out UnprocessedSegment? rejection)
    {
        document = default;
        rejection = SegmentReader.Check(entity) is { } code
            ? new UnprocessedSegment(entity.Id.ToString(), code, RejectionMessage(entity is Subsegment, code, cause: null))
            : null;
        if (rejection is not null) return false;
        document = WriteAsSent(entity);
        // A document that could not be read again would make its whole trace unreadable.
        Debug.Assert(Read(document.Span, MergedDepthMax).Item1 is not null, "A segment of our own was written that cannot be read.");
        return true;
    }

    static (SegmentEntity?, UnprocessedSegment?) Read(ReadOnlySpan<byte> document, int depthMax)
    {
        if (!Utf8.IsValid(document)) return (null, Rejection(null, SegmentErrorCode.InvalidDocument, "not UTF-8"));
        try
        {
            WholeCharacters.Require(document, depthMax);
            var json = JsonElement.Parse(document, new JsonDocumentOptions { MaxDepth = depthMax });
            var code = SegmentReader.Read(json, out var entity);
            return code is null ? (entity, null) : (null, Rejection(json, code));
        }
        catch (JsonException error)
        {
            return (null, Rejection(null, SegmentErrorCode.InvalidDocument, error.Message));
        }
    }

    static UnprocessedSegment Rejection(JsonElement? json, string code, string? cause = null)
    {
        var known = json is { ValueKind: JsonValueKind.Object } ? json : null;
        return new UnprocessedSegment(known?.Text("id"), code, RejectionMessage(known?.Text("type") == SegmentReader.SubsegmentType, code, cause));
    }

    static string RejectionMessage(bool isSubsegment, string code, string? cause) =>
        isSubsegment ? $"Invalid subsegment. ErrorCode: {code}, Cause: {cause ?? "null"}"
        : cause is null ? $"Invalid segment. ErrorCode: {code}"
        : $"Invalid segment. ErrorCode: {code}, Cause: {cause}";
}
