using System.Text;
using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Makes segments and subsegments of parsed JSON, or says by an error code what is missing or malformed.</summary>
static class SegmentReader
{
    public const string SubsegmentType = "subsegment";

    const int NameMax = 200;
    const string NameSymbols = @"_.:/%&#=+\-@";

    // The last second of the year 9999: what DateTimeOffset can hold.
    const double EpochSecondsMax = 253402300799;

    /// <returns>Null when it was read, else a <see cref="SegmentErrorCode"/>.</returns>
    public static string? Read(JsonElement json, out SegmentEntity? entity)
    {
        entity = null;
        // AWS answers MissingId for the document `[]` too.
        if (json.ValueKind != JsonValueKind.Object || json.Text("id") is null) return SegmentErrorCode.MissingId;
        if (json.Text("trace_id") is not { } traceText) return SegmentErrorCode.MissingTraceId;
        if (!TraceId.TryParse(traceText, out var traceId)) return SegmentErrorCode.InvalidTraceId;
        SegmentId? parentId = null;
        if (json.Text("parent_id") is { } parentText)
        {
            if (!SegmentId.TryParse(parentText, out var parent)) return SegmentErrorCode.InvalidParentId;
            parentId = parent;
        }
        return json.Text("type") == SubsegmentType
            ? ReadLoneSubsegment(json, traceId, parentId, out entity)
            : ReadSegment(json, traceId, parentId, out entity);
    }

    /// <summary>Whether the document of an entity of our own could be read again; it is checked without being written and parsed.</summary>
    /// <returns>As <see cref="Read"/>.</returns>
    public static string? Check(SegmentEntity entity)
    {
        if (!IsName(entity.Name)) return SegmentErrorCode.InvalidName;
        if (!IsTime(entity.StartTime.EpochSeconds)) return SegmentErrorCode.InvalidStartTime;
        if (entity.EndTime is { } end && (!IsTime(end.EpochSeconds) || end < entity.StartTime)) return SegmentErrorCode.InvalidEndTime;
        foreach (var subsegment in entity.Subsegments)
            if (Check(subsegment) is { } code) return code;
        return null;
    }

    static string? ReadSegment(JsonElement json, TraceId traceId, SegmentId? parentId, out SegmentEntity? entity)
    {
        var code = ReadWork(json, out var work);
        entity = code is not null ? null : FillIn(json, work, new Segment
        {
            Name = work.Name,
            Id = work.Id,
            StartTime = work.Start,
            TraceId = traceId,
            ParentId = parentId,
            Origin = json.Text("origin"),
            ResourceArn = json.Text("resource_arn"),
            User = json.Text("user"),
            Service = json.Block("service"),
            Links = [.. TraceLinkReader.Read(json)],
            Inferred = json.Flag("inferred") == true,
        });
        return code;
    }

    static string? ReadLoneSubsegment(JsonElement json, TraceId traceId, SegmentId? parentId, out SegmentEntity? entity)
    {
        entity = null;
        if (parentId is null) return SegmentErrorCode.MissingParentId;
        var code = ReadSubsegment(json, out var subsegment);
        entity = subsegment is null ? null : subsegment with { TraceId = traceId, ParentId = parentId };
        return code;
    }

    static string? ReadSubsegment(JsonElement json, out Subsegment? subsegment)
    {
        var code = ReadWork(json, out var work);
        subsegment = code is not null ? null : (Subsegment)FillIn(json, work, new Subsegment
        {
            Name = work.Name,
            Id = work.Id,
            StartTime = work.Start,
            // The Python SDK says "local" where the others say nothing.
            Namespace = json.Text("namespace") is "aws" or "remote" ? json.Text("namespace") : null,
            PrecursorIds = [.. json.Texts("precursor_ids").Where(text => SegmentId.TryParse(text, out _)).Select(Parse)],
        });
        return code;
    }

    static string? ReadWork(JsonElement json, out Work work)
    {
        work = default;
        if (json.Text("id") is not { } idText) return SegmentErrorCode.MissingId;
        if (!SegmentId.TryParse(idText, out var id)) return SegmentErrorCode.InvalidId;
        if (json.Text("name") is not { } name) return SegmentErrorCode.MissingName;
        if (!IsName(name)) return SegmentErrorCode.InvalidName;
        if (json.Number("start_time") is not { } start) return SegmentErrorCode.MissingStartTime;
        if (!IsTime(start)) return SegmentErrorCode.InvalidStartTime;
        SegmentTime? end = null;
        if (json.Flag("in_progress") != true)
        {
            if (json.Number("end_time") is not { } ended) return SegmentErrorCode.MissingEndTime;
            if (!IsTime(ended) || ended < start) return SegmentErrorCode.InvalidEndTime;
            end = new SegmentTime(ended);
        }
        var code = ReadSubsegments(json, out var subsegments);
        work = new Work(id, name, new SegmentTime(start), end, subsegments);
        return code;
    }

    // One bad subsegment refuses the whole document, as X-Ray does.
    static string? ReadSubsegments(JsonElement json, out List<Subsegment> subsegments)
    {
        subsegments = [];
        foreach (var item in json.Blocks("subsegments"))
        {
            var code = ReadSubsegment(item, out var subsegment);
            if (code is not null) return code;
            subsegments.Add(subsegment!);
        }
        return null;
    }

    static SegmentEntity FillIn(JsonElement json, Work work, SegmentEntity entity) => entity with
    {
        EndTime = work.End,
        Http = HttpReader.Read(json),
        Aws = json.Block("aws"),
        Error = json.Flag("error") == true,
        Throttle = json.Flag("throttle") == true,
        Fault = json.Flag("fault") == true,
        Cause = CauseReader.Read(json),
        Annotations = ReadAnnotations(json),
        Metadata = json.Block("metadata"),
        Sql = json.Block("sql"),
        Subsegments = work.Subsegments,
    };

    static Dictionary<string, AnnotationValue> ReadAnnotations(JsonElement json)
    {
        var annotations = new Dictionary<string, AnnotationValue>();
        if (json.Block("annotations") is not { } block) return annotations;
        foreach (var (key, value) in block.EnumerateObject().Select(property => (property.Name, property.Value)))
        {
            if (value.ValueKind == JsonValueKind.String) annotations[key] = value.GetString()!;
            else if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) annotations[key] = value.GetBoolean();
            else if (value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble())) annotations[key] = value.GetDouble();
        }
        return annotations;
    }

    static bool IsName(string name) =>
        name.Length is > 0 and <= NameMax && name.EnumerateRunes().All(IsNameRune);

    static bool IsNameRune(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.IsWhiteSpace(rune) || (rune.IsAscii && NameSymbols.Contains((char)rune.Value));

    static bool IsTime(double epochSeconds) => epochSeconds is >= 0 and <= EpochSecondsMax;

    static SegmentId Parse(string text) => SegmentId.TryParse(text, out var id) ? id : default;

    readonly record struct Work(SegmentId Id, string Name, SegmentTime Start, SegmentTime? End, IReadOnlyList<Subsegment> Subsegments);
}
