using System.Text.Json;
using Lambray.Functions.Registry;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Functions.Invocation.Events;

/// <summary>The durable queue of asynchronous events: on disk before they are acknowledged, there until they are through.</summary>
/// <remarks>In memory are only ids and due times; an event and its payload are read when its turn comes.</remarks>
public sealed class EventQueue
{
    const int EventsMax = 100_000;

    // Enough to keep every environment busy; more would only wait in memory instead of on disk.
    const int PlacesMax = 256;

    readonly SqliteDatabase database;
    readonly TimeProvider time;
    readonly Lock gate = new();
    readonly EventLanes lanes = new(PlacesMax);
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int events;

    public EventQueue(SqliteDatabase database, TimeProvider time)
    {
        (this.database, this.time) = (database, time);
        var waiting = database.Read(connection => connection.All(
            "SELECT id, due, function FROM events ORDER BY id", row => (row.GetInt64(0), row.GetInt64(1), row.GetString(2))));
        foreach (var (id, due, function) in waiting) lanes.Add(function, id, DateTimeOffset.FromUnixTimeMilliseconds(due));
        events = waiting.Count;
    }

    /// <exception cref="Aws.AwsException">TooManyRequestsException when the queue is full.</exception>
    public async Task AddAsync(QueuedEvent accepted, ReadOnlyMemory<byte> payload)
    {
        if (Interlocked.Increment(ref events) > EventsMax)
        {
            Interlocked.Decrement(ref events);
            throw LambdaErrors.Throttled("CallerRateLimitExceeded");
        }
        var now = time.GetUtcNow();
        var id = await database.WriteAsync(connection => Insert(connection, accepted, payload, now));
        Schedule(accepted, id, now);
    }

    /// <summary>All that wait, in the order accepted; for the start after a crash.</summary>
    public IReadOnlyList<QueuedEvent> List() =>
        database.Read(connection => connection.All("SELECT event FROM events ORDER BY id", row => Deserialize(row.GetString(0))));

    /// <summary>Waits for the next event whose turn it is. It is at work until it is put back or removed.</summary>
    public async Task<(string Function, long Id)> TakeAsync(CancellationToken stop)
    {
        while (true)
        {
            DateTimeOffset? wake;
            Task change;
            lock (gate)
            {
                if (lanes.Take(time.GetUtcNow()) is { } next) return next;
                (wake, change) = (lanes.NextWake, changed.Task);
            }
            await WaitAsync(change, wake is { } at ? at - time.GetUtcNow() : Timeout.InfiniteTimeSpan, stop);
        }
    }

    /// <summary>When an event that waits for its time, or for room, may run; null when none does.</summary>
    public DateTimeOffset? NextWake
    {
        get
        {
            lock (gate) return lanes.NextWake;
        }
    }

    public TakenEvent Load(long id) => database.Read(connection => connection.One(
        "SELECT due, event, payload FROM events WHERE id = $1",
        row => new TakenEvent(id, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), Deserialize(row.GetString(1)), row.GetFieldValue<byte[]>(2)), id))!;

    /// <summary>Puts an event back after a failed attempt, until its time comes again.</summary>
    public async Task RetryAsync(TakenEvent taken, QueuedEvent changed, TimeSpan wait)
    {
        var due = time.GetUtcNow() + wait;
        await database.WriteAsync(connection => connection.Run(
            "UPDATE events SET due = $1, event = $2 WHERE id = $3", due.ToUnixTimeMilliseconds(), Serialize(changed), taken.Id));
        lock (gate)
        {
            lanes.Add(changed.Function.Name, taken.Id, due);
            lanes.Settle(changed.Function.Name);
        }
        Tell();
    }

    /// <summary>Puts an event back that there was no room to run. Its function waits a while, longer each time; the others go on.</summary>
    public void Refuse(TakenEvent taken)
    {
        lock (gate) lanes.Refuse(taken.Event.Function.Name, taken.Id, taken.Due, time.GetUtcNow());
        Tell();
    }

    /// <summary>How long an event of this function would wait if it were refused now.</summary>
    public TimeSpan WaitIfRefused(string function)
    {
        lock (gate) return lanes.WaitIfRefused(function);
    }

    /// <summary>The event is through, one way or the other.</summary>
    public async Task RemoveAsync(TakenEvent taken)
    {
        await database.WriteAsync(connection => Delete(connection, taken.Id));
        Interlocked.Decrement(ref events);
        Settle(taken);
    }

    /// <summary>The event is through, and another follows from it: both happen or neither does.</summary>
    public async Task ReplaceAsync(TakenEvent taken, QueuedEvent follower, ReadOnlyMemory<byte> payload)
    {
        var now = time.GetUtcNow();
        var id = await database.WriteAsync(connection =>
        {
            Delete(connection, taken.Id);
            return Insert(connection, follower, payload, now);
        });
        Settle(taken);
        Schedule(follower, id, now);
    }

    /// <summary>Gives up an event that could not be dealt with at all; it stays on disk for the next start.</summary>
    public void Abandon(string function)
    {
        lock (gate) lanes.Settle(function);
        Tell();
    }

    // The timer ends with the wait, lest one be left behind by every event that came earlier than expected.
    async Task WaitAsync(Task change, TimeSpan wait, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(change, Task.Delay(wait == Timeout.InfiniteTimeSpan || wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, over.Token));
        await over.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    void Schedule(QueuedEvent accepted, long id, DateTimeOffset due)
    {
        lock (gate) lanes.Add(accepted.Function.Name, id, due);
        Tell();
    }

    void Settle(TakenEvent taken)
    {
        lock (gate) lanes.Settle(taken.Event.Function.Name);
        Tell();
    }

    void Tell()
    {
        lock (gate)
        {
            changed.TrySetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    static long Insert(SqliteConnection connection, QueuedEvent accepted, ReadOnlyMemory<byte> payload, DateTimeOffset due) => connection.One(
        "INSERT INTO events (due, event, payload, function) VALUES ($1, $2, $3, $4) RETURNING id", row => row.GetInt64(0),
        due.ToUnixTimeMilliseconds(), Serialize(accepted), payload.ToArray(), accepted.Function.Name);

    static void Delete(SqliteConnection connection, long id) => connection.Run("DELETE FROM events WHERE id = $1", id);

    static string Serialize(QueuedEvent accepted) => JsonSerializer.Serialize(accepted, QueuedEventJson.Default.QueuedEvent);

    static QueuedEvent Deserialize(string json) => JsonSerializer.Deserialize(json, QueuedEventJson.Default.QueuedEvent)!;
}

/// <summary>An event whose turn has come; still on disk until it is removed.</summary>
/// <param name="Due">When it was to run; its place in the queue if it is put back unrun.</param>
public sealed record TakenEvent(long Id, DateTimeOffset Due, QueuedEvent Event, ReadOnlyMemory<byte> Payload);
