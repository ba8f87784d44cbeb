namespace Lambray.Resources.Sqs;

/// <summary>What attempts to receive from a FIFO queue were answered, for five minutes: whoever lost an answer gets it again. For one thread at a time.</summary>
sealed class ReceiveAttempts
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    readonly Dictionary<string, Attempt> byId = new(StringComparer.Ordinal);
    readonly Queue<(string Id, DateTimeOffset At)> inOrder = new();

    public void Add(string id, IReadOnlyList<ReceivedMessage> messages, DateTimeOffset now)
    {
        byId[id] = new Attempt(messages, now);
        inOrder.Enqueue((id, now));
    }

    public IReadOnlyList<ReceivedMessage>? Find(string id, DateTimeOffset now)
    {
        while (inOrder.TryPeek(out var oldest) && oldest.At + Interval <= now)
        {
            inOrder.Dequeue();
            if (byId.TryGetValue(oldest.Id, out var attempt) && attempt.At == oldest.At) byId.Remove(oldest.Id);
        }
        return byId.GetValueOrDefault(id)?.Messages;
    }

    /// <summary>A message was deleted, or its receiver changed how long it is hidden: the answer is no longer right.</summary>
    public void Forget(long sequence)
    {
        if (byId.Count == 0) return;
        foreach (var (id, attempt) in byId)
            if (attempt.Messages.Any(message => message.Message.Sequence == sequence)) byId.Remove(id);
    }

    public void Clear() => byId.Clear();

    sealed record Attempt(IReadOnlyList<ReceivedMessage> Messages, DateTimeOffset At);
}
