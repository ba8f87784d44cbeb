using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Makes segments and subsegments of parsed JSON, or says by an error code what is missing or malformed.</summary>
static class SegmentReader
{
    public const string SubsegmentType = "subsegment";

    const int NameMax = 200;
    const string NameSymbols = @"_.:/%&#=+\-@";

    static readonly SearchValues<char> UsualNameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 " + NameSymbols);

    // Never filled: entities show it as read-only.
    static readonly Dictionary<string, AnnotationValue> NoAnnotations = [];

    // The last second of the year 9999: what DateTimeOffset can hold.
    const double EpochSecondsMax = 253402300799;

    /// <returns>Null when it was read, else a <see cref="SegmentErrorCode"/>.</returns>
    public static string? Read(JsonElement json, out SegmentEntity? entity)
    {
        entity = null;
        // AWS answers MissingId for the document `[]` too.
        if (json.ValueKind != JsonValueKind.Object) return SegmentErrorCode.MissingId;
        var fields = EntityFields.Of(json);
        if (fields.Id.ValueKind != JsonValueKind.String) return SegmentErrorCode.MissingId;
        if (fields.TraceId.ValueKind != JsonValueKind.String) return SegmentErrorCode.MissingTraceId;
        if (!JsonIds.TryRead(fields.TraceId, out TraceId traceId)) return SegmentErrorCode.InvalidTraceId;
        SegmentId? parentId = null;
        if (fields.ParentId.ValueKind == JsonValueKind.String)
        {
            if (!JsonIds.TryRead(fields.ParentId, out SegmentId parent)) return SegmentErrorCode.InvalidParentId;
            parentId = parent;
        }
        return fields.Type.ValueKind == JsonValueKind.String && fields.Type.ValueEquals(SubsegmentType)
            ? ReadLoneSubsegment(fields, traceId, parentId, out entity)
            : ReadSegment(fields, traceId, parentId, out entity);
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

    static string? ReadSegment(in EntityFields fields, TraceId traceId, SegmentId? parentId, out SegmentEntity? entity)
    {
        var code = ReadWork(fields, out var work);
        entity = code is not null ? null : FillIn(fields, work, new Segment
        {
            Name = work.Name,
            Id = work.Id,
            StartTime = work.Start,
            TraceId = traceId,
            ParentId = parentId,
            Origin = fields.Origin.AsText(),
            ResourceArn = fields.ResourceArn.AsText(),
            User = fields.User.AsText(),
            Service = fields.Service.AsBlock(),
            Links = fields.Links.ValueKind == JsonValueKind.Array ? [.. TraceLinkReader.Read(fields.Links)] : [],
            Inferred = fields.Inferred.ValueKind == JsonValueKind.True,
        });
        return code;
    }

    static string? ReadLoneSubsegment(in EntityFields fields, TraceId traceId, SegmentId? parentId, out SegmentEntity? entity)
    {
        entity = null;
        if (parentId is null) return SegmentErrorCode.MissingParentId;
        var code = ReadSubsegment(fields, out var subsegment);
        entity = subsegment is null ? null : subsegment with { TraceId = traceId, ParentId = parentId };
        return code;
    }

    static string? ReadSubsegment(in EntityFields fields, out Subsegment? subsegment)
    {
        var code = ReadWork(fields, out var work);
        subsegment = code is not null ? null : (Subsegment)FillIn(fields, work, new Subsegment
        {
            Name = work.Name,
            Id = work.Id,
            StartTime = work.Start,
            Namespace = ReadNamespace(fields.Namespace),
            PrecursorIds = fields.PrecursorIds.ValueKind == JsonValueKind.Array ? [.. ReadIds(fields.PrecursorIds)] : [],
        });
        return code;
    }

    static string? ReadWork(in EntityFields fields, out Work work)
    {
        work = default;
        if (fields.Id.ValueKind != JsonValueKind.String) return SegmentErrorCode.MissingId;
        if (!JsonIds.TryRead(fields.Id, out SegmentId id)) return SegmentErrorCode.InvalidId;
        if (fields.Name.AsText() is not { } name) return SegmentErrorCode.MissingName;
        if (!IsName(name)) return SegmentErrorCode.InvalidName;
        if (fields.StartTime.AsNumber() is not { } start) return SegmentErrorCode.MissingStartTime;
        if (!IsTime(start)) return SegmentErrorCode.InvalidStartTime;
        SegmentTime? end = null;
        if (fields.InProgress.ValueKind != JsonValueKind.True)
        {
            if (fields.EndTime.AsNumber() is not { } ended) return SegmentErrorCode.MissingEndTime;
            if (!IsTime(ended) || ended < start) return SegmentErrorCode.InvalidEndTime;
            end = new SegmentTime(ended);
        }
        var code = ReadSubsegments(fields.Subsegments, out var subsegments);
        work = new Work(id, name, new SegmentTime(start), end, subsegments);
        return code;
    }

    // One bad subsegment refuses the whole document, as X-Ray does.
    static string? ReadSubsegments(JsonElement array, out IReadOnlyList<Subsegment> subsegments)
    {
        subsegments = [];
        if (array.ValueKind != JsonValueKind.Array) return null;
        var read = new List<Subsegment>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object) continue;
            var code = ReadSubsegment(EntityFields.Of(item), out var subsegment);
            if (code is not null) return code;
            read.Add(subsegment!);
        }
        subsegments = read;
        return null;
    }

    static SegmentEntity FillIn(in EntityFields fields, Work work, SegmentEntity entity) => entity with
    {
        EndTime = work.End,
        Http = HttpReader.Read(fields),
        Aws = fields.Aws.AsBlock(),
        Error = fields.Error.ValueKind == JsonValueKind.True,
        Throttle = fields.Throttle.ValueKind == JsonValueKind.True,
        Fault = fields.Fault.ValueKind == JsonValueKind.True,
        Cause = CauseReader.Read(fields.Cause),
        Annotations = ReadAnnotations(fields.Annotations),
        Metadata = fields.Metadata.AsBlock(),
        Sql = fields.Sql.AsBlock(),
        Subsegments = work.Subsegments,
    };

    // The Python SDK says "local" where the others say nothing.
    static string? ReadNamespace(JsonElement value) =>
        value.ValueKind != JsonValueKind.String ? null : value.ValueEquals("aws"u8) ? "aws" : value.ValueEquals("remote"u8) ? "remote" : null;

    static IEnumerable<SegmentId> ReadIds(JsonElement array)
    {
        foreach (var item in array.EnumerateArray())
            if (JsonIds.TryRead(item, out SegmentId id)) yield return id;
    }

    static Dictionary<string, AnnotationValue> ReadAnnotations(JsonElement block)
    {
        if (block.ValueKind != JsonValueKind.Object) return NoAnnotations;
        var annotations = new Dictionary<string, AnnotationValue>();
        foreach (var property in block.EnumerateObject())
        {
            var value = property.Value;
            if (value.ValueKind == JsonValueKind.String) annotations[property.Name] = value.GetString()!;
            else if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) annotations[property.Name] = value.GetBoolean();
            else if (value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble())) annotations[property.Name] = value.GetDouble();
        }
        return annotations;
    }

    // Nearly all names are of these characters alone.
    static bool IsName(string name) =>
        name.Length is > 0 and <= NameMax && (!name.AsSpan().ContainsAnyExcept(UsualNameCharacters) || name.EnumerateRunes().All(IsNameRune));

    static bool IsNameRune(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.IsWhiteSpace(rune) || (rune.IsAscii && NameSymbols.Contains((char)rune.Value));

    static bool IsTime(double epochSeconds) => epochSeconds is >= 0 and <= EpochSecondsMax;

    readonly record struct Work(SegmentId Id, string Name, SegmentTime Start, SegmentTime? End, IReadOnlyList<Subsegment> Subsegments);
}
