using System.Globalization;
using Lambray.Aws;
using Lambray.Server.AwsFront.XRay;
using Lambray.Tracing.Groups;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceQuery.Statistics;
using Lambray.Tracing.TraceStore;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Traces;

/// <summary>What the console's page of many traces shows: a page of its table, and the figures above it.</summary>
static class TraceListEndpoints
{
    const int LimitMax = 1000;
    const string AnnotationPrefix = "annotation:";

    // A page that is full of what does not match would look like the end of the list.
    const int SearchesPerPage = 10;

    public static void MapTraceList(this IEndpointRouteBuilder api)
    {
        api.MapGet("/traces", List);
        api.MapGet("/traces/statistics", Sum);
    }

    static async Task<TraceList> List(
        [AsParameters] AskedRange range, [FromServices] SummarySearch search, [FromServices] TraceScan scan, [FromServices] TraceGroups groups, [FromServices] TimeProvider time,
        string? filter = null, string? group = null, string? order = null, bool descending = true, string? after = null, int limit = 50)
    {
        Asked.Within(limit, "limit", LimitMax);
        var (wanted, by, asked) = (Expression(filter, group, groups), Order(order), range.At(time.GetUtcNow()));
        return by == TraceOrder.StartTime && descending
            ? await NewestAsync(search, asked, wanted, after is null ? null : PageToken.Parse(after), limit)
            : await OrderedAsync(scan, after is null ? PlaceInOrder.Begin(asked) : PlaceInOrder.Parse(after), wanted, by, descending, limit);
    }

    static async Task<TraceStatistics> Sum(
        [AsParameters] AskedRange range, [FromServices] TraceScan scan, [FromServices] TraceGroups groups, [FromServices] TimeProvider time,
        string? filter = null, string? group = null, string by = "url")
    {
        var (wanted, subject) = (Expression(filter, group, groups), Subject(by));
        var scanned = await scan.ReadAsync(range.At(time.GetUtcNow()), wanted);
        return TraceStatistics.Of(scanned, TraceBreakdown.By(subject, scanned.Traces));
    }

    /// <exception cref="AwsException">The filter expression is not understood, which is told with its position; or there is no such group.</exception>
    static FilterExpression Expression(string? filter, string? group, TraceGroups groups)
    {
        var wanted = FilterExpression.Parse(filter, groups);
        return string.IsNullOrEmpty(group) ? wanted : groups.Get(group, arn: null).Filter.And(wanted);
    }

    // The mark of a page's last trace is where the next one begins: what arrives meanwhile shifts no page.
    static async Task<TraceList> NewestAsync(SummarySearch search, TraceTimeRange range, FilterExpression filter, TraceMark? after, int limit)
    {
        var found = new List<FoundTrace>();
        for (var searches = 0; searches < SearchesPerPage && found.Count < limit; searches++)
        {
            var page = await search.FindAsync(range, filter, sampling: null, after, limit - found.Count);
            found.AddRange(page.Traces);
            after = page.Next;
            if (after is null) break;
        }
        return new TraceList([.. found.Select(one => TraceListItem.Of(one.Summary))], after is { } next ? PageToken.Write(next) : null, IsWhole: true);
    }

    static async Task<TraceList> OrderedAsync(TraceScan scan, PlaceInOrder place, FilterExpression filter, TraceOrder order, bool descending, int limit)
    {
        var scanned = await scan.ReadAsync(place.Range, filter);
        var page = scanned.Traces.Ordered(order, descending).Skip(place.Offset).Take(limit).Select(TraceListItem.Of).ToList();
        var next = place with { Offset = place.Offset + page.Count };
        return new TraceList(page, next.Offset < scanned.Traces.Count ? next.ToString() : null, scanned.IsWhole);
    }

    static TraceOrder Order(string? text)
    {
        if (text is null) return TraceOrder.StartTime;
        return Enum.TryParse<TraceOrder>(text, ignoreCase: true, out var order) && !char.IsAsciiDigit(text[0])
            ? order : throw Asked.Wrong($"'order' must be one of {string.Join(", ", Enum.GetNames<TraceOrder>())}.");
    }

    static BreakdownSubject Subject(string by) => by switch
    {
        "url" => BreakdownSubject.Url,
        "method" => BreakdownSubject.Method,
        "status" => BreakdownSubject.Status,
        "user" => BreakdownSubject.User,
        "entryPoint" => BreakdownSubject.EntryPoint,
        _ when by.StartsWith(AnnotationPrefix, StringComparison.Ordinal) && by.Length > AnnotationPrefix.Length => BreakdownSubject.Annotation(by[AnnotationPrefix.Length..]),
        _ => throw Asked.Wrong("'by' must be url, method, status, user, entryPoint or annotation: and a key."),
    };

    /// <summary>How far somebody has come in an order other than by time, and in the traces of which range: the same on each page.</summary>
    sealed record PlaceInOrder(TraceTimeRange Range, int Offset)
    {
        public static PlaceInOrder Begin(TraceTimeRange range) => new(range, 0);

        /// <exception cref="AwsException">It is none that this server gave.</exception>
        public static PlaceInOrder Parse(string text)
        {
            var parts = text.Split('-');
            return parts is [var from, var to, var offset]
                && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
                && int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && start < end && end < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() * 1000
                ? new PlaceInOrder(new TraceTimeRange(At(start), At(end)), count)
                : throw Asked.Wrong("'after' is not a place that this server gave.");
        }

        static DateTimeOffset At(long epochMicroseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(epochMicroseconds);

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{((EpochMicroseconds)Range.Start).Value}-{((EpochMicroseconds)Range.End).Value}-{Offset}");
    }
}
