using Lambray.Functions.Registry;
using Lambray.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Invocation.KeptEvents;

/// <summary>Keeps the events of traced invocations for a while, so that whoever looks at a trace can invoke the function with the same again.</summary>
/// <remarks>
/// No invocation waits for it: events gather in memory and are on disk within a second. A crash may lose that second; what comes faster than
/// it can be written, or is too large, is not kept, and whoever asks for it is told that it is not there.
/// </remarks>
public sealed partial class EventKeeper : IAsyncDisposable
{
    const int WaitingMax = 1_000;
    const long WaitingBytesMax = 16 * 1024 * 1024;

    static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(500);

    readonly KeptEventLimits limits;
    readonly Lock gate = new();
    readonly Lazy<SqliteDatabase> database;
    readonly WriteBehind writes;
    readonly ILogger logger;
    List<KeptEvent> waiting = [];
    long waitingBytes;

    public EventKeeper(string dataDirectory, KeptEventLimits limits, TimeProvider time, ILogger<EventKeeper> logger)
    {
        (this.limits, this.logger) = (limits, logger);
        // Most servers that start have nothing to keep yet, and some never will.
        database = new Lazy<SqliteDatabase>(() => KeptEventsDatabase.Open(dataDirectory));
        writes = new WriteBehind(WriteAsync, WriteInterval, time, LogNotWritten);
    }

    /// <summary>Keeps an event if there is room for it.</summary>
    public void Keep(KeptEvent invoked)
    {
        if (limits.BytesMax == 0 || invoked.Payload.Length > limits.PayloadBytesMax) return;
        lock (gate)
        {
            if (waiting.Count == WaitingMax || waitingBytes + invoked.Payload.Length > WaitingBytesMax) return;
            waiting.Add(invoked);
            waitingBytes += invoked.Payload.Length;
        }
    }

    /// <summary>The event of an invocation; null when it was not kept, or is not any more.</summary>
    public async Task<KeptEvent?> FindAsync(string requestId)
    {
        if (limits.BytesMax == 0) return null;
        await writes.FlushAsync();
        return database.Value.Read(connection => connection.One(
            "SELECT function, qualifier, asynchronous, payload, client_context, received FROM kept_events WHERE request_id = $1",
            row => new KeptEvent(
                new FunctionName(row.GetString(0), row.TextOrNull(1)), requestId, row.GetBoolean(2), row.GetFieldValue<byte[]>(3), row.TextOrNull(4),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5))),
            requestId));
    }

    public async ValueTask DisposeAsync()
    {
        await writes.DisposeAsync();
        if (database.IsValueCreated) await database.Value.DisposeAsync();
    }

    async Task WriteAsync()
    {
        List<KeptEvent> taken;
        lock (gate)
        {
            if (waiting.Count == 0) return;
            (taken, waiting, waitingBytes) = (waiting, [], 0);
        }
        await database.Value.WriteAsync(connection =>
        {
            foreach (var invoked in taken) Insert(connection, invoked);
            foreach (var function in taken.Select(invoked => invoked.Function.Name).Distinct()) KeepNewest(connection, function);
            while (connection.UsedBytes() > limits.BytesMax && DeleteOldest(connection) > 0)
            {
            }
        });
    }

    static void Insert(SqliteConnection connection, KeptEvent invoked) => connection.Run(
        """
        INSERT OR REPLACE INTO kept_events (request_id, function, qualifier, asynchronous, payload, client_context, received)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        invoked.RequestId, invoked.Function.Name, invoked.Function.Qualifier, invoked.IsAsynchronous, invoked.Payload.ToArray(), invoked.ClientContext,
        invoked.Received.ToUnixTimeMilliseconds());

    void KeepNewest(SqliteConnection connection, string function) => connection.Run(
        """
        DELETE FROM kept_events
        WHERE function = $1 AND id <= (SELECT id FROM kept_events WHERE function = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)
        """,
        function, limits.PerFunction);

    // Many at once, as each look at the size of the file costs a little.
    static int DeleteOldest(SqliteConnection connection) =>
        connection.Run("DELETE FROM kept_events WHERE id IN (SELECT id FROM kept_events ORDER BY id LIMIT 20)");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of traced invocations could not be kept; those functions cannot be invoked with the same again")]
    partial void LogNotWritten(Exception error);
}
