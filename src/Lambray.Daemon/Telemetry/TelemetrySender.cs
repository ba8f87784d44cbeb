using System.Text.Json;
using Lambray.Daemon.Service;
using Microsoft.Extensions.Logging;

namespace Lambray.Daemon.Telemetry;

/// <summary>Reports each minute's counts with PutTelemetryRecords, once any segment has come; records that do not arrive are kept for the next time.</summary>
sealed partial class TelemetrySender(DaemonCounters counters, TelemetryHost host, XRayService service, TimeProvider time, ILogger log)
{
    const string Path = "/TelemetryRecords";
    const int RecordsKeptMax = 30;
    const int RecordsPerRequestMax = 10;
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(2);

    readonly Queue<TelemetryRecord> waiting = new();

    /// <summary>Reports until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var minute = new PeriodicTimer(Interval, time);
        try
        {
            while (await minute.WaitForNextTickAsync(stopping)) await ReportAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    /// <summary>Reports what was counted since the last time.</summary>
    public async Task ReportAsync()
    {
        if (!counters.EverReceived) return;
        waiting.Enqueue(TelemetryRecord.Of(counters.Take(), time.GetUtcNow()));
        if (waiting.Count > RecordsKeptMax) waiting.Dequeue();
        while (waiting.Count > 0)
        {
            TelemetryRecord[] records = [.. waiting.Take(RecordsPerRequestMax)];
            if (!await TrySendAsync(records)) return;
            for (var sent = 0; sent < records.Length; sent++) waiting.Dequeue();
        }
    }

    async Task<bool> TrySendAsync(TelemetryRecord[] records)
    {
        using var limit = new CancellationTokenSource(RequestLimit, time);
        try
        {
            var request = new TelemetryRequest(host.InstanceId, host.Hostname, host.ResourceArn, records);
            using var answer = await service.PostAsync(Path, JsonSerializer.SerializeToUtf8Bytes(request, TelemetryJson.Default.TelemetryRequest), limit.Token);
            if (answer.IsSuccessStatusCode)
            {
                LogSent(records.Length);
                return true;
            }
            counters.Count(ConnectionErrors.Of((int)answer.StatusCode));
            LogRefused(records.Length, (int)answer.StatusCode, answer.ReasonPhrase);
        }
        catch (Exception error) when (ConnectionErrors.IsConnectionError(error))
        {
            counters.Count(ConnectionErrors.Of(error));
            LogFailed(records.Length, error.Message);
        }
        return false;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Send {Count} telemetry record(s)")]
    partial void LogSent(int count);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Failed to send telemetry {Count} record(s). Re-queue records. {Reason}")]
    partial void LogFailed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Failed to send telemetry {Count} record(s). Re-queue records. {Status} {Reason}")]
    partial void LogRefused(int count, int status, string? reason);
}
