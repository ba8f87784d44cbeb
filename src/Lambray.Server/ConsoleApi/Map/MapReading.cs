using Lambray.Tracing.Groups;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceQuery.Filters;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.ConsoleApi.Map;

/// <summary>What a map is asked of.</summary>
/// <param name="Filter">Null where the figures that are kept for the group answer.</param>
sealed record MapQuestion(TraceTimeRange Range, TraceGroup Group, FilterExpression? Filter)
{
    /// <summary>What its traces have in common.</summary>
    public FilterExpression Condition => Filter ?? Group.Filter;
}

/// <summary>Reads maps: from the figures that are kept as traces arrive, or, with a filter, from the traces themselves.</summary>
sealed class MapReading(ServiceMaps maps, FilteredMaps filteredMaps, TraceGroups groups, TimeProvider time)
{
    public MapQuestion Asked(AskedRange range, string group, string filter)
    {
        var found = groups.Get(group.Length == 0 ? TraceGroup.DefaultName : group, arn: null);
        var written = filter.Length == 0 ? null : FilterExpression.Parse(filter, groups);
        return new MapQuestion(range.At(time.GetUtcNow()), found, written is null ? null : found.Filter.And(written));
    }

    /// <returns>Null when nothing is filtered.</returns>
    public async ValueTask<FilteredMap?> FilteredAsync(MapQuestion asked) =>
        asked.Filter is { } filter ? await filteredMaps.ReadAsync(asked.Range, filter) : null;

    public ValueTask<IReadOnlyList<ServiceNode>> GraphAsync(MapQuestion asked) => maps.ReadAsync(asked.Group, asked.Range.Start, asked.Range.End);

    public async ValueTask<PartFigures> FiguresAsync(MapQuestion asked, EntitySelector selector, TimeSpan period)
    {
        if (await FilteredAsync(asked) is { } filtered) return PartFigures.Of(filtered, selector, period);
        var periods = new List<(DateTimeOffset, GraphTally)>();
        await foreach (var one in maps.ReadSeriesAsync(asked.Group, selector, asked.Range.Start, asked.Range.End, period)) periods.Add(one);
        return PartFigures.Of(periods);
    }
}

/// <summary>The lengths of the periods that a range is drawn in.</summary>
static class MapPeriods
{
    const int PeriodsMax = 60;

    static readonly TimeSpan[] Lengths =
    [
        .. ((int[])[1, 5, 10, 30]).Select(seconds => TimeSpan.FromSeconds(seconds)),
        .. ((int[])[1, 5, 10, 30]).Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. ((int[])[1, 3, 6, 12, 24]).Select(hours => TimeSpan.FromHours(hours)),
    ];

    public static TimeSpan LengthFor(TraceTimeRange range) =>
        Lengths.FirstOrDefault(length => (range.End - range.Start) / length <= PeriodsMax, Lengths[^1]);
}
