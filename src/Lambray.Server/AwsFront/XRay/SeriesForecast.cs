using Lambray.Tracing.Groups;
using Lambray.Tracing.Insights;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery.Filters;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>Says of each point of a series how many faults were to be expected, from the sixty periods before it.</summary>
sealed class SeriesForecast
{
    const int PeriodsBefore = 60;

    readonly Queue<FaultCount> past = new(PeriodsBefore);

    /// <summary>For a series whose first point is that of a time.</summary>
    public static async Task<SeriesForecast> LearnAsync(
        ServiceMaps maps, TraceGroup group, EntitySelector selector, DateTimeOffset first, TimeSpan period)
    {
        var forecast = new SeriesForecast();
        var seconds = (long)period.TotalSeconds;
        var end = first.ToUnixTimeSeconds() / seconds * seconds;
        var start = Math.Max(0, end - (PeriodsBefore * seconds));
        var before = maps.ReadSeriesAsync(group, selector, DateTimeOffset.FromUnixTimeSeconds(start), DateTimeOffset.FromUnixTimeSeconds(end), period);
        await foreach (var (_, tally) in before) forecast.Add(tally);
        return forecast;
    }

    /// <summary>What was to be expected of the next point, from which those after it are forecast; null while too little is known.</summary>
    public ForecastWire? Next(GraphTally tally)
    {
        var band = FaultForecast.Of(past, tally.TotalCount);
        Add(tally);
        return band is { } expected ? new ForecastWire(expected.High, expected.Low) : null;
    }

    void Add(GraphTally tally)
    {
        if (past.Count == PeriodsBefore) past.Dequeue();
        past.Enqueue(new FaultCount(tally.TotalCount, tally.FaultCount));
    }
}

sealed record ForecastWire(long FaultCountHigh, long FaultCountLow);
