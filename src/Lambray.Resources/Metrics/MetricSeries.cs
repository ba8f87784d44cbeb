namespace Lambray.Resources.Metrics;

/// <summary>One metric, for whoever records it often: its values gather here until they are written.</summary>
public sealed class MetricSeries
{
    readonly Action<MetricSeries> changed;
    readonly Lock gate = new();
    readonly Dictionary<(long Minute, string Unit), Distribution> gathered = [];

    // Most values belong to the minute and have the unit of the one before.
    (long Minute, string Unit) latestKey;
    Distribution? latest;

    internal MetricSeries(MetricId id, Action<MetricSeries> changed) => (Id, this.changed) = (id, changed);

    public MetricId Id { get; }

    /// <param name="unit">One of CloudWatch's, such as <see cref="MetricUnit.Count"/>.</param>
    public void Record(DateTimeOffset at, double value, string unit, double count = 1)
    {
        bool first;
        lock (gate)
        {
            first = gathered.Count == 0;
            At(at, unit).Add(value, count);
        }
        if (first) changed(this);
    }

    /// <summary>Records many values at once.</summary>
    public void Record(DateTimeOffset at, Distribution values, string unit)
    {
        bool first;
        lock (gate)
        {
            first = gathered.Count == 0;
            At(at, unit).Add(values);
        }
        if (first) changed(this);
    }

    /// <summary>Takes away what has gathered.</summary>
    internal IReadOnlyList<MetricPoint> Take()
    {
        lock (gate)
        {
            MetricPoint[] taken = [.. gathered.Select(entry => new MetricPoint(DateTimeOffset.FromUnixTimeSeconds(entry.Key.Minute * 60), entry.Key.Unit, entry.Value))];
            gathered.Clear();
            latest = null;
            return taken;
        }
    }

    Distribution At(DateTimeOffset at, string unit)
    {
        var key = (at.ToUnixTimeSeconds() / 60, unit);
        if (latest is not null && latestKey == key) return latest;
        if (!gathered.TryGetValue(key, out var values)) gathered[key] = values = new Distribution();
        (latestKey, latest) = (key, values);
        return values;
    }
}

/// <summary>What a metric was in one period.</summary>
public sealed record MetricPoint(DateTimeOffset Start, string Unit, Distribution Values);

/// <summary>The units of the metrics that are recorded here.</summary>
public static class MetricUnit
{
    public const string None = "None";
    public const string Count = "Count";
    public const string Percent = "Percent";
    public const string Milliseconds = "Milliseconds";
    public const string Seconds = "Seconds";
    public const string Bytes = "Bytes";
}
