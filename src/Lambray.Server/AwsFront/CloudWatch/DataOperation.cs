using System.Globalization;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Resources.Metrics.Mathematics;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>GetMetricData: many metrics at once, and expressions over them.</summary>
static partial class DataOperation
{
    const int QueriesMax = 500;
    const int DatapointsMax = 100_800;

    public static async Task GetMetricData(HttpContext http)
    {
        var request = CloudWatchWire.Read(http, CloudWatchJson.Wire.GetMetricDataRequest);
        var queries = Check(request);
        var results = await new DataComputation(queries, request.StartTime!.Value.Time, request.EndTime!.Value.Time, CloudWatchWire.Metrics(http)).RunAsync();
        var ascending = request.ScanBy == "TimestampAscending";
        var (page, next) = Page(results, Offset(request.NextToken), request.MaxDatapoints ?? DatapointsMax, ascending);
        await CloudWatchWire.WriteAsync(http, new GetMetricDataAnswer(page, next?.ToString(CultureInfo.InvariantCulture), []), CloudWatchJson.Wire.GetMetricDataAnswer);
    }

    static IReadOnlyList<DataQueryWire> Check(GetMetricDataRequest request)
    {
        CloudWatchWire.Required(request.StartTime, "StartTime");
        CloudWatchWire.Required(request.EndTime, "EndTime");
        if (request.StartTime!.Value.Time >= request.EndTime!.Value.Time) throw Invalid("The parameter StartTime must be less than the parameter EndTime.");
        if (request.MaxDatapoints is < 1 or > DatapointsMax) throw Invalid($"The parameter MaxDatapoints must be between 1 and {DatapointsMax}.");
        if (request.ScanBy is not (null or "TimestampAscending" or "TimestampDescending")) throw Invalid($"The value {request.ScanBy} for parameter ScanBy is invalid.");
        if (request.MetricDataQueries is not { Count: > 0 } queries) throw CloudWatchWire.Missing("The parameter MetricDataQueries is required.");
        if (queries.Count > QueriesMax) throw Invalid($"The collection MetricDataQueries must not have a size greater than {QueriesMax}.");
        foreach (var (index, query) in queries.Index())
        {
            var path = $"MetricDataQueries.member.{index + 1}.";
            CloudWatchWire.Required(query.Id, path + "Id");
            if (!IdPattern().IsMatch(query.Id!)) throw Invalid($"The value '{query.Id}' for parameter {path}Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.");
            if (queries.Take(index).Any(former => former.Id == query.Id)) throw Invalid($"The value '{query.Id}' for parameter {path}Id is not unique.");
            if (query.MetricStat is null == query.Expression is null)
                throw Invalid($"Exactly one of the parameters {path}MetricStat and {path}Expression must be specified.");
        }
        return queries;
    }

    // One limit for all results together, through which the token counts.
    static (IReadOnlyList<DataResultWire> Page, int? Next) Page(IEnumerable<DataResult> results, int skip, int limit, bool ascending)
    {
        var (page, room, left, end) = (new List<DataResultWire>(), limit, skip, skip + limit);
        int? next = null;
        foreach (var result in results)
        {
            var inOrder = ascending ? result.Points : [.. result.Points.Reverse()];
            var rest = inOrder.Skip(left).ToArray();
            var taken = rest.Take(room).ToArray();
            left -= inOrder.Count - rest.Length;
            room -= taken.Length;
            if (taken.Length < rest.Length) next = end;
            // Results that were complete on the page before are not told of again.
            if (skip > 0 && rest.Length == 0 && inOrder.Count > 0) continue;
            page.Add(new DataResultWire(
                result.Id, result.Label, [.. taken.Select(point => new WireTimestamp(point.At))], [.. taken.Select(point => point.Value)],
                taken.Length < rest.Length ? "PartialData" : "Complete"));
        }
        return (page, next);
    }

    static int Offset(string? token) =>
        token is null ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset
        : throw new AwsException("InvalidNextToken", 400, "The next token specified is invalid.");

    internal static AwsException Invalid(string message) => new("ValidationError", 400, message);

    [GeneratedRegex(@"^[a-z][a-zA-Z0-9_]*\z")]
    private static partial Regex IdPattern();
}

/// <param name="Points">In the order of time.</param>
sealed record DataResult(string Id, string Label, IReadOnlyList<SeriesPoint> Points);
