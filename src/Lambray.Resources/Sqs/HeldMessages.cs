namespace Lambray.Resources.Sqs;

/// <summary>The messages of a queue that are hidden for a while, or have been: delayed ones, and those that somebody has received.</summary>
/// <remarks>
/// What is here lies on disk too, as one small record beside each message, so that after a crash a message is hidden for as long as its
/// receiver was promised and has been received as often. For one thread at a time.
/// </remarks>
sealed class HeldMessages
{
    readonly Dictionary<long, HeldMessage> bySequence = [];

    // Of those that can be seen at the same moment, the older first.
    readonly PriorityQueue<long, (DateTimeOffset VisibleAt, long Sequence)> hidden = new();

    /// <summary>Hidden for having been received.</summary>
    public int InFlight { get; private set; }

    /// <summary>Hidden for having been sent with a delay.</summary>
    public int Delayed { get; private set; }

    public IReadOnlyCollection<HeldMessage> All => bySequence.Values;

    /// <summary>When the next hidden message can be seen; null when none is hidden.</summary>
    public DateTimeOffset? NextVisible => hidden.TryPeek(out _, out var next) ? next.VisibleAt : null;

    public HeldMessage? Find(long sequence) => bySequence.GetValueOrDefault(sequence);

    public bool Has(long sequence) => bySequence.ContainsKey(sequence);

    /// <summary>Hides a message until its time, in place of what was known of it.</summary>
    public void Hide(HeldMessage message)
    {
        Uncount(Find(message.Sequence));
        bySequence[message.Sequence] = message;
        Count(message, 1);
        hidden.Enqueue(message.Sequence, (message.VisibleAt, message.Sequence));
    }

    /// <summary>Forgets a message that is no more.</summary>
    /// <returns>What was known of it.</returns>
    public HeldMessage? Remove(long sequence)
    {
        if (!bySequence.Remove(sequence, out var message)) return null;
        Uncount(message);
        return message;
    }

    /// <summary>The messages whose time has come; each is given once.</summary>
    public IEnumerable<HeldMessage> TakeVisible(DateTimeOffset now)
    {
        while (hidden.TryPeek(out var sequence, out var next) && next.VisibleAt <= now)
        {
            hidden.Dequeue();
            // It may have been hidden anew since, or be gone.
            if (Find(sequence) is not { IsHidden: true } message || message.VisibleAt != next.VisibleAt) continue;
            Uncount(message);
            bySequence[sequence] = message = message with { IsHidden = false };
            yield return message;
        }
    }

    public void Clear()
    {
        bySequence.Clear();
        hidden.Clear();
        (InFlight, Delayed) = (0, 0);
    }

    void Uncount(HeldMessage? message)
    {
        if (message is { IsHidden: true }) Count(message, -1);
    }

    void Count(HeldMessage message, int by)
    {
        if (message.ReceiveCount > 0) InFlight += by;
        else Delayed += by;
    }
}

/// <summary>What is known of a message beside its content.</summary>
/// <param name="Receipt">Of the latest receipt; 0 before the first.</param>
/// <param name="GroupId">Of FIFO queues.</param>
sealed record HeldMessage(long Sequence, DateTimeOffset VisibleAt, int ReceiveCount, DateTimeOffset FirstReceived, long Receipt, string? GroupId)
{
    public bool IsHidden { get; init; } = true;

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(40);
        using var writer = new BinaryWriter(bytes);
        writer.Write(VisibleAt.ToUnixTimeMilliseconds());
        writer.Write(ReceiveCount);
        writer.Write(FirstReceived.ToUnixTimeMilliseconds());
        writer.Write(Receipt);
        Messaging.RecordBytes.WriteOptional(writer, GroupId);
        return bytes.ToArray();
    }

    public static HeldMessage Read(long sequence, ReadOnlySpan<byte> value)
    {
        using var reader = new BinaryReader(new MemoryStream(value.ToArray(), writable: false));
        return new HeldMessage(
            sequence, DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()), reader.ReadInt32(), DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
            reader.ReadInt64(), Messaging.RecordBytes.ReadOptional(reader));
    }
}
