using Lambray.Aws;
using Lambray.Resources.Metrics;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>GetMetricStatistics: one metric, period by period.</summary>
static class StatisticsOperation
{
    const int DatapointsMax = 1440;

    static readonly string[] Simple = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

    public static async Task GetMetricStatistics(HttpContext http)
    {
        var request = CloudWatchWire.Read(http, CloudWatchJson.Wire.GetMetricStatisticsRequest);
        var id = CloudWatchWire.Id(request.Namespace, request.MetricName, request.Dimensions);
        var periods = Periods(request);
        if (request is { Statistics: null or { Count: 0 }, ExtendedStatistics: null or { Count: 0 } })
            throw CloudWatchWire.Missing("At least one of the parameters Statistics, or ExtendedStatistics must be specified.");
        var simple = request.Statistics ?? [];
        if (simple.FirstOrDefault(name => !Simple.Contains(name)) is { } unknown) throw Invalid(unknown, "Statistics");
        var extended = (request.ExtendedStatistics ?? []).Select(ParseExtended).ToArray();
        var points = await CloudWatchWire.Metrics(http).ReadAsync(id, periods, request.Unit);
        await CloudWatchWire.WriteAsync(
            http, new GetMetricStatisticsAnswer(id.Name, [.. points.Select(point => Datapoint(point, simple, extended))]), CloudWatchJson.Wire.GetMetricStatisticsAnswer);
    }

    static Statistic ParseExtended(string name) =>
        Simple.Contains(name) || Statistic.Parse(name) is not { } statistic ? throw Invalid(name, "ExtendedStatistics") : statistic;

    // Periods begin at the start, to the minute, not at whole hours.
    static MetricPeriods Periods(GetMetricStatisticsRequest request)
    {
        CloudWatchWire.Required(request.StartTime, "StartTime");
        CloudWatchWire.Required(request.EndTime, "EndTime");
        CloudWatchWire.Required(request.Period, "Period");
        var length = MetricPeriod.Check(request.Period!.Value);
        var (start, end) = (request.StartTime!.Value.Time, request.EndTime!.Value.Time);
        if (start >= end) throw CloudWatchWire.InvalidCombination("The parameter StartTime must be less than the parameter EndTime.");
        var periods = MetricPeriods.Aligned(start, end, TimeSpan.FromMinutes(1)) with { Length = length };
        var asked = (long)Math.Ceiling((end - start) / length);
        return asked <= DatapointsMax ? periods : throw CloudWatchWire.InvalidCombination(
            $"You have requested up to {asked:N0} datapoints, which exceeds the limit of {DatapointsMax:N0}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.");
    }

    static DatapointWire Datapoint(MetricPoint point, IReadOnlyList<string> simple, Statistic[] extended) =>
        new(new WireTimestamp(point.Start), point.Unit)
        {
            SampleCount = simple.Contains("SampleCount") ? point.Values.Count : null,
            Average = simple.Contains("Average") ? point.Values.Average : null,
            Sum = simple.Contains("Sum") ? point.Values.Sum : null,
            Minimum = simple.Contains("Minimum") ? point.Values.Min : null,
            Maximum = simple.Contains("Maximum") ? point.Values.Max : null,
            ExtendedStatistics = extended.Length == 0 ? null : Computed(point.Values, extended),
        };

    static Dictionary<string, double> Computed(Distribution values, Statistic[] statistics)
    {
        var computed = new Dictionary<string, double>();
        foreach (var statistic in statistics)
            if (statistic.Of(values) is { } value) computed[statistic.Name] = value;
        return computed;
    }

    static AwsException Invalid(string value, string parameter) => CloudWatchWire.InvalidValue($"The value {value} for parameter {parameter} is not supported.");
}

/// <summary>The length of a period, in seconds.</summary>
static class MetricPeriod
{
    const int Finest = 60;
    const int LongestSeconds = 86_400 * 365;

    // For values that came more often than each minute; here the minute is the finest that is kept.
    static readonly int[] BelowMinute = [1, 5, 10, 20, 30];

    public static TimeSpan Check(int seconds) =>
        BelowMinute.Contains(seconds) ? TimeSpan.FromSeconds(Finest)
        : seconds is > 0 and <= LongestSeconds && seconds % Finest == 0 ? TimeSpan.FromSeconds(seconds)
        : throw CloudWatchWire.InvalidValue($"The parameter Period must be 1, 5, 10, 20, 30 or a multiple of {Finest}.");
}
