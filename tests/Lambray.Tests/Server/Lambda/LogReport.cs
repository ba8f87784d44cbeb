using System.Globalization;
using System.Text.RegularExpressions;

namespace Lambray.Tests.Server.Lambda;

/// <summary>The figures of a REPORT line, times in milliseconds and memory in megabytes.</summary>
sealed partial record LogReport(double Duration, double BilledDuration, double MemorySize, double? MaxMemoryUsed, double? InitDuration)
{
    public static LogReport Of(string log)
    {
        var line = log.Split('\n').Single(line => line.StartsWith("REPORT ", StringComparison.Ordinal));
        var figures = Figure().Matches(line).ToDictionary(match => match.Groups[1].Value,
            match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        double? Find(string name) => figures.TryGetValue(name, out var figure) ? figure : null;
        return new LogReport(figures["Duration"], figures["Billed Duration"], figures["Memory Size"], Find("Max Memory Used"), Find("Init Duration"));
    }

    [GeneratedRegex(@"\t([A-Za-z ]+): ([\d.]+) (?:ms|MB)")]
    private static partial Regex Figure();
}
