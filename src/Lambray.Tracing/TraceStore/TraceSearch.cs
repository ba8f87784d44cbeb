namespace Lambray.Tracing.TraceStore;

/// <summary>Which traces are looked for.</summary>
/// <param name="Clauses">
/// Every trace wanted has at least one term of each clause; no clause, no condition. The index narrows by what pays and may give traces that do
/// not have the terms: whoever searches looks at the rows.
/// </param>
public sealed record TraceSearch(TraceTimeRange Range, IReadOnlyList<IReadOnlyList<TraceTerm>> Clauses);

/// <summary>What the index keeps of one trace.</summary>
/// <param name="Revision">How often it was indexed, counted from 1.</param>
/// <param name="Row">The bytes that it was indexed with.</param>
public sealed record IndexedTrace(TraceMark Mark, int Revision, DateTimeOffset Updated, ReadOnlyMemory<byte> Row);

/// <param name="Next">Where the page after begins; null when no trace is left.</param>
public sealed record TracePage(IReadOnlyList<IndexedTrace> Rows, TraceMark? Next);
