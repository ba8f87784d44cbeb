namespace Lambray.Tracing.TraceQuery;

/// <summary>What two traces did alike and what only one of them did: their trees laid over each other by what the work was, not by its ids.</summary>
/// <remarks>
/// Rows of one place, such as ten calls of DynamoDB beneath one handler, are one row of the comparison with a count for each trace. So traces
/// of the same request can be compared although each call has another id, and a call that was made once more shows as just that.
/// </remarks>
public static class TraceComparison
{
    /// <summary>Depth first; at each place first what began first, in whichever trace has it.</summary>
    public static IReadOnlyList<ComparedWork> Of(TraceTimeline before, TraceTimeline after)
    {
        var top = new Place(new PlaceKey("", null, null), -1);
        Lay(before, top, side: 0);
        Lay(after, top, side: 1);
        return [.. Rows(top)];
    }

    static void Lay(TraceTimeline timeline, Place top, int side)
    {
        var placeOf = new Dictionary<Segments.SegmentId, Place>(timeline.Rows.Count);
        foreach (var row in timeline.Rows)
        {
            var above = row.ParentId is { } parent && placeOf.TryGetValue(parent, out var known) ? known : top;
            placeOf[row.Id] = above.Below(new PlaceKey(row.Name, row.Origin, row.Namespace)).Add(row, side);
        }
    }

    // Without recursion: a chain of calls may be as long as it likes.
    static IEnumerable<ComparedWork> Rows(Place top)
    {
        var rest = new Stack<Place>(top.Ordered());
        while (rest.TryPop(out var place))
        {
            yield return place.Compared();
            foreach (var below in place.Ordered()) rest.Push(below);
        }
    }

    readonly record struct PlaceKey(string Name, string? Origin, string? Namespace);

    sealed class Place(PlaceKey key, int depth)
    {
        readonly Dictionary<PlaceKey, Place> below = [];
        readonly SideOfPlace[] sides = [new(), new()];

        public Place Below(PlaceKey key)
        {
            if (!below.TryGetValue(key, out var place)) below[key] = place = new Place(key, depth + 1);
            return place;
        }

        public Place Add(TimelineRow row, int side)
        {
            sides[side].Add(row);
            return this;
        }

        // The last to be shown first, as a stack wants them.
        public IEnumerable<Place> Ordered() =>
            below.Values.OrderByDescending(place => place.FirstStart).ThenByDescending(place => place.sides[0].FirstStart).ThenByDescending(place => place.Name, StringComparer.Ordinal);

        public ComparedWork Compared() => new(depth, key.Name, key.Origin, key.Namespace, sides[0].Sum(), sides[1].Sum());

        string Name => key.Name;

        long FirstStart => sides.Min(side => side.FirstStart);
    }

    sealed class SideOfPlace
    {
        TimelineStatus worst = TimelineStatus.Ok;
        int count;
        long duration;

        public long FirstStart { get; private set; } = long.MaxValue;

        public void Add(TimelineRow row)
        {
            if (count++ == 0 || Badness(row.Status) > Badness(worst)) worst = row.Status;
            duration += row.DurationMicroseconds ?? 0;
            FirstStart = Math.Min(FirstStart, row.StartOffsetMicroseconds);
        }

        public ComparedSide? Sum() => count == 0 ? null : new ComparedSide(count, FirstStart, duration, worst);

        static int Badness(TimelineStatus status) => status switch
        {
            TimelineStatus.Fault => 4,
            TimelineStatus.Throttle => 3,
            TimelineStatus.Error => 2,
            TimelineStatus.InProgress => 1,
            _ => 0,
        };
    }
}

/// <summary>One place of two traces' trees.</summary>
/// <param name="Before">Null where only the other trace has it.</param>
/// <param name="After">Null where only the other trace has it.</param>
public sealed record ComparedWork(int Depth, string Name, string? Origin, string? Namespace, ComparedSide? Before, ComparedSide? After);

/// <param name="FirstStartOffsetMicroseconds">From the start of its trace.</param>
/// <param name="DurationMicroseconds">Of all rows at this place together; what is in progress counts nothing.</param>
/// <param name="Status">The worst of them.</param>
public sealed record ComparedSide(int Count, long FirstStartOffsetMicroseconds, long DurationMicroseconds, TimelineStatus Status);
