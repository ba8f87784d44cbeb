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
    Task AppendAsync(IReadOnlyList<StoredDocument> documents, DateTimeOffset received);

    /// <summary>The trace's documents in the order of their ids, however they arrived; an unknown id gives none.</summary>
    ValueTask<IReadOnlyList<StoredDocument>> ReadAsync(TraceId id);

    /// <summary>Tells of all documents that are kept from now on; before anything is appended.</summary>
    void Tell(IArrivals arrivals);
}

/// <summary>Hears of documents that are safe on disk.</summary>
public interface IArrivals
{
    /// <summary>Called for one append after the other, in the order of their numbers; the store keeps nothing else until it returns.</summary>
    void Add(IReadOnlyList<StoredDocument> documents, long arrival);
}
