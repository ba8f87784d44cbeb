using System.Text;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.Logs;
using Lambray.Resources.Logs.FilterPatterns;

namespace Lambray.Server.AwsFront.Logs;

/// <summary>Reading: one stream page by page in either direction, and many streams through a filter.</summary>
static class ReadOperations
{
    const int EventsMax = 10_000;
    const int AnswerBytesMax = 1_048_576;

    // A filter that finds little must not keep a request for minutes; its client comes again with the token.
    const int SearchedBytesMax = 64 * 1_048_576;
    const int PatternLengthMax = 1024;
    const int TestedMax = 50;

    public static async Task GetLogEvents(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.GetLogEventsRequest);
        RequireLimit(request.Limit);
        var group = LogNames.Group(request.LogGroupName, request.LogGroupIdentifier, AwsJson.Service<AwsHome>(http));
        var token = request.NextToken is { } text ? EventToken.Parse(text) : (EventToken?)null;
        var start = request.StartTime ?? 0;
        var query = new LogQuery(group, start, request.EndTime ?? long.MaxValue)
        {
            Streams = [LogNames.Stream(request.LogStreamName)],
            FromEnd = token?.IsBackward ?? request.StartFromHead != true,
            Beyond = token?.Position,
        };
        var events = await AwsJson.Service<LogStore>(http).ReadAsync(query, found => Page(found, request.Limit ?? EventsMax));
        if (query.FromEnd) events.Reverse();
        // A page without events leaves its reader where it was.
        var (first, last) = events is [var head, ..] ? (head.Position, events[^1].Position) : Twice(token?.Position ?? new LogPosition(start, 0, 0));
        await AwsJson.WriteAsync(
            http,
            new GetLogEventsAnswer(
                [.. events.Select(item => new OutputEventWire(item.Timestamp, TextOf(item), item.Ingestion))],
                new EventToken(IsBackward: false, last).ToString(), new EventToken(IsBackward: true, first).ToString()),
            LogsJson.Wire.GetLogEventsAnswer);
    }

    public static async Task FilterLogEvents(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.FilterLogEventsRequest);
        RequireLimit(request.Limit);
        if (request is { LogStreamNames: not null, LogStreamNamePrefix: not null })
            throw LogErrors.InvalidParameter("logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
        var pattern = Pattern(request.FilterPattern ?? "");
        var query = new LogQuery(
            LogNames.Group(request.LogGroupName, request.LogGroupIdentifier, AwsJson.Service<AwsHome>(http)), request.StartTime ?? 0,
            request.EndTime is { } end and < long.MaxValue ? end + 1 : long.MaxValue)
        {
            Streams = request.LogStreamNames?.Select(name => LogNames.Stream(name, "logStreamNames")).ToHashSet(),
            StreamPrefix = request.LogStreamNamePrefix ?? "",
            Beyond = request.NextToken is { } text ? EventToken.ParsePosition(text) : null,
        };
        var (events, next) = await AwsJson.Service<LogStore>(http).ReadAsync(query, found => Filter(found, pattern, request.Limit ?? EventsMax));
        await AwsJson.WriteAsync(http, new FilterLogEventsAnswer(events, [], next?.ToString()), LogsJson.Wire.FilterLogEventsAnswer);
    }

    public static async Task TestMetricFilter(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.TestMetricFilterRequest);
        if (request is not { FilterPattern: { } text, LogEventMessages: { Count: > 0 and <= TestedMax } messages })
            throw LogErrors.InvalidParameter($"filterPattern and 1 to {TestedMax} logEventMessages are required.");
        var pattern = Pattern(text);
        var matches = messages.Index().Where(item => pattern.Matches(item.Item))
            .Select(item => new MetricFilterMatchWire(item.Index + 1, item.Item, pattern.Extract(item.Item)));
        await AwsJson.WriteAsync(http, new TestMetricFilterAnswer([.. matches]), LogsJson.Wire.TestMetricFilterAnswer);
    }

    public static FilterPattern Pattern(string text)
    {
        new Validation().RequireLength(text, "filterPattern", 0, PatternLengthMax).ThrowIfAny(LogNames.InvalidParameter);
        return FilterPattern.Parse(text);
    }

    public static string TextOf(StoredEvent item) => Encoding.UTF8.GetString(item.Message.Span);

    static List<StoredEvent> Page(IEnumerable<StoredEvent> found, int limit)
    {
        var (page, bytes) = (new List<StoredEvent>(), 0);
        foreach (var item in found)
        {
            bytes += item.Message.Length;
            // The first is given even when it is too long: its reader would never come past it.
            if (page.Count > 0 && bytes > AnswerBytesMax) break;
            page.Add(item);
            if (page.Count == limit) break;
        }
        return page;
    }

    static (IReadOnlyList<FilteredEventWire> Events, LogPosition? Next) Filter(IEnumerable<StoredEvent> found, FilterPattern pattern, int limit)
    {
        var (page, bytes, searched) = (new List<FilteredEventWire>(), 0, 0);
        LogPosition? last = null;
        foreach (var item in found)
        {
            if (page.Count == limit || bytes > AnswerBytesMax || searched > SearchedBytesMax) return (page, last);
            last = item.Position;
            searched += item.Message.Length;
            var text = TextOf(item);
            if (!pattern.Matches(text)) continue;
            bytes += item.Message.Length;
            page.Add(new FilteredEventWire(item.Stream, item.Timestamp, text, item.Ingestion, item.Position.ToString()));
        }
        return (page, null);
    }

    static void RequireLimit(int? limit) => new Validation().RequireRange(limit, "limit", 1, EventsMax).ThrowIfAny(LogNames.InvalidParameter);

    static (LogPosition, LogPosition) Twice(LogPosition position) => (position, position);
}
