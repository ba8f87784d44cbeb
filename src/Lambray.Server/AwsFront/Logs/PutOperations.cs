using System.Text;
using Lambray.Functions.Registry;
using Lambray.Resources.Logs;

namespace Lambray.Server.AwsFront.Logs;

/// <summary>Events from outside, batch by batch, by the rules of PutLogEvents in the API Reference.</summary>
static class PutOperations
{
    const int EventsMax = 10_000;
    const int BatchBytesMax = 1_048_576;

    // So much is counted for each event beside its message.
    const int EventBytes = 26;

    static readonly TimeSpan SpanMax = TimeSpan.FromHours(24);
    static readonly TimeSpan NewestAhead = TimeSpan.FromHours(2);
    static readonly TimeSpan OldestBack = TimeSpan.FromDays(14);

    public static async Task PutLogEvents(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.PutLogEventsRequest);
        var (group, stream) = (LogNames.Group(request.LogGroupName), LogNames.Stream(request.LogStreamName));
        var events = Read(request.LogEvents);
        RequireBatch(events);
        var found = await AwsJson.Service<LogDirectory>(http).GetGroupAsync(group);
        var now = AwsJson.Service<TimeProvider>(http).GetUtcNow();
        var (taken, rejected) = Take(events, found, now);
        await AwsJson.Service<LogStore>(http).PutAsync(group, stream, taken);
        await AwsJson.WriteAsync(http, new PutLogEventsAnswer(SequenceToken.Of(now.ToUnixTimeMilliseconds()), rejected), LogsJson.Wire.PutLogEventsAnswer);
    }

    static List<LogEvent> Read(IReadOnlyList<InputEventWire>? items)
    {
        new Validation().Require(items is not null, null, "logEvents", "Member must not be null").ThrowIfAny(LogNames.InvalidParameter);
        new Validation()
            .Require(items!.Count > 0, "[]", "logEvents", "Member must have length greater than or equal to 1")
            .Require(items.Count <= EventsMax, $"{items.Count} events", "logEvents", $"Member must have length less than or equal to {EventsMax}")
            .ThrowIfAny(LogNames.InvalidParameter);
        var validation = new Validation();
        for (var i = 0; i < items.Count; i++)
        {
            validation.Require(items[i].Timestamp is >= 0, items[i].Timestamp?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                $"logEvents.{i + 1}.member.timestamp", "Member must have value greater than or equal to 0");
            validation.Require(items[i].Message is { Length: > 0 }, items[i].Message, $"logEvents.{i + 1}.member.message", "Member must have length greater than or equal to 1");
        }
        validation.ThrowIfAny(LogNames.InvalidParameter);
        return [.. items.Select(item => new LogEvent(item.Timestamp!.Value, Encoding.UTF8.GetBytes(item.Message!)))];
    }

    static void RequireBatch(List<LogEvent> events)
    {
        var bytes = events.Sum(item => item.Message.Length + EventBytes);
        if (bytes > BatchBytesMax) throw LogErrors.InvalidParameter($"Upload too large: {bytes} bytes exceeds limit of {BatchBytesMax}");
        for (var i = 1; i < events.Count; i++)
            if (events[i].Timestamp < events[i - 1].Timestamp)
                throw LogErrors.InvalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
        if (events[^1].Timestamp - events[0].Timestamp > SpanMax.TotalMilliseconds)
            throw LogErrors.InvalidParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
    }

    // They are in order: what is too old comes first and what is too new last.
    static (IEnumerable<LogEvent> Taken, RejectedEventsWire? Rejected) Take(List<LogEvent> events, LogGroup group, DateTimeOffset now)
    {
        var tooOld = CountBefore(now - OldestBack);
        var expired = CountBefore(group.ExpiredBefore(now));
        var tooNew = CountBefore(now + NewestAhead + TimeSpan.FromMilliseconds(1));
        var first = Math.Max(tooOld, expired);
        var rejected = first == 0 && tooNew == events.Count ? null : new RejectedEventsWire(
            tooNew < events.Count ? tooNew : null, tooOld > 0 ? tooOld : null, expired > 0 ? expired : null);
        return (events.Take(tooNew).Skip(first), rejected);

        int CountBefore(DateTimeOffset time) => events.TakeWhile(item => item.Timestamp < time.ToUnixTimeMilliseconds()).Count();
    }
}
