using System.ComponentModel;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Lambray.Functions.ExecutionEnvironments.Telemetry;

/// <summary>Gathers the events that one extension wants into batches, and sends these one after the other.</summary>
/// <remarks>Bounded: when the extension takes them more slowly than they come, whole batches are dropped, counted, and told of by platform.logsDropped behind the next batch.</remarks>
sealed class TelemetrySubscription : IDisposable
{
    const int WaitingBatchesMax = 8;
    const int SendTries = 3;
    static readonly TimeSpan WaitBetweenTries = TimeSpan.FromMilliseconds(100);

    readonly TelemetrySettings settings;
    readonly TelemetryConnection connection;
    readonly TimeProvider time;
    readonly ITimer timer;
    readonly Lock batchLock = new();
    readonly Channel<List<byte[]>> batches = Channel.CreateBounded<List<byte[]>>(WaitingBatchesMax);
    readonly CancellationTokenSource ended = new();
    List<byte[]> batch = [];
    int batchBytes;
    long droppedRecords;
    long droppedBytes;

    public TelemetrySubscription(string name, TelemetrySettings settings, Func<Socket> openSocket, TimeProvider time)
    {
        (Name, this.settings, this.time) = (name, settings, time);
        connection = new TelemetryConnection(settings.Destination, openSocket);
        timer = time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = SendAllAsync();
    }

    /// <summary>The extension's.</summary>
    public string Name { get; }

    public void Add(TelemetryEvent item)
    {
        if (!settings.Types.Contains(item.Category)) return;
        lock (batchLock)
        {
            foreach (var known in settings.IsLogsApi ? LogsApiForm.Of(item) : [item]) AddUnsynchronized(known.ToJson());
        }
    }

    /// <summary>Sends what there is without waiting for more.</summary>
    public void Flush()
    {
        lock (batchLock) FlushUnsynchronized();
    }

    /// <summary>Stops sending: the environment has ended.</summary>
    public void Dispose()
    {
        ended.Cancel();
        timer.Dispose();
        batches.Writer.TryComplete();
    }

    void AddUnsynchronized(byte[] json)
    {
        if (batch.Count == 0) timer.Change(settings.Buffering.Wait, Timeout.InfiniteTimeSpan);
        batch.Add(json);
        batchBytes += json.Length;
        if (batch.Count >= settings.Buffering.ItemsMax || batchBytes >= settings.Buffering.BytesMax) FlushUnsynchronized();
    }

    void FlushUnsynchronized()
    {
        if (batch.Count == 0) return;
        var (full, bytes) = (batch, batchBytes);
        (batch, batchBytes) = ([], 0);
        if (!batches.Writer.TryWrite(full)) Drop(full.Count, bytes);
    }

    void Drop(long records, long bytes) => (droppedRecords, droppedBytes) = (droppedRecords + records, droppedBytes + bytes);

    async Task SendAllAsync()
    {
        await foreach (var full in batches.Reader.ReadAllAsync())
        {
            if (ended.IsCancellationRequested) break;
            var (records, bytes) = TakeDropped();
            if (!await TrySendAsync(records == 0 ? full : [.. full, Dropped(records, bytes)]))
                lock (batchLock) Drop(records + full.Count, bytes + full.Sum(item => (long)item.Length));
        }
        connection.Dispose();
        ended.Dispose();
    }

    (long Records, long Bytes) TakeDropped()
    {
        lock (batchLock)
        {
            var taken = (droppedRecords, droppedBytes);
            (droppedRecords, droppedBytes) = (0, 0);
            return taken;
        }
    }

    byte[] Dropped(long records, long bytes) =>
        PlatformEvents.LogsDropped(time.GetUtcNow(), records, bytes, "Consumer seems to have fallen behind as it has not acknowledged receipt of logs.").ToJson();

    async Task<bool> TrySendAsync(List<byte[]> events)
    {
        for (var tries = 1; tries <= SendTries && !ended.IsCancellationRequested; tries++)
        {
            try
            {
                await connection.SendAsync(events, ended.Token);
                return true;
            }
            // Not listening yet, or no longer.
            catch (Exception error) when (error is HttpRequestException or IOException or Win32Exception or OperationCanceledException)
            {
                if (tries < SendTries) await PauseAsync();
            }
        }
        return false;
    }

    async Task PauseAsync()
    {
        try
        {
            await Task.Delay(WaitBetweenTries, time, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The environment has ended.
        }
    }
}
