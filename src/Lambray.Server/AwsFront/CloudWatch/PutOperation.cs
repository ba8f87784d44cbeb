using System.Collections.Frozen;
using Lambray.Resources.Metrics;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>PutMetricData: all of a request's values are taken, or none.</summary>
static class PutOperation
{
    const int DataMax = 1000;
    const int ValuesMax = 150;
    static readonly TimeSpan Oldest = TimeSpan.FromDays(14);
    static readonly TimeSpan Newest = TimeSpan.FromHours(2);

    // As the API Reference gives it: what a value may be.
    static readonly double ValueMax = Math.Pow(2, 360);

    static readonly FrozenSet<string> Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits",
        "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second",
        "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    ];

    public static Task PutMetricData(HttpContext http)
    {
        var request = CloudWatchWire.Read(http, CloudWatchJson.Wire.PutMetricDataRequest);
        CloudWatchWire.Required(request.Namespace, "Namespace");
        // AWS's own namespaces are AWS's to write.
        if (request.Namespace is { Length: 0 or > 255 } or [':', ..] || request.Namespace!.StartsWith("AWS/", StringComparison.Ordinal))
            throw CloudWatchWire.InvalidValue($"The value {request.Namespace} for parameter Namespace is invalid.");
        var data = (request.MetricData ?? []).Concat((request.EntityMetricData ?? []).SelectMany(entity => entity.MetricData ?? [])).ToArray();
        if (data.Length == 0) throw CloudWatchWire.Missing("The parameter MetricData is required.");
        if (data.Length > DataMax) throw CloudWatchWire.InvalidValue($"The collection MetricData must not have a size greater than {DataMax}.");
        var now = CloudWatchWire.Now(http);
        var read = data.Index().Select(item => Read(request.Namespace!, item.Item, $"MetricData.member.{item.Index + 1}.", now)).ToArray();
        foreach (var (id, at, values, unit) in read) CloudWatchWire.Metrics(http).Series(id).Record(at, values, unit);
        return CloudWatchWire.WriteNothingAsync(http);
    }

    static (MetricId Id, DateTimeOffset At, Distribution Values, string Unit) Read(string space, DatumWire datum, string path, DateTimeOffset now)
    {
        var id = CloudWatchWire.Id(space, datum.MetricName, datum.Dimensions, path);
        var at = datum.Timestamp?.Time ?? now;
        if (at < now - Oldest) throw CloudWatchWire.InvalidValue($"The parameter {path}Timestamp must specify a time no more than two weeks in the past.");
        if (at > now + Newest) throw CloudWatchWire.InvalidValue($"The parameter {path}Timestamp must specify a time no more than two hours in the future.");
        var unit = datum.Unit ?? MetricUnit.None;
        if (!Units.Contains(unit)) throw CloudWatchWire.InvalidValue($"The value {unit} for parameter {path}Unit is invalid.");
        return (id, at, ValuesOf(datum, path), unit);
    }

    static Distribution ValuesOf(DatumWire datum, string path)
    {
        var values = new Distribution();
        switch (datum)
        {
            case { Value: { } value, StatisticValues: null, Values: null }:
                values.Add(Valid(value, path + "Value"));
                break;
            case { StatisticValues: { } statistics, Value: null, Values: null }:
                Add(values, statistics, path + "StatisticValues.");
                break;
            case { Values: { Count: > 0 } several, Value: null, StatisticValues: null }:
                Add(values, several, datum.Counts, path);
                break;
            case { Value: null, StatisticValues: null, Values: null }:
                throw CloudWatchWire.Missing($"At least one of the parameters {path}Value, {path}Values, or {path}StatisticValues must be specified.");
            default:
                var (first, second) = datum.Value is not null ? ("Value", datum.StatisticValues is not null ? "StatisticValues" : "Values") : ("Values", "StatisticValues");
                throw CloudWatchWire.InvalidCombination($"The parameters {path}{first} and {path}{second} are mutually exclusive and you have specified both.");
        }
        return values;
    }

    static void Add(Distribution values, StatisticSetWire statistics, string path)
    {
        CloudWatchWire.Required(statistics.SampleCount, path + "SampleCount");
        CloudWatchWire.Required(statistics.Sum, path + "Sum");
        CloudWatchWire.Required(statistics.Minimum, path + "Minimum");
        CloudWatchWire.Required(statistics.Maximum, path + "Maximum");
        var (least, most) = (Valid(statistics.Minimum!.Value, path + "Minimum"), Valid(statistics.Maximum!.Value, path + "Maximum"));
        if (least > most) throw CloudWatchWire.InvalidValue($"The parameter {path}Minimum must be less than or equal to the parameter {path}Maximum.");
        values.AddStatistics(Positive(statistics.SampleCount!.Value, path + "SampleCount"), Valid(statistics.Sum!.Value, path + "Sum"), least, most);
    }

    static void Add(Distribution values, IReadOnlyList<double> several, IReadOnlyList<double>? counts, string path)
    {
        if (several.Count > ValuesMax) throw CloudWatchWire.InvalidValue($"The collection {path}Values must not have a size greater than {ValuesMax}.");
        if (counts is not null && counts.Count != several.Count)
            throw CloudWatchWire.InvalidValue($"The parameters {path}Values and {path}Counts must be of the same size.");
        for (var i = 0; i < several.Count; i++)
            values.Add(Valid(several[i], $"{path}Values.member.{i + 1}"), counts is null ? 1 : Positive(counts[i], $"{path}Counts.member.{i + 1}"));
    }

    static double Valid(double value, string parameter) =>
        Math.Abs(value) <= ValueMax ? value : throw CloudWatchWire.InvalidValue($"The value {value} for parameter {parameter} is invalid.");

    static double Positive(double count, string parameter) =>
        count > 0 ? Valid(count, parameter) : throw CloudWatchWire.InvalidValue($"The value {count} for parameter {parameter} is invalid.");
}
