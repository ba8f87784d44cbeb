using Lambray.Storage.Rocks;

namespace Lambray.Resources.Sqs;

/// <summary>Messages that are sent together: each gets its place in the queue, or is found to be a duplicate; then all are written at once.</summary>
/// <param name="digestOf">Null for messages that nobody may have sent before.</param>
sealed class SendTurn(StoredMessage[] messages, TimeSpan[] delays, Func<StoredMessage, UInt128>? digestOf)
{
    readonly byte[][] bytes = [.. messages.Select(message => message.ToBytes())];
    readonly SentMessage[] answers = new SentMessage[messages.Length];
    readonly List<AddedMessage> added = new(messages.Length);
    readonly List<(UInt128 Digest, Duplicate Duplicate)> firsts = [];
    readonly TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<Task> waits = new(1);
    List<UInt128> expired = [];

    /// <summary>Those that were not sent before.</summary>
    public IReadOnlyList<AddedMessage> Added => added;

    /// <summary>Under the queue's lock: the order of these calls is that of the messages.</summary>
    public void Place(QueueContents contents, Deduplication deduplication, bool isFifo, DateTimeOffset now)
    {
        if (isFifo) expired = deduplication.TakeExpired(now);
        for (var i = 0; i < messages.Length; i++)
        {
            var digest = digestOf?.Invoke(messages[i]);
            if (digest is { } sent && deduplication.Find(sent, now, out var first) is { } duplicate)
            {
                answers[i] = new SentMessage(duplicate.MessageId, Messaging.FifoNumber.Of(duplicate.Sequence));
                if (first != written.Task) waits.Add(first);
                continue;
            }
            var message = messages[i] with { Sequence = contents.TakeNumber() };
            var delayed = delays[i] > TimeSpan.Zero ? new HeldMessage(message.Sequence, now + delays[i], 0, default, 0, message.GroupId) : null;
            if (delayed is not null) contents.Delay(delayed);
            added.Add(new AddedMessage(message, bytes[i], delayed));
            answers[i] = new SentMessage(message.Id, isFifo ? Messaging.FifoNumber.Of(message.Sequence) : null);
            if (digest is not { } fresh) continue;
            firsts.Add((fresh, new Duplicate(message.Id, message.Sequence, now + Deduplication.Interval)));
            deduplication.Add(fresh, firsts[^1].Duplicate, written.Task);
        }
    }

    public void Write(RocksBatch batch, MessageTable table)
    {
        foreach (var (message, content, delayed) in added)
        {
            table.Put(batch, message.Sequence, content);
            if (delayed is not null) table.Put(batch, delayed);
        }
        foreach (var (digest, duplicate) in firsts) table.Put(batch, digest, duplicate);
        foreach (var digest in expired) table.Delete(batch, digest);
    }

    /// <summary>The answers wait for this too.</summary>
    public void WaitFor(Task write) => waits.Add(write);

    /// <summary>It is on disk: those who sent the same may be answered.</summary>
    public void Succeed() => written.SetResult();

    /// <summary>Nothing came to be of it; under the queue's lock.</summary>
    public void TakeBack(QueueContents contents, Deduplication deduplication, Exception error)
    {
        foreach (var (message, _, delayed) in added)
            if (delayed is not null) contents.Undelay(message.Sequence);
        foreach (var (digest, _) in firsts) deduplication.Remove(digest);
        written.SetException(error);
    }

    /// <summary>What the senders are told, once it is true.</summary>
    public async Task<IReadOnlyList<SentMessage>> AnswerAsync()
    {
        foreach (var wait in waits) await wait;
        return answers;
    }
}
