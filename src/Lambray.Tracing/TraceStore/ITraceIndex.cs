using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore;

/// <summary>What is known of traces without reading their documents: a row for each, the terms it is found by, and what it counts on the map.</summary>
/// <remarks>
/// Kept as documents arrive, by whoever reads them (room <c>Indexing</c>); what is returned belongs to the caller and does not change.
/// The map is summed by the second, ten seconds, minute, … day in which traces began.
/// </remarks>
public interface ITraceIndex
{
    /// <summary>The number of the group of all traces.</summary>
    const uint EveryTrace = 0;

    /// <summary>Whether the trace has an entry; one that has none has no documents that were indexed.</summary>
    bool Has(TraceId id);

    /// <summary>Puts all of the entries, or none, in the place of those that their traces had.</summary>
    /// <param name="through">No document up to this arrival is unindexed any more.</param>
    Task PutAsync(IReadOnlyList<TraceEntry> entries, DateTimeOffset updated, long through);

    /// <summary>The traces with documents that arrived after the last index entry: what a crash left undone.</summary>
    IReadOnlyList<TraceId> FindUnindexed();

    /// <summary>The rows of traces in a range, newest first by the time that the range is about.</summary>
    /// <param name="after">The mark that the page before gave; null for the first page.</param>
    /// <param name="rowsMax">A page may hold fewer, and none, though others follow.</param>
    ValueTask<TracePage> SearchAsync(TraceSearch search, TraceMark? after, int rowsMax);

    /// <summary>The cells of a group that begin in a range, by time.</summary>
    /// <param name="from">Seconds since 1970.</param>
    /// <param name="to">Not part of the range.</param>
    ValueTask<IReadOnlyList<GraphCell>> ReadCellsAsync(uint group, CellLength length, long from, long to);

    /// <summary>The figures of each part of the map in all of the ranges together, for a group.</summary>
    ValueTask<IReadOnlyDictionary<GraphPart, GraphTally>> SumCellsAsync(uint group, IReadOnlyList<CellRange> ranges);

    /// <summary>Drops traces and figures of whole days before that of a time.</summary>
    Task DropBeforeAsync(DateTimeOffset time);
}
