using Lambray.Aws;
using Lambray.Storage;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.S3.Notifications;

/// <summary>Delivers what waits to be delivered, also after a crash, and tries again what fails.</summary>
/// <remarks>S3 promises each event at least once, in no order; the sequencer in it tells which of two came later.</remarks>
public sealed partial class NotificationDelivery : IDisposable
{
    const int ConcurrentMax = 32;
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(5);
    const int DoublingsMax = 10;

    // S3 says that most events come within seconds and gives no limit; a target that has been gone for a day is gone.
    static readonly TimeSpan AgeMax = TimeSpan.FromDays(1);

    readonly SqliteDatabase database;
    readonly Dictionary<string, INotificationTarget> byService;
    readonly BucketTraces traces;
    readonly TimeProvider time;
    readonly ILogger logger;
    readonly CancellationTokenSource stop = new();
    readonly SemaphoreSlim wake = new(0);
    readonly Lock gate = new();
    readonly HashSet<long> taken = [];
    int running;
    Task? dispatching;

    public NotificationDelivery(
        SqliteDatabase database, ObjectChanges changes, IEnumerable<INotificationTarget> targets, BucketTraces traces, TimeProvider time, ILogger<NotificationDelivery> logger)
    {
        (this.database, this.traces, this.time, this.logger) = (database, traces, time, logger);
        byService = targets.ToDictionary(target => target.Service);
        changes.Notified += Wake;
    }

    public void Start() => dispatching = DispatchAsync();

    /// <summary>Begins no more deliveries, and waits for those that are under way.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        if (dispatching is not null) await dispatching;
        // Each tells when it is through.
        while (Volatile.Read(ref running) > 0) await wake.WaitAsync();
    }

    public void Dispose()
    {
        stop.Dispose();
        wake.Dispose();
    }

    async Task DispatchAsync()
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                var now = time.GetUtcNow();
                foreach (var waiting in Take(now)) _ = RunAsync(waiting);
                await WaitAsync(database.Read(connection => NotificationRows.NextDue(connection, now)) - now);
            }
        }
        catch (OperationCanceledException)
        {
            // What was not delivered is on disk.
        }
    }

    List<WaitingNotification> Take(DateTimeOffset now)
    {
        lock (gate)
        {
            var free = ConcurrentMax - running;
            var due = free == 0 ? [] : database.Read(connection => NotificationRows.ListDue(connection, now, taken, free));
            foreach (var waiting in due) taken.Add(waiting.Id);
            running += due.Count;
            return due;
        }
    }

    /// <summary>Until something changes, or the time of the next one comes.</summary>
    async Task WaitAsync(TimeSpan? next)
    {
        using var timer = next is { } wait ? time.CreateTimer(_ => Wake(), null, wait, Timeout.InfiniteTimeSpan) : null;
        await wake.WaitAsync(stop.Token);
        // Of many that woke it, one is enough.
        while (wake.Wait(0))
        {
        }
    }

    async Task RunAsync(WaitingNotification waiting)
    {
        await Task.Yield();
        try
        {
            await DeliverAsync(waiting);
            lock (gate) taken.Remove(waiting.Id);
        }
        // Nobody waits for it: it stays on disk, and taken, until the next start.
        catch (Exception error)
        {
            LogStuck(waiting.Notification.Target.ToString(), error);
        }
        lock (gate) running--;
        Wake();
    }

    async Task DeliverAsync(WaitingNotification waiting)
    {
        var target = waiting.Notification.Target;
        try
        {
            if (!byService.TryGetValue(target.Service, out var service)) throw new AwsException("UnknownService", 404, $"The service '{target.Service}' is not here.");
            var (onward, end) = traces.Begin(waiting.Notification, waiting.Since);
            await service.Deliver(onward);
            end?.Invoke();
            await database.WriteAsync(connection => NotificationRows.Delete(connection, waiting.Id));
        }
        catch (AwsException error) when (error is { Status: < 500 and not 429 })
        {
            LogGivenUp(target.ToString(), waiting.Notification.Bucket.Resource, error);
            await database.WriteAsync(connection => NotificationRows.Delete(connection, waiting.Id));
        }
        catch (Exception error) when (error is AwsException or IOException or HttpRequestException or TimeoutException)
        {
            await PutBackAsync(waiting, error);
        }
    }

    async Task PutBackAsync(WaitingNotification waiting, Exception error)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(waiting.Attempts, DoublingsMax));
        var due = time.GetUtcNow() + (wait < WaitMax ? wait : WaitMax);
        if (due - waiting.Since > AgeMax)
        {
            LogGivenUp(waiting.Notification.Target.ToString(), waiting.Notification.Bucket.Resource, error);
            await database.WriteAsync(connection => NotificationRows.Delete(connection, waiting.Id));
            return;
        }
        LogFailed(waiting.Notification.Target.ToString(), waiting.Notification.Bucket.Resource, error);
        await database.WriteAsync(connection => NotificationRows.PutBack(connection, waiting.Id, due));
    }

    void Wake()
    {
        if (wake.CurrentCount == 0) wake.Release();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Target} was not told of an event in bucket {Bucket}; it is tried again")]
    partial void LogFailed(string target, string bucket, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Target} was not told of an event in bucket {Bucket}; it is given up")]
    partial void LogGivenUp(string target, string bucket, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A notification for {Target} could not be dealt with; it is kept until the next start")]
    partial void LogStuck(string target, Exception error);
}
