using Lambray.Aws;
using Lambray.Resources.Sqs;

namespace Lambray.Functions.EventSources.Queues;

/// <summary>One mapping's poll of one queue: receives, filters, gathers batches, invokes, and deletes what is done.</summary>
/// <remarks>
/// What fails stays in the queue, hidden until the queue's visibility timeout is over, and is received again: how often, and what then, is the queue's own matter
/// (its redrive policy).
/// </remarks>
sealed class QueuePoll(
    MessageQueue queue, EventSourceMapping mapping, IBatchConsumer function, BatchTraces traces, MappingCounts counts, TimeProvider time) : IDisposable
{
    // An event may have 6 MB; records cost more than their bodies.
    const int BatchBytesMax = 5 * 1024 * 1024;

    static readonly TimeSpan ThrottleWaitFirst = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan ThrottleWaitMost = TimeSpan.FromSeconds(5);

    readonly RecordFilter filter = RecordFilter.Of(mapping);
    readonly PollerSlots slots = new(mapping.Settings.ScalingConfig?.MaximumConcurrency, time);
    readonly bool reportsFailures = mapping.Settings.FunctionResponseTypes?.Contains("ReportBatchItemFailures") == true;
    readonly int batchMost = mapping.Settings.BatchSize!.Value;
    readonly TimeSpan window = TimeSpan.FromSeconds(mapping.Settings.MaximumBatchingWindowInSeconds ?? 0);

    public async Task RunAsync(CancellationToken stop)
    {
        var atWork = new HashSet<Task>();
        try
        {
            while (true)
            {
                await slots.EnterAsync(stop);
                var batch = await GatherAsync(stop);
                atWork.RemoveWhere(done => done.IsCompletedSuccessfully);
                // What went wrong on our side ends the poll, which is begun anew.
                if (atWork.FirstOrDefault(done => done.IsFaulted) is { } failed) await failed;
                atWork.Add(ProcessAsync(batch, stop));
            }
        }
        finally
        {
            await Task.WhenAll(atWork).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => slots.Dispose();

    // The first message begins the window.
    async Task<List<ReceivedMessage>> GatherAsync(CancellationToken stop)
    {
        var batch = new List<ReceivedMessage>(batchMost);
        try
        {
            batch.AddRange(await ReceiveAsync(batchMost, TimeSpan.MaxValue, stop));
            var began = time.GetTimestamp();
            while (batch.Count < batchMost && batch.Sum(message => (long)message.Message.Body.Length) < BatchBytesMax && window - time.GetElapsedTime(began) is { } left && left > TimeSpan.Zero)
                batch.AddRange(await ReceiveAsync(batchMost - batch.Count, left, stop));
            return batch;
        }
        catch (OperationCanceledException)
        {
            // Nobody works at these: whoever comes next shall have them at once.
            foreach (var message in batch) await queue.ChangeVisibilityAsync(message.ReceiptHandle, TimeSpan.Zero);
            throw;
        }
    }

    async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int most, TimeSpan wait, CancellationToken stop)
    {
        var received = await queue.ReceiveAsync(most, queue.Config.VisibilityTimeout, wait, attemptId: null, stop);
        counts.Polled(received.Count);
        return received;
    }

    async Task ProcessAsync(List<ReceivedMessage> batch, CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            var fitting = await FilterAsync(batch);
            if (fitting.Count == 0) return;
            var done = await InvokeAsync(fitting, stop);
            await DeleteAsync(done);
            counts.Deleted(done.Count);
            if (done.Count < fitting.Count) counts.Failed(fitting.Count - done.Count);
        }
        finally
        {
            slots.Leave();
        }
    }

    // What the filters refuse is deleted, never to be seen by the function.
    async Task<List<ReceivedMessage>> FilterAsync(List<ReceivedMessage> batch)
    {
        if (mapping.Settings.FilterCriteria is null) return batch;
        var fitting = new List<ReceivedMessage>(batch.Count);
        var refused = new List<ReceivedMessage>();
        foreach (var message in batch) (filter.Fits(QueueRecords.ForFilter(message, queue.Config)) ? fitting : refused).Add(message);
        await DeleteAsync(refused);
        counts.FilteredOut(refused.Count);
        return fitting;
    }

    /// <returns>The messages that are done.</returns>
    async Task<List<ReceivedMessage>> InvokeAsync(List<ReceivedMessage> batch, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var records = QueueRecords.Event(batch, queue.Config, mapping.Settings.EventSourceArn!);
        var (header, links) = traces.Begin(batch.Select(message => new SentRecord(message.Message.Id.ToString(), message.Message.Sent, message.Message.TraceHeader)));
        counts.Invoked(batch.Count);
        for (var wait = ThrottleWaitFirst; ; wait = wait * 2 < ThrottleWaitMost ? wait * 2 : ThrottleWaitMost)
        {
            var outcome = await function.InvokeAsync(records, header, links);
            if (outcome.Result != BatchResult.Throttled) return Done(batch, outcome);
            slots.Throttled();
            // Until the messages can be received again anyway.
            if (time.GetElapsedTime(began) + wait > queue.Config.VisibilityTimeout) return [];
            await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return [];
        }
    }

    List<ReceivedMessage> Done(List<ReceivedMessage> batch, BatchOutcome outcome)
    {
        if (outcome.Result == BatchResult.Failed) return [];
        if (!reportsFailures) return batch;
        if (ItemFailures.Read(outcome.Response.Span, batch.Select(message => message.Message.Id.ToString()).ToHashSet()) is not { } failed) return [];
        return [.. batch.Where(message => !failed.Contains(message.Message.Id.ToString()))];
    }

    Task DeleteAsync(IReadOnlyList<ReceivedMessage> messages) => Task.WhenAll(messages.Select(async message =>
    {
        try
        {
            await queue.DeleteAsync(message.ReceiptHandle);
        }
        catch (AwsException)
        {
            // The function took longer than the message was hidden: in a FIFO queue it comes again.
        }
    }));
}
