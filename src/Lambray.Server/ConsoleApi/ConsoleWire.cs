using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.ConsoleApi;

// The forms of console/api.schema.json; the console's types are generated from that file, and a test holds the two together.

sealed record TraceListWire(IReadOnlyList<TraceListItem> Traces);

sealed record TraceListItem(
    string Id, long StartTimeMicroseconds, long DurationMicroseconds, long? ResponseTimeMicroseconds, TimelineStatus Status, string Name, string? Type,
    string? HttpMethod, string? HttpUrl, int? HttpStatus, int SegmentCount);

sealed record TraceTimelineWire(string Id, long StartTimeMicroseconds, long DurationMicroseconds, TimelineStatus Status, IReadOnlyList<TimelineRowWire> Rows);

sealed record TimelineRowWire(
    string Id, string? ParentId, int Depth, TimelineRowKind Kind, string Name, string? Origin, string? Namespace, bool Inferred,
    long StartOffsetMicroseconds, long? DurationMicroseconds, TimelineStatus Status, int? HttpStatus, JsonElement Document);

sealed record ApiError(string Message);

sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase) where T : struct, Enum;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCase<TimelineStatus>), typeof(CamelCase<TimelineRowKind>)])]
[JsonSerializable(typeof(TraceListWire))]
[JsonSerializable(typeof(TraceTimelineWire))]
[JsonSerializable(typeof(ApiError))]
sealed partial class ConsoleJson : JsonSerializerContext;
