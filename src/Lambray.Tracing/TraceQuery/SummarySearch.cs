using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Finds traces by their summaries: the index narrows, the filter decides. Documents are not read.</summary>
public sealed class SummarySearch(ITraceIndex index)
{
    // As many rows as a page looks at in a few hundredths of a second, matching or not.
    const int RowsPerPage = 10_000;
    const int RowsAtOnceMin = 100;
    const int RowsAtOnceMax = 1_000;

    /// <summary>A page of the traces in a range that match, newest first; it may be short, or empty, though others follow.</summary>
    /// <param name="after">The mark that the page before gave; null for the first page.</param>
    public async ValueTask<SummaryPage> FindAsync(
        TraceTimeRange range, FilterExpression filter, TraceSampling? sampling, TraceMark? after, int countMax)
    {
        var search = new TraceSearch(range, filter.Plan());
        var page = new PageInMaking(filter, sampling as TraceSampling.FixedRate, countMax);
        for (var rowsMax = RowsAtOnceMin; ; rowsMax = Math.Min(rowsMax * 2, RowsAtOnceMax))
        {
            var rows = await index.SearchAsync(search, after, rowsMax);
            var looked = page.Take(rows.Rows);
            after = looked < rows.Rows.Count ? rows.Rows[looked - 1].Mark : rows.Next;
            if (after is null || page.IsFull || page.Looked >= RowsPerPage) break;
        }
        return new SummaryPage(page.Found, page.Processed, page.Begins, sampling is TraceSampling.PartialScan ? null : after);
    }

    sealed class PageInMaking(FilterExpression filter, TraceSampling.FixedRate? rate, int countMax)
    {
        public List<FoundTrace> Found { get; } = [];

        public int Looked { get; private set; }

        public int Processed { get; private set; }

        public DateTimeOffset? Begins { get; private set; }

        public bool IsFull => Found.Count == countMax;

        /// <returns>How many of the rows were looked at.</returns>
        public int Take(IReadOnlyList<IndexedTrace> rows)
        {
            for (var index = 0; index < rows.Count; index++)
            {
                Look(rows[index]);
                if (IsFull) return index + 1;
            }
            return rows.Count;
        }

        void Look(IndexedTrace row)
        {
            Looked++;
            Begins ??= DateTimeOffset.UnixEpoch.AddMicroseconds(row.Mark.Microseconds);
            if (rate?.Takes(row.Mark.TraceId) == false) return;
            Processed++;
            var summary = TraceSummaryCodec.Read(row.Mark.TraceId, row.Revision, row.Row.Span);
            if (filter.Matches(summary)) Found.Add(new FoundTrace(summary, row.Updated));
        }
    }
}

/// <param name="Updated">When it was last written to.</param>
public sealed record FoundTrace(TraceSummary Summary, DateTimeOffset Updated);

/// <param name="Processed">Traces that were looked at, those that do not match included.</param>
/// <param name="Begins">The time of the first, newest trace that was looked at; null when there was none.</param>
/// <param name="Next">Where the page after begins; null when no trace is left.</param>
public sealed record SummaryPage(IReadOnlyList<FoundTrace> Traces, int Processed, DateTimeOffset? Begins, TraceMark? Next);
