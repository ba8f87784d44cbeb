using Lambray.Tracing.Segments;

namespace Lambray.Functions.EventSources.Streams;

/// <summary>Brings a batch to its function until every record is done or given up, in order ("How Lambda processes records from stream and queue-based event sources").</summary>
/// <remarks>
/// What is left of the batch is a stack of parts, the first records on top: a bisected batch is two of them. Throttles and bisections count as no retries; when the
/// function got on, the rest begins anew (recorded).
/// </remarks>
/// <param name="done">Told of the records that are through, from the batch's first on, with the window's state where there is one; what follows waits for it.</param>
sealed class BatchDelivery(StreamMapping mapping, string shard, Func<IReadOnlyList<LogRecord>, OpenWindow?, Task> done, TimeProvider time)
{
    // As recorded: seven attempts in the first minute.
    static readonly TimeSpan RetryWaitFirst = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan RetryWaitMost = TimeSpan.FromMinutes(1);
    static readonly TimeSpan ThrottleWaitFirst = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan ThrottleWaitMost = TimeSpan.FromSeconds(5);

    OpenWindow? window;

    /// <param name="open">The window that the records lie in.</param>
    /// <param name="isFinal">The batch has no records and ends the window.</param>
    /// <returns>The window as it is then; null when it is over, or there is none.</returns>
    public async Task<OpenWindow?> RunAsync(IReadOnlyList<LogRecord> batch, OpenWindow? open, bool isFinal, CancellationToken stop)
    {
        window = open;
        var parts = new Stack<Part>([new Part([.. batch])]);
        var throttles = 0;
        while (!stop.IsCancellationRequested && parts.TryPop(out var popped))
        {
            var part = await GiveUpOldAsync(popped, stop);
            if (part.Records.Length == 0 && !isFinal) continue;
            var payload = StreamEvent.Of(part.Records, shard, mapping, window, isFinal);
            // One record alone can be too large for any event; nothing would change that.
            if (payload.Length > StreamEvent.BytesMax)
            {
                await GiveUpAsync(part, GivenUp.Exhausted, payload, stop);
                continue;
            }
            var outcome = await InvokeAsync(part, payload);
            if (outcome.Result == BatchResult.Throttled)
            {
                parts.Push(part);
                await WaitAsync(ThrottleWaitFirst, ThrottleWaitMost, throttles++, stop);
                continue;
            }
            throttles = 0;
            var verdict = BatchVerdict.Of(outcome, part.Records, mapping.ReportsFailures, window is not null && !isFinal);
            if (verdict.State is { } state) window = Grow(window!, state);
            if (verdict.Done > 0) await done([.. part.Records.Take(verdict.Done)], window);
            if (verdict.IsSuccess) continue;
            var left = verdict.Done > 0 ? new Part([.. part.Records.Skip(verdict.Done)]) : part with { Invokes = part.Invokes + 1, Last = outcome };
            mapping.Counts.Failed(left.Records.Length);
            await TryAgainAsync(left, verdict.Done > 0, parts, payload, stop);
        }
        return isFinal && parts.Count == 0 ? null : window;
    }

    async Task TryAgainAsync(Part failed, bool gotOn, Stack<Part> parts, byte[] payload, CancellationToken stop)
    {
        if (gotOn)
        {
            parts.Push(failed);
        }
        else if (mapping.Bisects && failed.Records.Length > 1)
        {
            var half = failed.Records.Length / 2;
            parts.Push(failed with { Records = [.. failed.Records.Skip(half)] });
            parts.Push(failed with { Records = [.. failed.Records.Take(half)] });
        }
        else if (failed.Retries >= mapping.RetriesMost)
        {
            await GiveUpAsync(failed, GivenUp.Exhausted, payload, stop);
        }
        else
        {
            parts.Push(failed with { Retries = failed.Retries + 1 });
            await WaitAsync(RetryWaitFirst, RetryWaitMost, failed.Retries, stop);
        }
    }

    async Task<BatchOutcome> InvokeAsync(Part part, byte[] payload)
    {
        var (header, links) = part.Records.Length == 0
            ? (TraceHeader.Parse(null), [])
            : mapping.Traces.Begin(part.Records.Select(record => new SentRecord(record.SequenceNumber, record.Arrival, record.TraceHeader)));
        if (part.Records.Length > 0) mapping.Metrics.StreamRead(mapping.Mapping.Function, Age(part.Records[^1]));
        mapping.Counts.Invoked(part.Records.Length);
        return await mapping.Function.InvokeAsync(payload, header, links);
    }

    // Records arrive in their order, so that the old ones stand in front.
    async Task<Part> GiveUpOldAsync(Part part, CancellationToken stop)
    {
        if (mapping.RecordAgeMost is not { } most) return part;
        var old = part.Records.TakeWhile(record => Age(record) > most).ToArray();
        if (old.Length == 0) return part;
        // AWS counts the invocation that was due as well.
        await GiveUpAsync(part with { Records = old, Invokes = part.Invokes + 1 }, GivenUp.TooOld, StreamEvent.Of(old, shard, mapping, window, isFinal: false), stop);
        return part with { Records = [.. part.Records.Skip(old.Length)] };
    }

    async Task GiveUpAsync(Part part, string condition, byte[] payload, CancellationToken stop)
    {
        if (part.Records.Length == 0) return;
        await mapping.Failed.GiveUpAsync(new GivenUp(shard, part.Records, condition, part.Invokes, part.Last, payload), stop);
        await done(part.Records, window);
    }

    // A state that is too large is forgotten, and its window ends with the one before.
    static OpenWindow Grow(OpenWindow window, System.Text.Json.JsonElement state) =>
        state.GetRawText().Length > TumblingWindow.StateBytesMax ? window with { IsTerminated = true } : window with { State = state };

    TimeSpan Age(LogRecord record) => time.GetUtcNow() - record.Arrival is { Ticks: > 0 } age ? age : TimeSpan.Zero;

    async Task WaitAsync(TimeSpan first, TimeSpan most, int times, CancellationToken stop)
    {
        var wait = Math.Min(most.Ticks, first.Ticks * Math.Pow(2, Math.Min(times, 30)));
        await Task.Delay(TimeSpan.FromTicks((long)wait), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <param name="Retries">How often it was tried again.</param>
    /// <param name="Invokes">How often the function had it.</param>
    sealed record Part(LogRecord[] Records, int Retries = 0, int Invokes = 0, BatchOutcome? Last = null);
}
