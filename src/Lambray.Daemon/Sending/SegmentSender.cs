using System.Net;
using System.Text.Json;
using Lambray.Daemon.Receiving;
using Lambray.Daemon.Service;
using Microsoft.Extensions.Logging;

namespace Lambray.Daemon.Sending;

/// <summary>Takes batches from the queue to PutTraceSegments, several at a time.</summary>
sealed partial class SegmentSender(SegmentQueue queue, DatagramBuffers buffers, XRayService service, DaemonCounters counters, TimeProvider time, ILogger log)
{
    const string Path = "/TraceSegments";
    const int AttemptsMax = 2;
    static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(2);

    // Before the second attempt, so that many daemons do not come back at the same moment.
    static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(500);

    /// <summary>Sends until the queue is closed and empty.</summary>
    /// <param name="concurrency">How many batches may be on their way at once.</param>
    public async Task RunAsync(int concurrency)
    {
        // Each in turn as it ends, so that a fault of one is not hidden by the others.
        await foreach (var sender in Task.WhenEach(Enumerable.Range(0, concurrency).Select(_ => SendBatchesAsync()))) await sender;
    }

    async Task SendBatchesAsync()
    {
        using var body = new BatchBody();
        var batch = new WaitingSegment[queue.BatchSize];
        while (await queue.TakeAsync(batch) is > 0 and var count)
        {
            body.Write(batch.AsSpan(0, count), buffers);
            queue.Return(batch.AsSpan(0, count));
            await SendAsync(body.Bytes, count);
        }
    }

    async Task SendAsync(ReadOnlyMemory<byte> body, int count)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await TryAsync(body);
            if (outcome.Answer is { } answer)
            {
                counters.CountSent(count);
                Report(body, count, answer.UnprocessedTraceSegments ?? [], time.GetElapsedTime(started));
                return;
            }
            if (attempt == AttemptsMax || !outcome.IsWorthRepeating)
            {
                // Dropped: those that come meanwhile are worth more than these.
                counters.Count(outcome.Error);
                LogFailed(outcome.Reason);
                return;
            }
            await Task.Delay(PauseMax * Random.Shared.NextDouble(), time);
        }
    }

    async Task<Outcome> TryAsync(ReadOnlyMemory<byte> body)
    {
        using var limit = new CancellationTokenSource(AttemptLimit, time);
        try
        {
            using var answer = await service.PostAsync(Path, body, limit.Token);
            var text = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            if (answer.IsSuccessStatusCode)
                return new Outcome(JsonSerializer.Deserialize(text, SendingJson.Default.PutTraceSegmentsAnswer) ?? new PutTraceSegmentsAnswer([]));
            var status = (int)answer.StatusCode;
            return new Outcome(ConnectionErrors.Of(status), $"{status} {answer.ReasonPhrase}: {System.Text.Encoding.UTF8.GetString(text)}", IsPassing(answer.StatusCode));
        }
        catch (OperationCanceledException)
        {
            return new Outcome(ConnectionError.Timeout, $"no answer from {service.Endpoint} within {AttemptLimit.TotalSeconds} seconds (timeout)", IsWorthRepeating: true);
        }
        catch (Exception error) when (ConnectionErrors.IsConnectionError(error))
        {
            return new Outcome(ConnectionErrors.Of(error), error.Message, IsWorthRepeating: true);
        }
        catch (JsonException error)
        {
            return new Outcome(ConnectionError.Other, $"{service.Endpoint} does not answer as X-Ray does: {error.Message}", IsWorthRepeating: false);
        }
    }

    static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    void Report(ReadOnlyMemory<byte> body, int count, IReadOnlyList<UnprocessedTraceSegment> unprocessed, TimeSpan taken)
    {
        if (unprocessed.Count == 0)
        {
            LogSent(count, taken.TotalSeconds);
            return;
        }
        LogSentPartly(count, unprocessed.Count, taken.TotalSeconds);
        counters.CountRejected(unprocessed.Count);
        foreach (var segment in unprocessed)
        {
            // A document without a readable id cannot be told from the others.
            var document = segment.Id is { } id ? SentDocuments.Find(body, id) : null;
            if (document is not null && SentDocuments.TraceId(document) is { } trace) LogUnprocessedTrace(trace, segment.Id, segment.ErrorCode, segment.Message);
            else LogUnprocessed(segment.Id, segment.ErrorCode, segment.Message);
            if (document is not null) LogDocument(document);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Successfully sent batch of {Count} segments ({Seconds:F3} seconds)")]
    partial void LogSent(int count, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sent batch of {Count} segments but had {Unprocessed} Unprocessed segments ({Seconds:F3} seconds)")]
    partial void LogSentPartly(int count, int unprocessed, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending segment batch failed with: {Reason}")]
    partial void LogFailed(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unprocessed segment: {Id} {Code}: {Reason}")]
    partial void LogUnprocessed(string? id, string? code, string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unprocessed trace {Trace}, segment: {Id} {Code}: {Reason}")]
    partial void LogUnprocessedTrace(string trace, string? id, string? code, string? reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Document}")]
    partial void LogDocument(string document);

    /// <summary>An answer, or why there is none.</summary>
    sealed record Outcome(PutTraceSegmentsAnswer? Answer, ConnectionError Error, string Reason, bool IsWorthRepeating)
    {
        public Outcome(PutTraceSegmentsAnswer answer) : this(answer, default, "", IsWorthRepeating: false)
        {
        }

        public Outcome(ConnectionError error, string reason, bool IsWorthRepeating) : this(Answer: null, error, reason, IsWorthRepeating)
        {
        }
    }
}
