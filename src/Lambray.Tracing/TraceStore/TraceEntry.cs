using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore;

/// <summary>What is to be found and counted of one trace; it takes the place of what was known of the trace before.</summary>
/// <param name="Row">What a search gives; empty for a trace that is not to be found yet, as long as no segment of it has come.</param>
/// <param name="Groups">The groups, besides all traces, whose map counts the trace.</param>
public sealed record TraceEntry(
    TraceId Id, SegmentTime Start, SegmentTime End, ReadOnlyMemory<byte> Row, IReadOnlyList<TraceTerm> Terms, IReadOnlyList<GraphCount> Counts,
    IReadOnlyList<uint> Groups);
