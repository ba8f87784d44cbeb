using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore;

/// <summary>Keeps segment documents by trace id and entity id.</summary>
/// <remarks>
/// Documents arrive in any order and any number of times. For one key a complete document replaces one in progress,
/// the last complete one wins, and one in progress never replaces a complete one.
/// What is returned belongs to the caller: it shares nothing with the store and does not change.
/// </remarks>
public interface ITraceStore
{
    /// <summary>Keeps all of the documents or none; the task completes once they would survive a crash.</summary>
    /// <param name="received">When they arrived; it dates the update of their traces.</param>
    Task AppendAsync(IReadOnlyList<StoredDocument> documents, DateTimeOffset received);

    /// <summary>The trace's documents in the order of their ids, however they arrived; an unknown id gives none.</summary>
    ValueTask<StoredTrace> ReadAsync(TraceId id);

    /// <summary>At most so many traces of a range, newest first.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    ValueTask<IReadOnlyList<TraceMark>> FindAsync(TraceTimeRange range, TraceMark? after, int countMax);
}

/// <summary>What the store holds of one trace.</summary>
/// <param name="Revision">How often the trace was written to; 0 when it is unknown.</param>
public sealed record StoredTrace(TraceId Id, int Revision, IReadOnlyList<StoredDocument> Documents);
