using System.Text.Json.Serialization;
using Lambray.Resources.Metrics;

namespace Lambray.Server.AwsFront.CloudWatch;

sealed record DimensionWire(string? Name, string? Value);

sealed record MetricWire(string? Namespace, string? MetricName, IReadOnlyList<DimensionWire>? Dimensions)
{
    public static MetricWire Of(MetricId id) =>
        new(id.Namespace, id.Name, [.. id.Dimensions.Select(dimension => new DimensionWire(dimension.Name, dimension.Value))]);
}

sealed record PutMetricDataRequest(string? Namespace, IReadOnlyList<DatumWire>? MetricData, IReadOnlyList<EntityDataWire>? EntityMetricData);

/// <summary>Values with what they are about, which nothing here makes use of.</summary>
sealed record EntityDataWire(IReadOnlyList<DatumWire>? MetricData);

sealed record DatumWire(
    string? MetricName, IReadOnlyList<DimensionWire>? Dimensions, WireTimestamp? Timestamp, double? Value, StatisticSetWire? StatisticValues, IReadOnlyList<double>? Values,
    IReadOnlyList<double>? Counts, string? Unit);

sealed record StatisticSetWire(double? SampleCount, double? Sum, double? Minimum, double? Maximum);

/// <param name="Dimensions">A name with a value, or a name alone for any value.</param>
sealed record ListMetricsRequest(string? Namespace, string? MetricName, IReadOnlyList<DimensionWire>? Dimensions, string? NextToken, string? RecentlyActive);

sealed record ListMetricsAnswer(IReadOnlyList<MetricWire> Metrics, string? NextToken);

sealed record GetMetricStatisticsRequest(
    string? Namespace, string? MetricName, IReadOnlyList<DimensionWire>? Dimensions, WireTimestamp? StartTime, WireTimestamp? EndTime, int? Period,
    IReadOnlyList<string>? Statistics, IReadOnlyList<string>? ExtendedStatistics, string? Unit);

sealed record GetMetricStatisticsAnswer(string Label, IReadOnlyList<DatapointWire> Datapoints);

sealed record DatapointWire(WireTimestamp Timestamp, string Unit)
{
    public double? SampleCount { get; init; }

    public double? Average { get; init; }

    public double? Sum { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public IReadOnlyDictionary<string, double>? ExtendedStatistics { get; init; }
}

sealed record GetMetricDataRequest(
    IReadOnlyList<DataQueryWire>? MetricDataQueries, WireTimestamp? StartTime, WireTimestamp? EndTime, string? NextToken, string? ScanBy, int? MaxDatapoints);

/// <param name="ReturnData">True unless it says otherwise.</param>
sealed record DataQueryWire(
    string? Id, MetricStatWire? MetricStat, string? Expression, string? Label, [property: JsonConverter(typeof(FlagConverter))] bool? ReturnData);

sealed record MetricStatWire(MetricWire? Metric, int? Period, string? Stat, string? Unit);

sealed record GetMetricDataAnswer(IReadOnlyList<DataResultWire> MetricDataResults, string? NextToken, IReadOnlyList<MessageWire> Messages);

sealed record DataResultWire(string Id, string Label, IReadOnlyList<WireTimestamp> Timestamps, IReadOnlyList<double> Values, string StatusCode);

sealed record MessageWire(string Code, string Value);
