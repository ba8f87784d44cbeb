using Lambray.Tracing.TraceStore;
using Microsoft.Extensions.Logging;

namespace Lambray.Tracing.Indexing;

/// <summary>Drops traces that are too old, whole days at a time.</summary>
public sealed partial class TraceRetention : IAsyncDisposable
{
    /// <summary>"Quotas" in the X-Ray Developer Guide: trace data is kept for 30 days.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromDays(30);

    static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    readonly ITraceIndex index;
    readonly TimeSpan kept;
    readonly TimeProvider time;
    readonly ILogger log;
    readonly CancellationTokenSource stop = new();
    readonly Task dropping;

    public TraceRetention(ITraceIndex index, TimeSpan kept, TimeProvider time, ILogger<TraceRetention> log)
    {
        (this.index, this.kept, this.time, this.log) = (index, kept, time, log);
        dropping = Task.Run(DropAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await dropping;
        stop.Dispose();
    }

    async Task DropAsync()
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            do await DropOnceAsync();
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    async Task DropOnceAsync()
    {
        try
        {
            await index.DropBeforeAsync(time.GetUtcNow() - kept);
        }
        // Tried again with the next turn.
        catch (IOException error)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Old traces could not be dropped")]
    partial void LogFailed(Exception error);
}
