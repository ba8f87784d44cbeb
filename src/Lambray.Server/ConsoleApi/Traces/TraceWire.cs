using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.ConsoleApi.Traces;

/// <summary>The newest traces of a time range, newest first.</summary>
sealed record TraceList(IReadOnlyList<TraceListItem> Traces);

/// <summary>One trace, seen from its entry point.</summary>
/// <param name="ResponseTimeMicroseconds">How long the caller waited; null while it still waits.</param>
/// <param name="Type">Origin of the entry point, such as <c>AWS::Lambda</c>.</param>
sealed record TraceListItem(
    TraceId Id, EpochMicroseconds StartTimeMicroseconds, Microseconds DurationMicroseconds, Microseconds? ResponseTimeMicroseconds, TimelineStatus Status, string Name, string? Type,
    string? HttpMethod, string? HttpUrl, int? HttpStatus, int SegmentCount);

/// <summary>One trace laid out for drawing.</summary>
/// <param name="Rows">Depth first, so that a row's descendants follow it directly.</param>
sealed record TraceTimelineWire(TraceId Id, EpochMicroseconds StartTimeMicroseconds, Microseconds DurationMicroseconds, TimelineStatus Status, IReadOnlyList<TimelineRowWire> Rows);

/// <summary>One segment or subsegment.</summary>
/// <param name="Namespace">Of a subsegment: <c>aws</c>, <c>remote</c>, or null for local work.</param>
/// <param name="StartOffsetMicroseconds">From the start of the trace.</param>
/// <param name="DurationMicroseconds">Null while in progress.</param>
/// <param name="Document">Its own X-Ray fields, without its subsegments.</param>
sealed record TimelineRowWire(
    string Id, string? ParentId, int Depth, TimelineRowKind Kind, string Name, string? Origin, string? Namespace, bool Inferred,
    Microseconds StartOffsetMicroseconds, Microseconds? DurationMicroseconds, TimelineStatus Status, int? HttpStatus, JsonElement Document);

[JsonSerializable(typeof(TraceList))]
[JsonSerializable(typeof(TraceTimelineWire))]
sealed partial class TracesJson : JsonSerializerContext;
