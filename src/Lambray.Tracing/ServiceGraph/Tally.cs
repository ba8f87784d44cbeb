using Lambray.Tracing.Segments;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>Counts segments or calls while a graph is being built.</summary>
sealed class Tally
{
    // By milliseconds: as many entries as there are different values, however many calls.
    readonly Dictionary<long, int> histogram = [];
    SegmentTime start = new(double.MaxValue);
    SegmentTime end;
    long ok;
    long throttled;
    long errors;
    long faults;
    double totalResponseTime;

    public SegmentTime Start => start;

    public SegmentTime End => end;

    public CallStatistics Statistics => new(ok, throttled, errors, faults, totalResponseTime);

    public IReadOnlyList<HistogramEntry> Histogram => [.. histogram.Select(entry => new HistogramEntry(entry.Key / 1000.0, entry.Value))];

    /// <summary>Takes an entity into the figures; one in progress has only its time so far.</summary>
    public void Count(SegmentEntity entity)
    {
        Touch(entity);
        if (entity.InProgress) return;
        if (entity.Fault) faults++;
        else if (entity.Throttle) throttled++;
        else if (entity.Error) errors++;
        else ok++;
        totalResponseTime += entity.Duration;
        var milliseconds = (long)Math.Round(entity.Duration * 1000);
        histogram[milliseconds] = histogram.GetValueOrDefault(milliseconds) + 1;
    }

    public void Touch(SegmentEntity entity)
    {
        var last = entity.EndTime ?? entity.StartTime;
        if (entity.StartTime < start) start = entity.StartTime;
        if (last > end) end = last;
    }
}
