using System.Text;
using System.Text.Json;
using Lambray.Tracing.Segments;

namespace Lambray.Tests.Tracing;

/// <summary>Builders of segments: a test names only the fields that it is about.</summary>
static class TestSegments
{
    public const double Noon = 1_700_000_000;

    public static readonly TraceId TraceId = Id("1-6553f100-000000000000000000000001");

    public static TraceId Id(string text) => Lambray.Tracing.Segments.TraceId.TryParse(text, out var id) ? id : throw new FormatException(text);

    public static Segment Segment(
        ulong id = 1, string name = "orders", double start = 0, double? end = 1, ulong? parent = null, string? origin = null, TraceId? trace = null,
        int? status = null, string? aws = null, bool error = false, bool throttle = false, bool fault = false, Subsegment[]? subsegments = null,
        Dictionary<string, AnnotationValue>? annotations = null, string? user = null, string? arn = null, HttpCall? http = null) => new()
        {
            Name = name,
            Id = new SegmentId(id),
            TraceId = trace ?? TraceId,
            StartTime = At(start),
            EndTime = end is { } ended ? At(ended) : null,
            ParentId = parent is { } parentId ? new SegmentId(parentId) : null,
            Origin = origin,
            Http = http ?? (status is { } code ? HttpCall.Answered(code) : null),
            Aws = Block(aws),
            Error = error,
            Throttle = throttle,
            Fault = fault,
            Subsegments = subsegments ?? [],
            Annotations = annotations ?? [],
            User = user,
            ResourceArn = arn,
        };

    public static Subsegment Subsegment(
        ulong id = 2, string name = "work", double start = 0, double? end = 1, ulong? parent = null, string? ns = null, TraceId? trace = null,
        int? status = null, string? aws = null, string? sql = null, bool error = false, bool throttle = false, bool fault = false,
        Subsegment[]? subsegments = null, Cause? cause = null) => new()
        {
            Name = name,
            Id = new SegmentId(id),
            TraceId = parent is null ? null : trace ?? TraceId,
            StartTime = At(start),
            EndTime = end is { } ended ? At(ended) : null,
            ParentId = parent is { } parentId ? new SegmentId(parentId) : null,
            Namespace = ns,
            Http = status is { } code ? HttpCall.Answered(code) : null,
            Aws = Block(aws),
            Sql = Block(sql),
            Error = error,
            Throttle = throttle,
            Fault = fault,
            Cause = cause,
            Subsegments = subsegments ?? [],
        };

    public static SegmentTime At(double seconds) => new(Noon + seconds);

    public static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    static JsonElement? Block(string? json) => json is null ? null : JsonElement.Parse(json);
}
