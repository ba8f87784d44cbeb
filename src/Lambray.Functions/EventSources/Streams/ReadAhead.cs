namespace Lambray.Functions.EventSources.Streams;

/// <summary>The records of a shard that were read and are not done, in their order: the place before the first of them is where a restart goes on.</summary>
sealed class ReadAhead(string begin)
{
    readonly Lock gate = new();
    readonly Queue<Read> inOrder = new();
    readonly Dictionary<string, Read> open = [];
    string after = begin;

    /// <summary>Behind everything that was read.</summary>
    public string ReadTo { get; private set; } = begin;

    public int Count
    {
        get
        {
            lock (gate) return open.Count;
        }
    }

    public long Bytes { get; private set; }

    /// <summary>All before is done.</summary>
    public string After
    {
        get
        {
            lock (gate) return after;
        }
    }

    public void Add(LogRecord record, bool isDone)
    {
        lock (gate)
        {
            var read = new Read(record) { IsDone = isDone };
            inOrder.Enqueue(read);
            ReadTo = record.SequenceNumber;
            if (!isDone)
            {
                open[record.SequenceNumber] = read;
                Bytes += record.Json.Length;
            }
            AdvanceUnsynchronized();
        }
    }

    public void Finish(IReadOnlyList<LogRecord> records)
    {
        lock (gate)
        {
            foreach (var record in records)
            {
                if (!open.Remove(record.SequenceNumber, out var read)) continue;
                read.IsDone = true;
                Bytes -= record.Json.Length;
            }
            AdvanceUnsynchronized();
        }
    }

    void AdvanceUnsynchronized()
    {
        while (inOrder.TryPeek(out var first) && first.IsDone) after = inOrder.Dequeue().Record.SequenceNumber;
    }

    sealed class Read(LogRecord record)
    {
        public LogRecord Record => record;

        public bool IsDone { get; set; }
    }
}
