namespace Lambray.Tracing.Segments;

/// <summary>A document that was refused, as <c>UnprocessedTraceSegments</c> reports it.</summary>
/// <param name="Id">The id of the outermost entity as it was sent; null when it had none.</param>
public sealed record UnprocessedSegment(string? Id, string ErrorCode, string Message);
