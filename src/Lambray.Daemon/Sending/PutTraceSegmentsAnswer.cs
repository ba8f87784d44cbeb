using System.Text.Json.Serialization;

namespace Lambray.Daemon.Sending;

/// <summary>What PutTraceSegments answers.</summary>
sealed record PutTraceSegmentsAnswer(IReadOnlyList<UnprocessedTraceSegment>? UnprocessedTraceSegments);

/// <param name="Id">Of the segment, if it was understood so far.</param>
sealed record UnprocessedTraceSegment(string? Id, string? ErrorCode, string? Message);

[JsonSerializable(typeof(PutTraceSegmentsAnswer))]
sealed partial class SendingJson : JsonSerializerContext;
