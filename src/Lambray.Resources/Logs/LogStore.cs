using Lambray.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Logs;

/// <summary>The log events of the account: what is written often gathers in memory, and is on disk within a second.</summary>
/// <remarks>A crash loses that second and breaks nothing. What is read includes everything written before the call.</remarks>
public sealed partial class LogStore : IAsyncDisposable
{
    const long WaitingBytesMax = 64 * 1024 * 1024;
    static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan RetentionInterval = TimeSpan.FromMinutes(10);

    readonly LogRetention retention;
    readonly TimeProvider time;
    readonly ILogger logger;
    readonly LogBuffer buffer;
    readonly WriteBehind writes;
    DateTimeOffset retentionDue;

    LogStore(SqliteDatabase database, LogRetention retention, TimeProvider time, ILogger logger)
    {
        (Database, this.retention, this.time, this.logger) = (database, retention, time, logger);
        retentionDue = time.GetUtcNow();
        buffer = new LogBuffer(WaitingBytesMax, () => writes!.Hurry());
        writes = new WriteBehind(WriteAsync, WriteInterval, time, LogNotWritten);
    }

    /// <summary>Events, streams or groups came or went.</summary>
    public event Action? Written
    {
        add => Database.Written += value;
        remove => Database.Written -= value;
    }

    internal SqliteDatabase Database { get; }

    public static LogStore Open(string dataDirectory, LogRetention retention, TimeProvider time, ILogger<LogStore> logger) =>
        new(LogsDatabase.Open(dataDirectory), retention, time, logger);

    /// <summary>A stream to write to, of a group and by a name that need not be there yet.</summary>
    public LogStreamWriter OpenStream(string group, string stream) => new(buffer, group, stream);

    public bool HasGroup(string group) => Database.Read(connection => GroupRows.Find(connection, group) is not null);

    /// <summary>Writes events to a stream that is there; they are on disk when the task completes.</summary>
    /// <param name="events">Of no more than a day.</param>
    public Task PutAsync(string group, string stream, IEnumerable<LogEvent> events)
    {
        var packed = new PackedEvents();
        foreach (var item in events.OrderBy(item => item.Timestamp)) packed.Add(item.Timestamp, item.Message.Span);
        return Database.WriteAsync(connection =>
        {
            var into = GroupRows.Get(connection, group);
            var to = StreamRows.Get(connection, into, stream);
            if (packed.Count == 0) return;
            BlockRows.Insert(connection, into, to, packed, packed.Pack(), time.GetUtcNow());
            retention.KeepWithinRoom(connection);
        });
    }

    /// <summary>Reads events one by one; the sequence is good until <paramref name="take"/> returns.</summary>
    /// <exception cref="Aws.AwsException">ResourceNotFoundException: the group, or a stream that the query names.</exception>
    public async Task<T> ReadAsync<T>(LogQuery query, Func<IEnumerable<StoredEvent>, T> take)
    {
        await writes.FlushAsync();
        return Database.Read(connection =>
        {
            // What is being read must not be deleted meanwhile.
            using var transaction = connection.BeginTransaction(deferred: true);
            var group = GroupRows.Get(connection, query.Group);
            var stream = query.Streams is { Count: 1 } single ? StreamRows.Get(connection, group, single.First()) : null;
            foreach (var name in query.Streams ?? []) StreamRows.Get(connection, group, name);
            return take(Events(connection, query, group, stream));
        });
    }

    /// <summary>Reads events of a group in the order in which they came: those of the blocks behind one and up to another.</summary>
    public T ReadBlocks<T>(string group, long after, long upTo, Func<IEnumerable<StoredEvent>, T> take) => Database.Read(connection =>
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        var headers = BlockRows.HeadersBetween(connection, GroupRows.Get(connection, group).Number, after, upTo);
        return take(headers.SelectMany(header => BlockMerge.Merge([header], number => BlockRows.Packed(connection, number), fromEnd: false)));
    });

    /// <summary>The number of the block that came last.</summary>
    public async Task<long> LastBlockAsync()
    {
        await writes.FlushAsync();
        return Database.Read(BlockRows.LastNumber);
    }

    /// <summary>Everything written so far is on disk when the task completes.</summary>
    public Task FlushAsync() => writes.FlushAsync();

    public async ValueTask DisposeAsync()
    {
        await writes.DisposeAsync();
        await Database.DisposeAsync();
    }

    IEnumerable<StoredEvent> Events(SqliteConnection connection, LogQuery query, LogGroup group, LogStream? stream)
    {
        var start = Math.Max(query.Start, group.ExpiredBefore(time.GetUtcNow()).ToUnixTimeMilliseconds());
        var end = query.End;
        if (query.Beyond is { } beyond) (start, end) = query.FromEnd ? (start, Math.Min(end, beyond.Timestamp + 1)) : (Math.Max(start, beyond.Timestamp), end);
        var headers = BlockRows.Headers(connection, group.Number, stream?.Number, start, end, query.FromEnd)
            .Where(header => header.Stream.StartsWith(query.StreamPrefix, StringComparison.Ordinal) && query.Streams?.Contains(header.Stream) != false);
        return BlockMerge.Merge(headers, number => BlockRows.Packed(connection, number), query.FromEnd)
            .Where(item => item.Timestamp >= start && item.Timestamp < end && IsBeyond(item, query));
    }

    static bool IsBeyond(StoredEvent item, LogQuery query) =>
        query.Beyond is not { } beyond || (query.FromEnd ? item.Position.CompareTo(beyond) < 0 : item.Position.CompareTo(beyond) > 0);

    async Task WriteAsync()
    {
        var now = time.GetUtcNow();
        var taken = new List<GatheredEvents>();
        while (buffer.TryTakeChanged(out var stream)) taken.Add(new GatheredEvents(stream, stream.Take(now)));
        var isRetentionDue = now >= retentionDue;
        if (taken.Count == 0 && !isRetentionDue) return;
        try
        {
            var packed = taken.ConvertAll(gathered => gathered.Blocks.Select(block => (Events: block, Packed: block.Pack())).ToList());
            await Database.WriteAsync(connection =>
            {
                for (var i = 0; i < taken.Count; i++)
                {
                    var (group, stream) = Provide(connection, taken[i].Stream, now);
                    foreach (var block in packed[i]) BlockRows.Insert(connection, group, stream, block.Events, block.Packed, now);
                }
                if (isRetentionDue) LogRetention.ApplyToGroups(connection, now);
                retention.KeepWithinRoom(connection);
            });
            buffer.GiveBackRoom(taken.Sum(gathered => gathered.Blocks.Sum(block => (long)block.MessageBytes)));
            if (isRetentionDue) retentionDue = now + RetentionInterval;
        }
        catch
        {
            foreach (var gathered in taken) gathered.Stream.PutBack(gathered.Blocks);
            throw;
        }
    }

    // As the Lambda service does: a group or stream that was deleted comes back with the next line.
    static (LogGroup, LogStream) Provide(SqliteConnection connection, LogStreamWriter writer, DateTimeOffset now)
    {
        if (GroupRows.Find(connection, writer.Group) is not { } group)
        {
            GroupRows.Insert(connection, LogDirectory.NewGroup(writer.Group, now));
            group = GroupRows.Get(connection, writer.Group);
        }
        if (StreamRows.Find(connection, group, writer.Stream) is not { } stream)
        {
            StreamRows.Insert(connection, group, writer.Stream, now);
            stream = StreamRows.Get(connection, group, writer.Stream);
        }
        return (group, stream);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Log events could not be written; they are kept in memory until the next try")]
    partial void LogNotWritten(Exception error);

    sealed record GatheredEvents(LogStreamWriter Stream, IReadOnlyList<PackedEvents> Blocks);
}
