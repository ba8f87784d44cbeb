namespace Lambray.Tracing.TraceStore;

/// <summary>What is known of traces without reading their documents: a row for each, the terms it is found by, and what it counts on the map.</summary>
/// <remarks>Kept as documents arrive, by whoever reads them; what is returned belongs to the caller and does not change.</remarks>
public interface ITraceIndex
{
    /// <summary>The rows of traces in a range, newest first by the time that the range is about.</summary>
    /// <param name="after">The mark that the page before gave; null for the first page.</param>
    /// <param name="rowsMax">A page may hold fewer, and none, though others follow.</param>
    ValueTask<TracePage> SearchAsync(TraceSearch search, TraceMark? after, int rowsMax);
}
