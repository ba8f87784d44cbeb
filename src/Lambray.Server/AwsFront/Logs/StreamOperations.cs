using System.Globalization;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.Logs;

namespace Lambray.Server.AwsFront.Logs;

/// <summary>Log streams: made, deleted, listed by name or by their latest event.</summary>
static class StreamOperations
{
    const string ByName = "LogStreamName";
    const string ByLastEvent = "LastEventTime";

    public static async Task CreateLogStream(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.StreamRequest);
        await AwsJson.Service<LogDirectory>(http).CreateStreamAsync(LogNames.Group(request.LogGroupName), LogNames.Stream(request.LogStreamName));
        await AwsJson.WriteNothingAsync(http);
    }

    public static async Task DeleteLogStream(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.StreamRequest);
        await AwsJson.Service<LogDirectory>(http).DeleteStreamAsync(LogNames.Group(request.LogGroupName), LogNames.Stream(request.LogStreamName));
        await AwsJson.WriteNothingAsync(http);
    }

    public static async Task DescribeLogStreams(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.DescribeLogStreamsRequest);
        var home = AwsJson.Service<AwsHome>(http);
        var group = LogNames.Group(request.LogGroupName, request.LogGroupIdentifier, home);
        var order = request.OrderBy ?? ByName;
        new Validation()
            .Require(order is ByName or ByLastEvent, order, "orderBy", $"Member must satisfy enum value set: [{ByName}, {ByLastEvent}]").ThrowIfAny(LogNames.InvalidParameter);
        if (order == ByLastEvent && request.LogStreamNamePrefix is not null)
            throw LogErrors.InvalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
        var isDescending = request.Descending == true;
        var streams = await AwsJson.Service<LogDirectory>(http).ListStreamsAsync(group, request.LogStreamNamePrefix ?? "");
        Func<LogStream, string> key = order == ByName ? stream => stream.Name : LastEventKey;
        var inOrder = isDescending ? streams.OrderByDescending(key, StringComparer.Ordinal) : streams.OrderBy(key, StringComparer.Ordinal);
        var (page, next) = NamePage.Take(inOrder, key, request.NextToken, request.Limit, isDescending);
        await AwsJson.WriteAsync(
            http, new DescribeLogStreamsAnswer([.. page.Select(stream => StreamWire.Of(stream, group, home))], next), LogsJson.Wire.DescribeLogStreamsAnswer);
    }

    // Streams without events are as old as can be.
    static string LastEventKey(LogStream stream) => string.Create(CultureInfo.InvariantCulture, $"{stream.LastEvent ?? 0:D20} {stream.Name}");
}
