using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>The chain of work that decided when the trace ended: shorten any stretch of it, and the trace gets shorter.</summary>
/// <remarks>
/// Walked backward from the end. At each moment the work that ended last before it is what was waited for, and inside that work the same again:
/// <code>
/// shop     ═══─────────────══     ═ on the path
///   stock     ═════                called first, waited for
///   price   ──────                 ran beside it and was there earlier
///   pay            ═══════
/// </code>
/// Work may go on after what called it (asynchronous events) and begin before it (Initialization, other clocks): a stretch in which the
/// work itself was not running, such as the wait before a retry, belongs to nobody.
/// </remarks>
public static class CriticalPath
{
    // A start and a duration are each rounded, so that work may seem to end after the work that followed it had begun.
    const long RoundingMicroseconds = 1;

    /// <summary>The stretches on the path, from the start of the trace to its end.</summary>
    public static IReadOnlyList<CriticalStretch> Of(TraceTimeline timeline)
    {
        var works = Works(timeline);
        var stretches = new List<CriticalStretch>();
        var open = new Stack<(Work Work, int Left, long Until)>();
        // The trace as a whole waits for its roots as a row does for its children.
        var trace = new Work(row: null, above: null, 0, 0) { Below = [.. works.Where(work => work.Above is null)] };
        trace.Sort();
        open.Push((trace, trace.Below.Count, works.Count == 0 ? 0 : works.Max(work => work.Last)));
        while (open.TryPop(out var at))
        {
            var (work, left, until) = at;
            // What had not ended by then ran beside it, and nobody waited for it.
            while (left > 0 && work.Below[left - 1].Last > until + RoundingMicroseconds) left--;
            if (left == 0)
            {
                work.AddOwn(work.First, until, stretches);
                continue;
            }
            var child = work.Below[left - 1];
            work.AddOwn(child.Last, until, stretches);
            // The child first, from its end; what is left of this work ended where the child began.
            open.Push((work, left - 1, child.First));
            open.Push((child, child.Below.Count, Math.Min(child.Last, until)));
        }
        return [.. stretches.OrderBy(stretch => stretch.StartOffsetMicroseconds)];
    }

    static List<Work> Works(TraceTimeline timeline)
    {
        var ends = timeline.DurationMicroseconds;
        var byId = new Dictionary<SegmentId, Work>(timeline.Rows.Count);
        var works = new List<Work>(timeline.Rows.Count);
        foreach (var row in timeline.Rows)
        {
            // What is in progress goes on for as long as the trace is known.
            var end = row.DurationMicroseconds is { } duration ? row.StartOffsetMicroseconds + duration : Math.Max(ends, row.StartOffsetMicroseconds);
            var above = row.ParentId is { } parent ? byId.GetValueOrDefault(parent) : null;
            var work = new Work(row, above, row.StartOffsetMicroseconds, end);
            works.Add(work);
            byId[row.Id] = work;
            above?.Below.Add(work);
        }
        // Children stand after their parents, so that from the back each is complete before its parent takes it in.
        for (var index = works.Count - 1; index >= 0; index--)
        {
            works[index].Sort();
            works[index].Above?.Cover(works[index]);
        }
        return works;
    }

    sealed class Work(TimelineRow? row, Work? above, long start, long end)
    {
        public TimelineRow? Row => row;

        public Work? Above => above;

        public long Start { get; } = start;

        public long End { get; } = end;

        public List<Work> Below { get; init; } = [];

        /// <summary>Where it begins with all that is beneath it, and where that ends.</summary>
        public long First { get; private set; } = start;

        public long Last { get; private set; } = end;

        public void Cover(Work below) => (First, Last) = (Math.Min(First, below.First), Math.Max(Last, below.Last));

        // By end; of those that end together the one that took longest is what was waited for.
        public void Sort() => Below.Sort(static (one, other) => one.Last != other.Last ? one.Last.CompareTo(other.Last) : other.First.CompareTo(one.First));

        // While it was not running itself (before its start, after its end), it was its caller that waited, as far as that was running.
        public void AddOwn(long from, long to, List<CriticalStretch> stretches)
        {
            var rest = new Stack<(Work? Work, long From, long To)>([(this, from, to)]);
            while (rest.TryPop(out var part))
            {
                if (part.From >= part.To || part.Work?.Row is not { } row) continue;
                var (begin, stop) = (Math.Max(part.From, part.Work.Start), Math.Min(part.To, part.Work.End));
                if (begin >= stop)
                {
                    rest.Push(part with { Work = part.Work.Above });
                    continue;
                }
                stretches.Add(new CriticalStretch(row.Id, begin, stop - begin));
                rest.Push((part.Work.Above, part.From, begin));
                rest.Push((part.Work.Above, stop, part.To));
            }
        }
    }
}

/// <summary>A time during which nothing but this row's own work held the trace up.</summary>
public sealed record CriticalStretch(SegmentId RowId, long StartOffsetMicroseconds, long DurationMicroseconds);
