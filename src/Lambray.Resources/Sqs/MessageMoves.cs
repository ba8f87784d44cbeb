using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.Messaging;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Sqs;

/// <summary>The tasks that move messages out of dead-letter queues; those at work when the server ends go on at its next start.</summary>
public sealed partial class MessageMoves : IAsyncDisposable
{
    const int AtOnce = 100;
    const int KeptMax = 10;
    const int RateMax = 500;

    readonly Lock gate = new();
    readonly Dictionary<Guid, MoveTask> tasks = [];
    readonly CancellationTokenSource stop = new();
    readonly List<Task> atWork = [];
    readonly QueueDirectory queues;
    readonly MessagingDatabase database;
    readonly AwsHome home;
    readonly TimeProvider time;
    readonly ILogger logger;

    internal MessageMoves(QueueDirectory queues, MessagingDatabase database, AwsHome home, TimeProvider time, ILogger logger)
    {
        (this.queues, this.database, this.home, this.time, this.logger) = (queues, database, home, time, logger);
        using var cursor = database.Rocks.Walk(database.Moves, [], [.. Enumerable.Repeat<byte>(0xff, 17)]);
        while (cursor.MoveNext()) Put(JsonSerializer.Deserialize(cursor.Value, SqsStoreJson.Default.MoveTask)!);
        foreach (var task in tasks.Values.Where(task => task.IsAtWork)) atWork.Add(RunAsync(task.Id));
    }

    /// <exception cref="AwsException">The source is no dead-letter queue, the destination is not there, or a task is at work already.</exception>
    public async Task<MoveTask> StartAsync(string? source, string? destination, int? rate)
    {
        var queue = RequireSource(source);
        if (!queues.SourcesOf(queue).Any()) throw SqsErrors.InvalidValue("Source queue must be configured as a Dead Letter Queue.");
        if (rate is < 1 or > RateMax)
            throw SqsErrors.InvalidValue(rate, "MaxNumberOfMessagesPerSecond", $"Must be between 1 and {RateMax}, if provided.");
        if (destination is not null)
        {
            if (!Arn.TryParse(destination, out var arn) || queues.Find(arn) is not { } to)
                throw SqsErrors.ResourceNotFound("The resource that you specified for the DestinationArn parameter doesn't exist.");
            if (to.Config.IsFifo != queue.Config.IsFifo) throw SqsErrors.InvalidValue("The destination must be of the same type as the source queue.");
            if (to == queue) throw SqsErrors.InvalidValue("The source and the destination are the same queue.");
        }
        var task = new MoveTask(Guid.NewGuid(), source!, destination, rate, time.GetUtcNow(), MoveStatus.Running, 0, queue.Counts().Visible, null);
        lock (gate)
        {
            if (tasks.Values.Any(other => other.Source == source && other.IsAtWork))
                throw SqsErrors.Unsupported("There is already a task running. Only one active task is allowed for a source queue arn at a given time.");
            tasks[task.Id] = task;
        }
        await SaveAsync(task);
        lock (gate) atWork.Add(RunAsync(task.Id));
        return task;
    }

    /// <summary>Asks a task to end; what it has moved stays moved.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException: it is not there or not at work.</exception>
    public async Task<MoveTask> CancelAsync(string? handle)
    {
        MoveTask cancelled;
        lock (gate)
        {
            var task = tasks.Values.FirstOrDefault(task => task.Handle == handle) ?? throw SqsErrors.ResourceNotFound("Task does not exist.");
            if (task.Status != MoveStatus.Running) throw SqsErrors.Unsupported("Only active tasks can be cancelled.");
            tasks[task.Id] = cancelled = task with { Status = MoveStatus.Cancelling };
        }
        await SaveAsync(cancelled);
        return cancelled;
    }

    /// <summary>The latest first, ten at most.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException: there is no such queue.</exception>
    public IReadOnlyList<MoveTask> List(string? source, int most)
    {
        RequireSource(source);
        lock (gate) return [.. tasks.Values.Where(task => task.Source == source).OrderByDescending(task => task.Started).Take(most)];
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Task[] last;
        lock (gate) last = [.. atWork];
        await Task.WhenAll(last);
        stop.Dispose();
    }

    MessageQueue RequireSource(string? source)
    {
        if (source is null) throw SqsErrors.Missing("SourceArn");
        if (!Arn.TryParse(source, out var arn)) throw SqsErrors.InvalidValue("You must use this format to specify the SourceArn: arn:<partition>:<service>:<region>:<account-id>:<resource-id>");
        return queues.Find(arn) ?? throw SqsErrors.ResourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    }

    async Task RunAsync(Guid id)
    {
        await Task.Yield();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var task = Get(id);
                if (task.Status == MoveStatus.Cancelling)
                {
                    await EndAsync(task with { Status = MoveStatus.Cancelled });
                    return;
                }
                var moved = await MoveAsync(task);
                if (moved == 0)
                {
                    await EndAsync(Get(id) with { Status = MoveStatus.Completed });
                    return;
                }
                lock (gate) tasks[id] = tasks[id] with { Moved = tasks[id].Moved + moved };
                if (task.Rate is { } rate) await Task.Delay(TimeSpan.FromSeconds((double)moved / rate), time, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It is on disk as running, and goes on at the next start.
        }
        // The task says why it ended.
        catch (Exception error)
        {
            LogFailed(Get(id).Source, error);
            await EndAsync(Get(id) with { Status = MoveStatus.Failed, FailureReason = error is AwsException { Code: var code } ? code : "CouldNotMoveMessage" });
        }
    }

    async Task<int> MoveAsync(MoveTask task)
    {
        _ = Arn.TryParse(task.Source, out var sourceArn);
        var source = queues.Find(sourceArn) ?? throw new AwsException("AWS.SimpleQueueService.NonExistentQueue", 400, "The source queue is gone.");
        var taken = source.TakeAway(task.Rate is { } rate ? Math.Min(rate, AtOnce) : AtOnce);
        var left = taken.ToList();
        try
        {
            foreach (var together in taken.GroupBy(message => task.Destination ?? message.Message.DeadLetterSource))
            {
                var target = Arn.TryParse(together.Key, out var arn) ? queues.Find(arn) : null;
                if (target is null) throw new AwsException("CouldNotDetermineMessageSource", 400, "The queue that a message came from is not known, or gone.");
                await target.MoveInAsync(source, [.. together], deadLetterSource: null);
                left.RemoveAll(message => together.Contains(message));
            }
            return taken.Count;
        }
        finally
        {
            source.PutBack(left);
        }
    }

    MoveTask Get(Guid id)
    {
        lock (gate) return tasks[id];
    }

    void Put(MoveTask task) => tasks[task.Id] = task;

    Task EndAsync(MoveTask task)
    {
        List<MoveTask> old;
        lock (gate)
        {
            Put(task);
            old = [.. tasks.Values.Where(other => other.Source == task.Source && !other.IsAtWork).OrderByDescending(other => other.Started).Skip(KeptMax)];
            old.ForEach(other => tasks.Remove(other.Id));
        }
        old.ForEach(other => _ = database.Writes.CommitAsync(batch => batch.Delete(database.Moves, other.Id.ToByteArray()), isSynced: false));
        return SaveAsync(task);
    }

    Task SaveAsync(MoveTask task)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(task, SqsStoreJson.Default.MoveTask);
        return database.Writes.CommitAsync(batch => batch.Put(database.Moves, task.Id.ToByteArray(), json), isSynced: true);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Moving messages out of {Queue} ended with an error")]
    partial void LogFailed(string queue, Exception error);
}
