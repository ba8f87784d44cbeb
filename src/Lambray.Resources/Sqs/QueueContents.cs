namespace Lambray.Resources.Sqs;

/// <summary>The messages of a queue: all of them on disk, in memory what is hidden or has been received, and a stretch of what comes next.</summary>
/// <remarks>
/// So a queue of a million messages costs what one of ten does. For one thread at a time.
/// <code>
/// sequence   17 …… 40 41 42 …… 90 91 92 …… 99
///            oldest          lookedUpTo    committedTo      next
/// line       17, 41              what lies in between and is not held; the rest is looked up on disk when it is asked for
/// held       40 (in flight)      what somebody received, or sent with a delay
/// leaving    42                  let go, and on disk until its deletion is written
/// </code>
/// </remarks>
sealed class QueueContents
{
    readonly MessageTable table;
    readonly IMessageLine line;
    readonly HeldMessages held = new();

    // Whoever looks on disk meanwhile must not find them: they would be received once more, or counted twice.
    readonly HashSet<long> leaving = [];

    long next;
    long count;
    long lookedUpTo;
    long committedTo;
    long purgedBefore;
    long oldest;

    /// <summary>With what an earlier server left on disk.</summary>
    public QueueContents(MessageTable table, bool isFifo)
    {
        this.table = table;
        line = isFifo ? new FifoLine() : new StandardLine();
        (next, count) = table.Open();
        committedTo = next;
        foreach (var known in table.Flights()) held.Hide(known);
        LineUp();
    }

    /// <summary>How many messages can be received, are in flight, and are delayed.</summary>
    public (long Visible, long InFlight, long Delayed) Counts => (Math.Max(0, count - held.InFlight - held.Delayed), held.InFlight, held.Delayed);

    public int InFlight => held.InFlight;

    /// <summary>When the next hidden message can be seen; null when none is hidden.</summary>
    public DateTimeOffset? NextVisible => held.NextVisible;

    /// <summary>The sequence number of a message that is to be added.</summary>
    public long TakeNumber() => next++;

    /// <summary>What is known of a message beside its content; null for one that was never delayed or received, or is gone.</summary>
    public HeldMessage? Find(long sequence) => held.Find(sequence);

    /// <inheritdoc cref="Find"/>
    public HeldMessage Known(StoredMessage message) => held.Find(message.Sequence) ?? new(message.Sequence, default, 0, default, 0, message.GroupId) { IsHidden = false };

    /// <summary>Hides a message that is not on disk yet, so that it is known as delayed before it can be seen there.</summary>
    public void Delay(HeldMessage message) => held.Hide(message);

    /// <summary>It did not come to be.</summary>
    public void Undelay(long sequence) => held.Remove(sequence);

    /// <summary>Hides a message that is handed out.</summary>
    public void Give(HeldMessage received)
    {
        held.Hide(received);
        line.Hold(received.GroupId);
    }

    /// <summary>Hides a message in flight for another time than it was.</summary>
    public void Hide(HeldMessage inFlight) => held.Hide(inFlight);

    /// <summary>The receipt that messages were taken for is complete.</summary>
    public void EndReceipt() => line.EndReceipt();

    /// <summary>What was sent is on disk now, and may be received.</summary>
    /// <returns>How many can be received at once.</returns>
    public int Show(IReadOnlyList<AddedMessage> added)
    {
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
        return shown;
    }

    /// <summary>Lets messages be received whose time has come.</summary>
    /// <returns>How many.</returns>
    public int ShowVisible(DateTimeOffset now)
    {
        var shown = 0;
        foreach (var message in held.TakeVisible(now))
        {
            line.Return(message);
            shown++;
        }
        return shown;
    }

    /// <summary>The next message that can be received; null when there is none.</summary>
    public StoredMessage? Next()
    {
        while (true)
        {
            if (!line.TryNext(out var sequence, out var message))
            {
                if (!LookUp()) return null;
                continue;
            }
            // What came back may have been let go while it waited in the line.
            if (leaving.Contains(sequence)) continue;
            if ((message ?? table.Find(sequence)) is { } found) return found;
        }
    }

    /// <summary>Lets a message go; <see cref="Gone"/> follows once the disk knows.</summary>
    public void LetGo(long sequence)
    {
        held.Remove(sequence);
        leaving.Add(sequence);
        count--;
    }

    /// <summary>A message that had been handed out is let go: others of its group may follow.</summary>
    public void LetGo(HeldMessage handedOut)
    {
        LetGo(handedOut.Sequence);
        line.Release(handedOut.GroupId);
    }

    public void Gone(long sequence) => leaving.Remove(sequence);

    /// <summary>A message that was let go stays after all, hidden for a while.</summary>
    public void Keep(HeldMessage known)
    {
        // Purged meanwhile.
        if (!leaving.Remove(known.Sequence) || known.Sequence < purgedBefore) return;
        count++;
        held.Hide(known);
        if (known.ReceiveCount > 0) line.Hold(known.GroupId);
    }

    /// <summary>Lets go of everything.</summary>
    /// <returns>The first sequence number that is not meant.</returns>
    public long Purge()
    {
        (purgedBefore, lookedUpTo, oldest, count) = (next, next, next, 0);
        Clear();
        return next;
    }

    /// <summary>Lets go of what has been kept for as long as it was to be.</summary>
    /// <returns>The sequence numbers, and when the oldest message was sent that is left; null when none is.</returns>
    public (IReadOnlyList<long> Expired, DateTimeOffset? OldestSent) TakeExpired(DateTimeOffset now, TimeSpan retention)
    {
        var expired = new List<long>();
        StoredMessage? first = null;
        foreach (var message in table.From(oldest).TakeWhile(message => message.Sequence < committedTo))
        {
            if (leaving.Contains(message.Sequence)) continue;
            if (message.Sent + retention > now)
            {
                first = message;
                break;
            }
            expired.Add(message.Sequence);
        }
        oldest = first?.Sequence ?? committedTo;
        expired.ForEach(LetGo);
        if (expired.Count > 0) LineUp();
        return (expired, first?.Sent);
    }

    public void Clear()
    {
        line.Clear();
        held.Clear();
    }

    // The line as it follows from what is held; the rest is looked up when it is asked for.
    void LineUp()
    {
        line.Clear();
        lookedUpTo = oldest;
        foreach (var known in held.All)
        {
            if (known.ReceiveCount > 0) line.Hold(known.GroupId);
            if (!known.IsHidden) line.Return(known);
        }
    }

    bool LookUp()
    {
        if (lookedUpTo >= committedTo || !line.HasRoom) return false;
        var before = line.Count;
        foreach (var message in table.From(lookedUpTo))
        {
            if (message.Sequence >= committedTo || !line.HasRoom) break;
            lookedUpTo = message.Sequence + 1;
            if (!held.Has(message.Sequence) && !leaving.Contains(message.Sequence)) line.Add(message);
        }
        // Holes at the end are of messages that are held or gone.
        if (line.HasRoom) lookedUpTo = committedTo;
        return line.Count > before;
    }
}

/// <summary>A message in its place in the queue, on its way to disk.</summary>
/// <param name="Bytes">As it will lie there.</param>
/// <param name="Delayed">Null for one that can be received at once.</param>
sealed record AddedMessage(StoredMessage Message, byte[] Bytes, HeldMessage? Delayed);
