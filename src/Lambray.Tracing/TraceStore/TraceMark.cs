using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore;

/// <summary>Where a trace stands in the order of a search, newest first: by the time that the range is about, then by its id.</summary>
public readonly record struct TraceMark(long Microseconds, TraceId TraceId);
