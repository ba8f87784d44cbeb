using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;
using Lambray.Resources.Logs;
using Lambray.Resources.Logs.FilterPatterns;
using Lambray.Server.AwsFront.Lambda;

namespace Lambray.Server.AwsFront.Logs;

sealed record StartLiveTailRequest(
    IReadOnlyList<string>? LogGroupIdentifiers, IReadOnlyList<string>? LogStreamNames, IReadOnlyList<string>? LogStreamNamePrefixes, string? LogEventFilterPattern);

sealed record LiveTailStart(
    string RequestId, string SessionId, IReadOnlyList<string> LogGroupIdentifiers, IReadOnlyList<string> LogStreamNames, IReadOnlyList<string> LogStreamNamePrefixes,
    string LogEventFilterPattern);

sealed record LiveTailUpdate(LiveTailMetadata SessionMetadata, IReadOnlyList<LiveTailEvent> SessionResults);

/// <param name="Sampled">Whether events were left out as there were too many.</param>
sealed record LiveTailMetadata(bool Sampled);

sealed record LiveTailEvent(string LogStreamName, string LogGroupIdentifier, string Message, long Timestamp, long IngestionTime);

/// <summary>StartLiveTail: events as they come, once a second, until the client goes.</summary>
static class LiveTailOperation
{
    const int GroupsMax = 10;
    const int EventsPerUpdateMax = 500;
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SessionMax = TimeSpan.FromHours(3);

    public static async Task StartLiveTail(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.StartLiveTailRequest);
        if (request.LogGroupIdentifiers is not { Count: > 0 and <= GroupsMax } identifiers)
            throw LogErrors.InvalidParameter($"1 to {GroupsMax} logGroupIdentifiers are required.");
        var home = AwsJson.Service<AwsHome>(http);
        var directory = AwsJson.Service<LogDirectory>(http);
        var groups = new List<LogGroup>();
        foreach (var identifier in identifiers) groups.Add(await directory.GetGroupAsync(LogNames.OfIdentifier(identifier, home)));
        var tail = new Tail(request, groups, ReadOperations.Pattern(request.LogEventFilterPattern ?? ""), AwsJson.Service<LogStore>(http), home);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, AwsJson.Service<IHostApplicationLifetime>(http).ApplicationStopping);
        await tail.RunAsync(http, AwsJson.Service<TimeProvider>(http), ends.Token);
    }

    static void Write<T>(HttpContext http, string type, T value, JsonTypeInfo<T> json) => EventStreamMessage.Write(
        http.Response.BodyWriter, type, "application/json", new ReadOnlySequence<byte>(JsonSerializer.SerializeToUtf8Bytes(value, json)));

    sealed class Tail(StartLiveTailRequest request, IReadOnlyList<LogGroup> groups, FilterPattern pattern, LogStore store, AwsHome home)
    {
        public async Task RunAsync(HttpContext http, TimeProvider time, CancellationToken end)
        {
            var block = await store.LastBlockAsync();
            http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
            http.Response.ContentType = "application/vnd.amazon.eventstream";
            // RPC protocols begin a stream with what the answer has beside it: nothing here.
            EventStreamMessage.Write(http.Response.BodyWriter, "initial-response", AwsJson.ContentType, new ReadOnlySequence<byte>("{}"u8.ToArray()));
            Write(http, "sessionStart", Start(AwsCall.Of(http).RequestId), LogsJson.Wire.LiveTailStart);
            await http.Response.BodyWriter.FlushAsync(end);
            try
            {
                for (var until = time.GetUtcNow() + SessionMax; time.GetUtcNow() < until;)
                {
                    await Task.Delay(Interval, time, end);
                    (var update, block) = await NextAsync(block);
                    Write(http, "sessionUpdate", update, LogsJson.Wire.LiveTailUpdate);
                    await http.Response.BodyWriter.FlushAsync(end);
                }
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The client has seen enough, or the server stops.
            }
        }

        async Task<(LiveTailUpdate Update, long Block)> NextAsync(long block)
        {
            var events = new List<LiveTailEvent>();
            var last = await store.LastBlockAsync();
            foreach (var group in groups)
                events.AddRange(store.ReadBlocks(group.Name, block, last, items => Find(items, group).Take(EventsPerUpdateMax - events.Count + 1).ToList()));
            return (new LiveTailUpdate(new LiveTailMetadata(Sampled: events.Count > EventsPerUpdateMax), [.. events.Take(EventsPerUpdateMax)]), last);
        }

        IEnumerable<LiveTailEvent> Find(IEnumerable<StoredEvent> items, LogGroup within) =>
            from item in items
            where request.LogStreamNames?.Contains(item.Stream) != false
            where request.LogStreamNamePrefixes?.Any(prefix => item.Stream.StartsWith(prefix, StringComparison.Ordinal)) != false
            let text = ReadOperations.TextOf(item)
            where pattern.Matches(text)
            select new LiveTailEvent(item.Stream, IdentifierOf(within), text, item.Timestamp, item.Ingestion);

        LiveTailStart Start(string requestId) => new(
            requestId, Guid.NewGuid().ToString(), [.. groups.Select(IdentifierOf)], request.LogStreamNames ?? [], request.LogStreamNamePrefixes ?? [],
            request.LogEventFilterPattern ?? "");

        string IdentifierOf(LogGroup group) => $"{home.AccountId}:{group.Name}";
    }
}
