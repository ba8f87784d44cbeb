namespace Lambray.Functions.EventSources.Streams;

/// <summary>A line of records of one shard, worked at batch by batch: all records of a key are in one.</summary>
sealed class ShardLane(StreamMapping mapping, TimeProvider time)
{
    readonly List<LogRecord> waiting = [];
    long bytes;
    long since;

    /// <summary>The batch that is at work; null while none is.</summary>
    public Task? AtWork { get; set; }

    public bool IsEmpty => waiting.Count == 0;

    /// <summary>When the first of the records that wait arrived; null when none does.</summary>
    public DateTimeOffset? FirstArrival => waiting.Count == 0 ? null : waiting[0].Arrival;

    public void Add(LogRecord record)
    {
        if (waiting.Count == 0) since = time.GetTimestamp();
        waiting.Add(record);
        bytes += record.Json.Length;
    }

    /// <summary>How long the next batch may still gather; zero when it is due.</summary>
    /// <param name="isEnd">Nothing more will come.</param>
    public TimeSpan Due(bool isEnd)
    {
        var left = mapping.BatchingWindow - time.GetElapsedTime(since);
        return isEnd || left <= TimeSpan.Zero || waiting.Count >= mapping.BatchMost || bytes >= StreamEvent.RecordBytesMax(mapping) || EndsInAnotherWindow() ? TimeSpan.Zero : left;
    }

    /// <summary>The next batch: as many records as it may have, all of one tumbling window.</summary>
    public IReadOnlyList<LogRecord> Take()
    {
        var (count, size) = (0, 0L);
        foreach (var record in waiting)
        {
            size += record.Json.Length + 1;
            if (count == mapping.BatchMost || (count > 0 && size > StreamEvent.RecordBytesMax(mapping)) || !IsInWindowOfFirst(record)) break;
            count++;
        }
        var batch = waiting.GetRange(0, count);
        waiting.RemoveRange(0, count);
        bytes -= batch.Sum(record => (long)record.Json.Length);
        since = time.GetTimestamp();
        return batch;
    }

    bool EndsInAnotherWindow() => waiting.Count > 0 && !IsInWindowOfFirst(waiting[^1]);

    bool IsInWindowOfFirst(LogRecord record) =>
        mapping.Tumbling is not { } length || TumblingWindow.Of(record.Arrival, length) == TumblingWindow.Of(waiting[0].Arrival, length);
}
