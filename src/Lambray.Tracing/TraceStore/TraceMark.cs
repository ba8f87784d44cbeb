using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore;

/// <summary>Where a trace stands in the order of the store, newest first: by its start, then by its id.</summary>
public readonly record struct TraceMark(long StartMicroseconds, TraceId TraceId);
