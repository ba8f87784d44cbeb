using System.Globalization;
using Lambray.Aws;
using Lambray.Resources.Messaging;

namespace Lambray.Resources.Sqs;

/// <summary>A living queue: what is sent is on disk before the sender knows, what is received stays hidden as long as its receiver was promised.</summary>
/// <remarks>
/// Content lies on disk; in memory there is what is hidden or has been received (<see cref="HeldMessages"/>) and a stretch of what comes next
/// (<see cref="IMessageLine"/>), so that a queue of a million messages costs what one of ten does. Changes are made under one lock and take their turn to the disk there,
/// so that memory and disk see them in one order.
/// </remarks>
public sealed class MessageQueue : IDisposable
{
    const int InFlightMax = 120_000;

    // AWS's numbers have 20 digits, and only their order tells anything.
    const ulong FirstSequenceNumber = 10_000_000_000_000_000_000;

    readonly Lock gate = new();
    readonly DurableWrites writes;
    readonly MessageTable table;
    readonly TimeProvider time;
    readonly IMessageLine line;
    readonly HeldMessages held = new();
    readonly Deduplication deduplication = new();
    readonly ReceiveAttempts attempts = new();
    readonly Receivers receivers = new();
    readonly ITimer alarm;
    readonly Action<MessageQueue, IReadOnlyList<DeadMessage>> bury;
    DateTimeOffset alarmAt = DateTimeOffset.MaxValue;
    long next;
    long count;
    long lookedUpTo;
    long committedTo;
    long purgedBefore;
    long oldest;
    DateTimeOffset purged = DateTimeOffset.MinValue;
    bool isDeleted;

    /// <param name="bury">Takes messages that were received too often to the queue that is named for them.</param>
    internal MessageQueue(MessagingDatabase database, QueueConfig config, TimeProvider time, Action<MessageQueue, IReadOnlyList<DeadMessage>> bury)
    {
        (Config, writes, this.time, this.bury) = (config, database.Writes, time, bury);
        table = new MessageTable(database, config.Number);
        line = config.IsFifo ? new FifoLine() : new StandardLine();
        alarm = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Open();
    }

    public QueueConfig Config { get; internal set; }

    internal MessageTable Table => table;

    /// <summary>How many messages can be received, are in flight, and are delayed.</summary>
    public (long Visible, long InFlight, long Delayed) Counts()
    {
        lock (gate)
        {
            ShowVisibleUnsynchronized(time.GetUtcNow());
            return (Math.Max(0, count - held.InFlight - held.Delayed), held.InFlight, held.Delayed);
        }
    }

    /// <summary>Sends messages that are in order; when the task completes they are on disk. Their order is that of the calls.</summary>
    /// <exception cref="AwsException">The queue is no more, or the disk is too far behind.</exception>
    public Task<IReadOnlyList<SentMessage>> SendAsync(IReadOnlyList<NewMessage> messages)
    {
        var now = time.GetUtcNow();
        return AddAsync([.. messages.Select(message => new StoredMessage
        {
            Id = Guid.NewGuid(),
            Sent = now,
            SenderId = message.SenderId,
            Body = message.Body,
            Attributes = message.Attributes,
            TraceHeader = message.TraceHeader,
            GroupId = message.GroupId,
            DeduplicationId = message.DeduplicationId ?? (Config.DeduplicatesByContent ? Deduplication.IdOf(message.Body) : null),
        })], [.. messages.Select(message => message.Delay ?? Config.Delay)], now, alongside: null);
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
                SetAlarmUnsynchronized();
            }
            if (receipt.Dead.Count > 0) bury(this, receipt.Dead);
            if (receiver is null)
            {
                await receipt.Written;
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
            if (held.Find(receipt.Sequence) is not { } message) return Task.CompletedTask;
            if (Config.IsFifo && (message.Receipt != receipt.Receipt || !message.IsHidden))
                throw SqsErrors.InvalidValue(handle, "ReceiptHandle", "The receipt handle has expired.");
            return RemoveUnsynchronized(message, isSynced: true);
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
            if (held.Find(receipt.Sequence) is not { IsHidden: true, ReceiveCount: > 0 } message || message.Receipt != receipt.Receipt) throw SqsErrors.NotInflight(handle!);
            var changed = message with { VisibleAt = now + visibility };
            held.Hide(changed);
            attempts.Forget(message.Sequence);
            ShowVisibleUnsynchronized(now);
            SetAlarmUnsynchronized();
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
            (purged, purgedBefore, lookedUpTo, oldest, count) = (now, next, next, next, 0);
            line.Clear();
            held.Clear();
            attempts.Clear();
            var before = next;
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
            while (taken.Count < most && NextUnsynchronized(now) is { } message) taken.Add(ForgetUnsynchronized(message));
            line.EndReceipt();
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
        }).ToArray();
        return AddAsync(moved, [.. moved.Select(_ => TimeSpan.Zero)], now, batch =>
        {
            foreach (var dead in messages) source.table.Delete(batch, dead.Message.Sequence);
        }, deduplicates: false);
    }

    /// <summary>Messages that were taken away, and that nobody could have, are received again.</summary>
    internal void PutBack(IReadOnlyList<DeadMessage> messages)
    {
        lock (gate)
        {
            foreach (var dead in messages)
            {
                count++;
                held.Hide(dead.Known with { VisibleAt = time.GetUtcNow() + Config.VisibilityTimeout });
                if (dead.Known.ReceiveCount > 0) line.Hold(dead.Message.GroupId);
            }
            SetAlarmUnsynchronized();
        }
    }

    /// <summary>Deletes what has been kept for as long as it was to be.</summary>
    internal void DropExpired()
    {
        lock (gate)
        {
            if (isDeleted) return;
            var now = time.GetUtcNow();
            ShowVisibleUnsynchronized(now);
            var expired = table.From(oldest).TakeWhile(message => message.Sent + Config.Retention <= now).Select(message => message.Sequence).ToArray();
            oldest = table.From(expired.Length > 0 ? expired[^1] + 1 : oldest).FirstOrDefault()?.Sequence ?? committedTo;
            if (expired.Length == 0) return;
            foreach (var sequence in expired) held.Remove(sequence);
            count -= expired.Length;
            _ = writes.CommitAsync(batch => Array.ForEach(expired, sequence => table.Delete(batch, sequence)), isSynced: false);
            LineUpUnsynchronized();
        }
    }

    /// <summary>Ends the queue: receivers are told that it is no more.</summary>
    internal Task DeleteQueueAsync(Action<Storage.Rocks.RocksBatch> alongside)
    {
        lock (gate)
        {
            RequireLivingUnsynchronized();
            isDeleted = true;
            line.Clear();
            held.Clear();
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

    public void Dispose() => alarm.Dispose();

    void Open()
    {
        (next, count) = table.Open();
        committedTo = next;
        foreach (var known in table.Flights()) held.Hide(known);
        foreach (var (digest, duplicate) in table.Duplicates()) deduplication.Add(digest, duplicate, Task.CompletedTask);
        LineUpUnsynchronized();
        ShowVisibleUnsynchronized(time.GetUtcNow());
    }

    // The line as it follows from what is held; the rest is looked up when it is asked for.
    void LineUpUnsynchronized()
    {
        line.Clear();
        lookedUpTo = oldest;
        foreach (var known in held.All)
        {
            if (known.ReceiveCount > 0) line.Hold(known.GroupId);
            if (!known.IsHidden) line.Return(known);
        }
    }

    Task<IReadOnlyList<SentMessage>> AddAsync(
        StoredMessage[] messages, TimeSpan[] delays, DateTimeOffset now, Action<Storage.Rocks.RocksBatch>? alongside, bool deduplicates = true)
    {
        if (!writes.HasRoom) throw SqsErrors.Throttled();
        var bytes = messages.Select(message => message.ToBytes()).ToArray();
        var answers = new SentMessage[messages.Length];
        var added = new List<(StoredMessage Message, byte[] Bytes, HeldMessage? Delayed)>(messages.Length);
        var firsts = new List<(UInt128 Digest, Duplicate Duplicate)>();
        var waits = new List<Task>(1);
        var isFifo = Config.IsFifo;
        lock (gate)
        {
            RequireLivingUnsynchronized();
            var expired = isFifo ? deduplication.TakeExpired(now) : [];
            var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            for (var i = 0; i < messages.Length; i++)
            {
                var digest = isFifo && deduplicates ? Deduplication.DigestOf(messages[i].DeduplicationId!, Config.DeduplicatesByGroup ? messages[i].GroupId : null) : default;
                if (isFifo && deduplicates && deduplication.Find(digest, now, out var first) is { } duplicate)
                {
                    answers[i] = new SentMessage(duplicate.MessageId, NumberOf(duplicate.Sequence));
                    if (first != written.Task) waits.Add(first);
                    continue;
                }
                var message = messages[i] with { Sequence = next++ };
                var delayed = delays[i] > TimeSpan.Zero ? new HeldMessage(message.Sequence, now + delays[i], 0, default, 0, message.GroupId) : null;
                // Known as delayed before it can be seen on disk.
                if (delayed is not null) held.Hide(delayed);
                added.Add((message, bytes[i], delayed));
                answers[i] = new SentMessage(message.Id, isFifo ? NumberOf(message.Sequence) : null);
                if (!isFifo || !deduplicates) continue;
                firsts.Add((digest, new Duplicate(message.Id, message.Sequence, now + Deduplication.Interval)));
                deduplication.Add(digest, firsts[^1].Duplicate, written.Task);
            }
            if (added.Count > 0 || alongside is not null)
            {
                var commit = writes.CommitAsync(
                    batch =>
                    {
                        foreach (var (message, content, delayed) in added)
                        {
                            table.Put(batch, message.Sequence, content);
                            if (delayed is not null) table.Put(batch, delayed);
                        }
                        foreach (var (digest, duplicate) in firsts) table.Put(batch, digest, duplicate);
                        foreach (var digest in expired) table.Delete(batch, digest);
                        alongside?.Invoke(batch);
                    },
                    isSynced: true, () => Show(added));
                waits.Add(ConfirmAsync(commit, written, added, firsts));
            }
        }
        return AnswerAsync(waits, answers);
    }

    async Task ConfirmAsync(
        Task commit, TaskCompletionSource written, List<(StoredMessage Message, byte[] Bytes, HeldMessage? Delayed)> added, List<(UInt128 Digest, Duplicate Duplicate)> firsts)
    {
        try
        {
            await commit;
            written.SetResult();
        }
        catch (Exception error)
        {
            lock (gate)
            {
                foreach (var (message, _, delayed) in added)
                    if (delayed is not null) held.Remove(message.Sequence);
                foreach (var (digest, _) in firsts) deduplication.Remove(digest);
            }
            written.SetException(error);
            throw;
        }
    }

    static async Task<IReadOnlyList<SentMessage>> AnswerAsync(List<Task> waits, SentMessage[] answers)
    {
        foreach (var wait in waits) await wait;
        return answers;
    }

    // What was sent is on disk now and may be received.
    void Show(List<(StoredMessage Message, byte[] Bytes, HeldMessage? Delayed)> added)
    {
        lock (gate)
        {
            if (isDeleted || added.Count == 0) return;
            var isAtEnd = lookedUpTo >= committedTo;
            committedTo = Math.Max(committedTo, added[^1].Message.Sequence + 1);
            var shown = 0;
            foreach (var (message, _, delayed) in added)
            {
                if (message.Sequence < purgedBefore) continue;
                count++;
                if (delayed is not null || message.Sequence < lookedUpTo) continue;
                shown++;
                if (isAtEnd && line.HasRoom) line.Add(message);
                else isAtEnd = false;
                if (isAtEnd) lookedUpTo = message.Sequence + 1;
            }
            if (isAtEnd) lookedUpTo = Math.Max(lookedUpTo, committedTo);
            receivers.Wake(shown);
            if (shown < added.Count) SetAlarmUnsynchronized();
        }
    }

    Receipt TakeUnsynchronized(int most, TimeSpan visibility, string? attemptId)
    {
        var now = time.GetUtcNow();
        ShowVisibleUnsynchronized(now);
        if (attemptId is not null && attempts.Find(attemptId, now) is { } former) return TakeAgainUnsynchronized(former, now + visibility);
        if (held.InFlight >= InFlightMax)
            throw SqsErrors.OverLimit($"Too many messages are in flight: {InFlightMax} of this queue have been received and not been deleted.");
        var taken = new List<ReceivedMessage>();
        var dead = new List<DeadMessage>();
        var hidden = new List<HeldMessage>();
        while (taken.Count < most && NextUnsynchronized(now) is { } message)
        {
            var known = held.Find(message.Sequence) ?? Unheld(message);
            if (Config.Redrive is { } redrive && known.ReceiveCount >= redrive.MaxReceiveCount)
            {
                dead.Add(ForgetUnsynchronized(message));
                continue;
            }
            var received = new HeldMessage(
                message.Sequence, now + visibility, known.ReceiveCount + 1, known.ReceiveCount == 0 ? now : known.FirstReceived, Random.Shared.NextInt64(), message.GroupId);
            held.Hide(received);
            line.Hold(message.GroupId);
            hidden.Add(received);
            taken.Add(Received(message, received));
        }
        line.EndReceipt();
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
            if (held.Find(message.Message.Sequence) is { IsHidden: true } known) hidden.Add(known with { VisibleAt = visibleAt });
        hidden.ForEach(held.Hide);
        return new Receipt([.. former.Where(message => hidden.Exists(known => known.Sequence == message.Message.Sequence))], [], HideOnDisk(hidden));
    }

    Task HideOnDisk(List<HeldMessage> hidden) => writes.CommitAsync(batch => hidden.ForEach(message => table.Put(batch, message)), isSynced: false);

    // The next message that can be received: looked up on disk when the line is empty, passed over when it has been kept too long.
    StoredMessage? NextUnsynchronized(DateTimeOffset now)
    {
        while (true)
        {
            if (!line.TryNext(out var sequence, out var message))
            {
                if (!LookUpUnsynchronized()) return null;
                continue;
            }
            // What came back to a standard queue may have been deleted by an older receipt while it waited.
            if (message is null && !Config.IsFifo && !held.Has(sequence)) continue;
            message ??= table.Find(sequence);
            if (message is null) continue;
            if (message.Sent + Config.Retention > now) return message;
            _ = RemoveUnsynchronized((held.Find(sequence) ?? Unheld(message)) with { IsHidden = false }, isSynced: false, wasOut: false);
        }
    }

    bool LookUpUnsynchronized()
    {
        if (lookedUpTo >= committedTo || !line.HasRoom) return false;
        var before = line.Count;
        foreach (var message in table.From(lookedUpTo))
        {
            if (message.Sequence >= committedTo || !line.HasRoom) break;
            lookedUpTo = message.Sequence + 1;
            if (!held.Has(message.Sequence)) line.Add(message);
        }
        // Holes at the end are of messages that are held or gone.
        if (line.HasRoom) lookedUpTo = committedTo;
        return line.Count > before;
    }

    void ShowVisibleUnsynchronized(DateTimeOffset now)
    {
        var shown = 0;
        foreach (var message in held.TakeVisible(now))
        {
            line.Return(message);
            shown++;
        }
        receivers.Wake(shown);
    }

    DeadMessage ForgetUnsynchronized(StoredMessage message)
    {
        count--;
        return new DeadMessage(message, held.Remove(message.Sequence) ?? Unheld(message));
    }

    Task RemoveUnsynchronized(HeldMessage message, bool isSynced, bool? wasOut = null)
    {
        held.Remove(message.Sequence);
        count--;
        attempts.Forget(message.Sequence);
        if (wasOut ?? message is { IsHidden: true, ReceiveCount: > 0 })
        {
            line.Release(message.GroupId);
            if (Config.IsFifo) receivers.Wake(1);
        }
        return writes.CommitAsync(batch => table.Delete(batch, message.Sequence), isSynced);
    }

    async Task<bool> WaitAsync(LinkedListNode<TaskCompletionSource> receiver, TimeSpan wait, CancellationToken stop)
    {
        var limit = wait == TimeSpan.MaxValue || wait.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : wait;
        await receiver.Value.Task.WaitAsync(limit > TimeSpan.Zero || limit == Timeout.InfiniteTimeSpan ? limit : TimeSpan.Zero, time, stop)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (receiver.Value.Task.IsCompletedSuccessfully && !stop.IsCancellationRequested) return true;
        lock (gate) receivers.Leave(receiver);
        return false;
    }

    // Only somebody who waits needs to know when a message can be seen again.
    void SetAlarmUnsynchronized()
    {
        if (!receivers.Any || held.NextVisible is not { } at || at == alarmAt) return;
        alarmAt = at;
        var due = at - time.GetUtcNow();
        alarm.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    void Ring()
    {
        lock (gate)
        {
            alarmAt = DateTimeOffset.MaxValue;
            if (isDeleted) return;
            ShowVisibleUnsynchronized(time.GetUtcNow());
            SetAlarmUnsynchronized();
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

    static HeldMessage Unheld(StoredMessage message) => new(message.Sequence, default, 0, default, 0, message.GroupId) { IsHidden = false };

    /// <summary>As the API shows a message's place in a FIFO queue.</summary>
    public static string NumberOf(long sequence) => (FirstSequenceNumber + (ulong)sequence).ToString(CultureInfo.InvariantCulture);

    sealed record Receipt(IReadOnlyList<ReceivedMessage> Messages, IReadOnlyList<DeadMessage> Dead, Task Written);
}

/// <summary>A message that has been taken out of its queue, and lies there on disk until it lies elsewhere.</summary>
sealed record DeadMessage(StoredMessage Message, HeldMessage Known);
