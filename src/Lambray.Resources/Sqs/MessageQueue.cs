using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.Sqs;

/// <summary>A living queue: what is sent is on disk before the sender knows, what is received stays hidden as long as its receiver was promised.</summary>
/// <remarks>Changes are made under one lock and take their turn to the disk there, so that memory (<see cref="QueueContents"/>) and disk see them in one order.</remarks>
public sealed class MessageQueue : IDisposable
{
    const int InFlightMax = 120_000;

    readonly Lock gate = new();
    readonly DurableWrites writes;
    readonly MessageTable table;
    readonly TimeProvider time;
    readonly QueueMetrics metrics;
    readonly QueueContents contents;
    readonly Deduplication deduplication = new();
    readonly ReceiveAttempts attempts = new();
    readonly Receivers receivers;
    readonly Action<MessageQueue, IReadOnlyList<DeadMessage>> bury;
    DateTimeOffset purged = DateTimeOffset.MinValue;
    bool isDeleted;

    /// <param name="bury">Takes messages that were received too often to the queue that is named for them.</param>
    internal MessageQueue(
        MessagingDatabase database, QueueConfig config, TimeProvider time, QueueMetrics metrics, Action<MessageQueue, IReadOnlyList<DeadMessage>> bury)
    {
        (Config, writes, this.time, this.metrics, this.bury) = (config, database.Writes, time, metrics, bury);
        table = new MessageTable(database, config.Number);
        contents = new QueueContents(table, config.IsFifo);
        receivers = new Receivers(time, Ring);
        foreach (var (digest, duplicate) in table.Duplicates()) deduplication.Add(digest, duplicate, Task.CompletedTask);
        contents.ShowVisible(time.GetUtcNow());
    }

    public QueueConfig Config { get; internal set; }

    /// <summary>How many messages can be received, are in flight, and are delayed.</summary>
    public (long Visible, long InFlight, long Delayed) Counts()
    {
        lock (gate)
        {
            ShowVisibleUnsynchronized(time.GetUtcNow());
            return contents.Counts;
        }
    }

    /// <summary>Sends messages that are in order; when the task completes they are on disk. Their order is that of the calls.</summary>
    /// <exception cref="AwsException">The queue is no more, or the disk is too far behind.</exception>
    public async Task<IReadOnlyList<SentMessage>> SendAsync(IReadOnlyList<NewMessage> messages)
    {
        var now = time.GetUtcNow();
        var stored = messages.Select(message => new StoredMessage
        {
            Id = Guid.NewGuid(),
            Sent = now,
            SenderId = message.SenderId,
            Body = message.Body,
            Attributes = message.Attributes,
            TraceHeader = message.TraceHeader,
            GroupId = message.GroupId,
            DeduplicationId = message.DeduplicationId ?? (Config.DeduplicatesByContent ? Deduplication.IdOf(message.Body) : null),
        });
        var sent = await AddAsync(new SendTurn([.. stored], [.. messages.Select(message => message.Delay ?? Config.Delay)], Config.IsFifo ? DigestOf : null), now);
        metrics.Sent(messages);
        return sent;
    }

    /// <summary>Receives up to so many messages, waiting for the first of them if there is none.</summary>
    /// <exception cref="AwsException">The queue is no more, or too many messages are in flight.</exception>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int most, TimeSpan visibility, TimeSpan wait, string? attemptId, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            LinkedListNode<TaskCompletionSource>? receiver = null;
            Receipt receipt;
            lock (gate)
            {
                RequireLivingUnsynchronized();
                receipt = TakeUnsynchronized(most, visibility, attemptId);
                if (receipt.Messages.Count == 0 && time.GetElapsedTime(started) < wait) receiver = receivers.Add();
                receivers.SetAlarm(contents.NextVisible);
            }
            if (receipt.Dead.Count > 0) bury(this, receipt.Dead);
            if (receiver is null)
            {
                await receipt.Written;
                metrics.Received(receipt.Messages.Count);
                return receipt.Messages;
            }
            if (!await WaitAsync(receiver, wait - time.GetElapsedTime(started), stop)) stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Deletes the message of a receipt; one that is gone already is as good as deleted.</summary>
    /// <exception cref="AwsException">ReceiptHandleIsInvalid; or, in a FIFO queue, the receipt has expired.</exception>
    public Task DeleteAsync(string? handle)
    {
        var receipt = RequireHandle(handle);
        lock (gate)
        {
            RequireLivingUnsynchronized();
            ShowVisibleUnsynchronized(time.GetUtcNow());
            var message = contents.Find(receipt.Sequence);
            if (Config.IsFifo && message is not null && (message.Receipt != receipt.Receipt || !message.IsHidden))
                throw SqsErrors.InvalidValue(handle, "ReceiptHandle", "The receipt handle has expired.");
            metrics.Deleted();
            return message is null ? Task.CompletedTask : DeleteUnsynchronized(message);
        }
    }

    /// <summary>Hides the message of a receipt from now on for so long; for no time, it can be received at once.</summary>
    /// <exception cref="AwsException">ReceiptHandleIsInvalid; or the message is not in flight, or would be for more than 12 hours.</exception>
    public Task ChangeVisibilityAsync(string? handle, TimeSpan visibility)
    {
        var receipt = RequireHandle(handle);
        lock (gate)
        {
            RequireLivingUnsynchronized();
            var now = time.GetUtcNow();
            ShowVisibleUnsynchronized(now);
            if (contents.Find(receipt.Sequence) is not { IsHidden: true, ReceiveCount: > 0 } message || message.Receipt != receipt.Receipt) throw SqsErrors.NotInflight(handle!);
            var changed = message with { VisibleAt = now + visibility };
            contents.Hide(changed);
            attempts.Forget(message.Sequence);
            ShowVisibleUnsynchronized(now);
            receivers.SetAlarm(contents.NextVisible);
            return writes.CommitAsync(batch => table.Put(batch, changed), isSynced: false);
        }
    }

    /// <summary>Deletes all messages, those in flight too.</summary>
    /// <exception cref="AwsException">PurgeQueueInProgress: it was purged less than a minute ago.</exception>
    public Task PurgeAsync()
    {
        lock (gate)
        {
            RequireLivingUnsynchronized();
            var now = time.GetUtcNow();
            if (now - purged < TimeSpan.FromMinutes(1))
                throw new AwsException("PurgeQueueInProgress", 403, $"Only one PurgeQueue operation on {Config.Name} is allowed every 60 seconds.");
            purged = now;
            attempts.Clear();
            var before = contents.Purge();
            return writes.CommitAsync(batch => table.DeleteAll(batch, before), isSynced: true);
        }
    }

    /// <summary>Takes messages that can be received out of the queue, to be put elsewhere by the same write that deletes them here.</summary>
    internal IReadOnlyList<DeadMessage> TakeAway(int most)
    {
        lock (gate)
        {
            RequireLivingUnsynchronized();
            var now = time.GetUtcNow();
            ShowVisibleUnsynchronized(now);
            var taken = new List<DeadMessage>();
            while (taken.Count < most && NextUnsynchronized(now) is { } message) taken.Add(LetGoUnsynchronized(message));
            contents.EndReceipt();
            return taken;
        }
    }

    /// <summary>Puts messages of another queue into this one; the write that does so deletes them there.</summary>
    internal Task MoveInAsync(MessageQueue source, IReadOnlyList<DeadMessage> messages, string? deadLetterSource)
    {
        var now = time.GetUtcNow();
        var moved = messages.Select(dead => dead.Message with
        {
            // A FIFO queue counts a message's age anew; in a standard one it goes on.
            Sent = Config.IsFifo ? now : dead.Message.Sent,
            DeadLetterSource = deadLetterSource,
        });
        var turn = new SendTurn([.. moved], [.. messages.Select(_ => TimeSpan.Zero)], digestOf: null);
        return AddAsync(turn, now, batch => source.DeleteFrom(batch, messages), () => source.Gone(messages.Select(dead => dead.Message.Sequence)));
    }

    /// <summary>Messages that were taken away, and that nobody could have, are received again.</summary>
    internal void PutBack(IReadOnlyList<DeadMessage> messages)
    {
        lock (gate)
        {
            if (isDeleted) return;
            foreach (var dead in messages) contents.Keep(dead.Known with { VisibleAt = time.GetUtcNow() + Config.VisibilityTimeout, IsHidden = true });
            receivers.SetAlarm(contents.NextVisible);
        }
    }

    /// <summary>Each minute: deletes what has been kept for as long as it was to be, and counts what is left.</summary>
    internal void Sweep()
    {
        lock (gate)
        {
            if (isDeleted) return;
            var now = time.GetUtcNow();
            ShowVisibleUnsynchronized(now);
            var (expired, oldestSent) = contents.TakeExpired(now, Config.Retention);
            if (expired.Count > 0) _ = DeleteUnsynchronized(expired, isSynced: false);
            metrics.Counted(contents.Counts, oldestSent is { } sent ? now - sent : TimeSpan.Zero);
        }
    }

    /// <summary>Ends the queue: receivers are told that it is no more.</summary>
    internal Task DeleteQueueAsync(Action<RocksBatch> alongside)
    {
        lock (gate)
        {
            RequireLivingUnsynchronized();
            isDeleted = true;
            contents.Clear();
            receivers.Wake(int.MaxValue);
            return writes.CommitAsync(
                batch =>
                {
                    table.Drop(batch);
                    alongside(batch);
                },
                isSynced: true);
        }
    }

    public void Dispose() => receivers.Dispose();

    UInt128 DigestOf(StoredMessage message) => Deduplication.DigestOf(message.DeduplicationId!, Config.DeduplicatesByGroup ? message.GroupId : null);

    /// <param name="alongside">What is written in the same step.</param>
    Task<IReadOnlyList<SentMessage>> AddAsync(SendTurn turn, DateTimeOffset now, Action<RocksBatch>? alongside = null, Action? committed = null)
    {
        if (!writes.HasRoom) throw SqsErrors.Throttled();
        lock (gate)
        {
            RequireLivingUnsynchronized();
            turn.Place(contents, deduplication, Config.IsFifo, now);
            if (turn.Added.Count > 0)
                turn.WaitFor(ConfirmAsync(turn, writes.CommitAsync(
                    batch =>
                    {
                        turn.Write(batch, table);
                        alongside?.Invoke(batch);
                    },
                    isSynced: true,
                    () =>
                    {
                        Show(turn.Added);
                        committed?.Invoke();
                    })));
        }
        return turn.AnswerAsync();
    }

    async Task ConfirmAsync(SendTurn turn, Task commit)
    {
        try
        {
            await commit;
            turn.Succeed();
        }
        catch (Exception error)
        {
            lock (gate) turn.TakeBack(contents, deduplication, error);
            throw;
        }
    }

    // What was sent is on disk now and may be received.
    void Show(IReadOnlyList<AddedMessage> added)
    {
        lock (gate)
        {
            if (isDeleted) return;
            var shown = contents.Show(added);
            receivers.Wake(shown);
            if (shown < added.Count) receivers.SetAlarm(contents.NextVisible);
        }
    }

    Receipt TakeUnsynchronized(int most, TimeSpan visibility, string? attemptId)
    {
        var now = time.GetUtcNow();
        ShowVisibleUnsynchronized(now);
        if (attemptId is not null && attempts.Find(attemptId, now) is { } former) return TakeAgainUnsynchronized(former, now + visibility);
        if (contents.InFlight >= InFlightMax)
            throw SqsErrors.OverLimit($"Too many messages are in flight: {InFlightMax} of this queue have been received and not been deleted.");
        var taken = new List<ReceivedMessage>();
        var dead = new List<DeadMessage>();
        var hidden = new List<HeldMessage>();
        while (taken.Count < most && NextUnsynchronized(now) is { } message)
        {
            var known = contents.Known(message);
            if (Config.Redrive is { } redrive && known.ReceiveCount >= redrive.MaxReceiveCount)
            {
                dead.Add(LetGoUnsynchronized(message));
                continue;
            }
            var received = new HeldMessage(
                message.Sequence, now + visibility, known.ReceiveCount + 1, known.ReceiveCount == 0 ? now : known.FirstReceived, Random.Shared.NextInt64(), message.GroupId);
            contents.Give(received);
            hidden.Add(received);
            taken.Add(Received(message, received));
        }
        contents.EndReceipt();
        if (taken.Count > 0 && attemptId is not null) attempts.Add(attemptId, taken, now);
        // Receiving with no timeout at all leaves the messages where they are.
        if (visibility == TimeSpan.Zero) ShowVisibleUnsynchronized(now);
        return new Receipt(taken, dead, hidden.Count == 0 ? Task.CompletedTask : HideOnDisk(hidden));
    }

    // The answer to this attempt was lost on its way: the same messages once more.
    Receipt TakeAgainUnsynchronized(IReadOnlyList<ReceivedMessage> former, DateTimeOffset visibleAt)
    {
        var hidden = new List<HeldMessage>();
        foreach (var message in former)
            if (contents.Find(message.Message.Sequence) is { IsHidden: true } known) hidden.Add(known with { VisibleAt = visibleAt });
        hidden.ForEach(contents.Hide);
        return new Receipt([.. former.Where(message => hidden.Exists(known => known.Sequence == message.Message.Sequence))], [], HideOnDisk(hidden));
    }

    Task HideOnDisk(List<HeldMessage> hidden) => writes.CommitAsync(batch => hidden.ForEach(message => table.Put(batch, message)), isSynced: false);

    // Passes over what has been kept too long.
    StoredMessage? NextUnsynchronized(DateTimeOffset now)
    {
        while (contents.Next() is { } message)
        {
            if (message.Sent + Config.Retention > now) return message;
            attempts.Forget(message.Sequence);
            contents.LetGo(message.Sequence);
            _ = DeleteUnsynchronized([message.Sequence], isSynced: false);
        }
        return null;
    }

    void ShowVisibleUnsynchronized(DateTimeOffset now) => receivers.Wake(contents.ShowVisible(now));

    DeadMessage LetGoUnsynchronized(StoredMessage message)
    {
        var dead = new DeadMessage(message, contents.Known(message));
        contents.LetGo(message.Sequence);
        return dead;
    }

    Task DeleteUnsynchronized(HeldMessage message)
    {
        attempts.Forget(message.Sequence);
        if (message is { IsHidden: true, ReceiveCount: > 0 })
        {
            contents.LetGo(message);
            if (Config.IsFifo) receivers.Wake(1);
        }
        else contents.LetGo(message.Sequence);
        return DeleteUnsynchronized([message.Sequence], isSynced: true);
    }

    Task DeleteUnsynchronized(IReadOnlyList<long> letGo, bool isSynced) => writes.CommitAsync(
        batch =>
        {
            foreach (var sequence in letGo) table.Delete(batch, sequence);
        },
        isSynced, () => Gone(letGo));

    void DeleteFrom(RocksBatch batch, IReadOnlyList<DeadMessage> messages)
    {
        foreach (var dead in messages) table.Delete(batch, dead.Message.Sequence);
    }

    void Gone(IEnumerable<long> sequences)
    {
        lock (gate)
        {
            foreach (var sequence in sequences) contents.Gone(sequence);
        }
    }

    async Task<bool> WaitAsync(LinkedListNode<TaskCompletionSource> receiver, TimeSpan wait, CancellationToken stop)
    {
        if (await receivers.WaitAsync(receiver, wait, stop)) return true;
        lock (gate) receivers.Leave(receiver);
        return false;
    }

    void Ring()
    {
        lock (gate)
        {
            receivers.AlarmRang();
            if (isDeleted) return;
            ShowVisibleUnsynchronized(time.GetUtcNow());
            receivers.SetAlarm(contents.NextVisible);
        }
    }

    ReceiptHandle RequireHandle(string? handle)
    {
        if (handle is null) throw SqsErrors.Missing("ReceiptHandle");
        return ReceiptHandle.TryParse(handle, out var receipt) && receipt.Queue == Config.Number ? receipt : throw SqsErrors.UnknownHandle(handle);
    }

    void RequireLivingUnsynchronized()
    {
        if (isDeleted) throw SqsErrors.QueueDoesNotExist();
    }

    ReceivedMessage Received(StoredMessage message, HeldMessage known) =>
        new(message, new ReceiptHandle(Config.Number, message.Sequence, known.Receipt).ToString(), known.ReceiveCount, known.FirstReceived);

    sealed record Receipt(IReadOnlyList<ReceivedMessage> Messages, IReadOnlyList<DeadMessage> Dead, Task Written);
}

/// <summary>A message that has been taken out of its queue, and lies there on disk until it lies elsewhere.</summary>
sealed record DeadMessage(StoredMessage Message, HeldMessage Known);
