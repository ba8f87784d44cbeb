using System.Text.Json;
using Lambray.Functions.Registry;
using Lambray.Storage;

namespace Lambray.Functions.Invocation;

/// <summary>The durable queue of asynchronous events: on disk before they are acknowledged, there until they are through.</summary>
/// <remarks>In memory are only ids and due times; an event's payload is read when its turn comes.</remarks>
public sealed class EventQueue
{
    const int EventsMax = 100_000;

    readonly SqliteDatabase database;
    readonly TimeProvider time;
    readonly Lock gate = new();
    readonly PriorityQueue<long, DateTimeOffset> due = new();
    TaskCompletionSource added = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int events;

    public EventQueue(SqliteDatabase database, TimeProvider time)
    {
        (this.database, this.time) = (database, time);
        var waiting = database.Read(connection => connection.All("SELECT id, due FROM events ORDER BY id", row => (row.GetInt64(0), row.GetInt64(1))));
        foreach (var (id, dueAt) in waiting) due.Enqueue(id, DateTimeOffset.FromUnixTimeMilliseconds(dueAt));
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
        var dueAt = time.GetUtcNow();
        var id = await database.WriteAsync(connection => connection.One(
            "INSERT INTO events (due, event, payload) VALUES ($1, $2, $3) RETURNING id", row => row.GetInt64(0),
            dueAt.ToUnixTimeMilliseconds(), Serialize(accepted), payload.ToArray()));
        Schedule(id, dueAt);
    }

    /// <summary>All that wait, in the order accepted; for the start after a crash.</summary>
    public IReadOnlyList<QueuedEvent> List() =>
        database.Read(connection => connection.All("SELECT event FROM events ORDER BY id", row => Deserialize(row.GetString(0))));

    /// <summary>Waits for the next event whose time has come.</summary>
    public async Task<TakenEvent> TakeAsync(CancellationToken stop)
    {
        while (true)
        {
            TimeSpan wait;
            Task earlier;
            lock (gate)
            {
                if (due.TryPeek(out var id, out var dueAt) && dueAt <= time.GetUtcNow())
                {
                    due.Dequeue();
                    return Load(id);
                }
                wait = due.Count == 0 ? Timeout.InfiniteTimeSpan : dueAt - time.GetUtcNow();
                earlier = added.Task;
            }
            await WaitAsync(earlier, wait, stop);
        }
    }

    /// <summary>Puts an event back until its time comes again.</summary>
    public async Task RetryAsync(TakenEvent taken, QueuedEvent changed, TimeSpan wait)
    {
        var dueAt = time.GetUtcNow() + wait;
        await database.WriteAsync(connection => connection.Run(
            "UPDATE events SET due = $1, event = $2 WHERE id = $3", dueAt.ToUnixTimeMilliseconds(), Serialize(changed), taken.Id));
        Schedule(taken.Id, dueAt);
    }

    /// <summary>The event is through, one way or the other.</summary>
    public async Task RemoveAsync(TakenEvent taken)
    {
        await database.WriteAsync(connection => connection.Run("DELETE FROM events WHERE id = $1", taken.Id));
        Interlocked.Decrement(ref events);
    }

    // The timer ends with the wait, lest one be left behind by every event that came earlier than expected.
    async Task WaitAsync(Task earlier, TimeSpan wait, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(earlier, Task.Delay(wait, time, over.Token));
        await over.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    TakenEvent Load(long id) => database.Read(connection => connection.One(
        "SELECT event, payload FROM events WHERE id = $1", row => new TakenEvent(id, Deserialize(row.GetString(0)), row.GetFieldValue<byte[]>(1)), id))!;

    void Schedule(long id, DateTimeOffset dueAt)
    {
        lock (gate)
        {
            due.Enqueue(id, dueAt);
            added.TrySetResult();
            added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    static string Serialize(QueuedEvent accepted) => JsonSerializer.Serialize(accepted, QueuedEventJson.Default.QueuedEvent);

    static QueuedEvent Deserialize(string json) => JsonSerializer.Deserialize(json, QueuedEventJson.Default.QueuedEvent)!;
}

/// <summary>An event whose turn has come; still on disk until it is removed.</summary>
public sealed record TakenEvent(long Id, QueuedEvent Event, ReadOnlyMemory<byte> Payload);
