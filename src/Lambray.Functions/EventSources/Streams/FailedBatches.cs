using System.Globalization;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Functions.Invocation.Events.Destinations;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.EventSources.Streams;

/// <summary>Records that were given up: told to the mapping's destination, in AWS's words ("Retain discarded batch records" in the Developer Guide).</summary>
sealed partial class FailedBatches(
    EventSourceMapping mapping, IShardedLogs kind, Arn stream, FunctionStore functions, RolePermissions permissions, EventDeliveries deliveries, FunctionMetrics metrics,
    MappingCounts counts, AwsHome home, TimeProvider time, ILogger logger)
{
    const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Completes when the destination has its record, or cannot get it, which is counted.</summary>
    public async Task GiveUpAsync(GivenUp given, CancellationToken stop)
    {
        LogGivenUp(mapping.Uuid, given.Records.Count, given.Shard, given.Condition);
        counts.Dropped(given.Records.Count);
        if (!Arn.TryParse(mapping.Settings.DestinationConfig?.OnFailure?.Destination, out var target)) return;
        var now = time.GetUtcNow();
        var delivery = new EventDelivery(target, mapping.Function.Name, IsSuccess: false, Record(given, now, withPayload: target.Service == "s3"), [], TraceHeader.Parse(null), now)
        {
            Folder = $"aws/lambda/{mapping.Uuid}/{given.Shard}",
        };
        var function = functions.Find(mapping.Function.Name)?.Latest;
        if ((function is null || permissions.AllowsDestination(function, target)) && await deliveries.DeliverAsync(delivery, stop)) counts.Delivered(given.Records.Count);
        else metrics.DestinationFailed(mapping.Function);
    }

    byte[] Record(GivenUp given, DateTimeOffset now, bool withPayload)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("requestContext");
            json.WriteString("requestId", given.Last?.RequestId ?? Guid.NewGuid().ToString());
            // As recorded: without a qualifier, even where asynchronous events have one.
            json.WriteString("functionArn", mapping.Function.Arn(home).ToString());
            json.WriteString("condition", given.Condition);
            json.WriteNumber("approximateInvokeCount", given.InvokeCount);
            json.WriteEndObject();
            if (given.Condition != GivenUp.TooOld && given.Last is { } last) WriteResponse(json, last);
            json.WriteString("version", "1.0");
            json.WriteString("timestamp", now.UtcDateTime.ToString(TimestampFormat, CultureInfo.InvariantCulture));
            WriteBatch(json, given);
            // The whole event, as text.
            if (withPayload) json.WriteString("payload", given.Event);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    static void WriteResponse(Utf8JsonWriter json, BatchOutcome last)
    {
        json.WriteStartObject("responseContext");
        json.WriteNumber("statusCode", last.Status);
        json.WriteString("executedVersion", last.ExecutedVersion ?? FunctionName.Latest);
        // Null where the function only reported failures, or what cannot be read as such.
        json.WriteString("functionError", last.Result == BatchResult.Failed ? "Unhandled" : null);
        json.WriteEndObject();
    }

    void WriteBatch(Utf8JsonWriter json, GivenUp given)
    {
        json.WriteStartObject(kind.BatchInfoName);
        json.WriteString("shardId", given.Shard);
        json.WriteString("startSequenceNumber", given.Records[0].SequenceNumber);
        json.WriteString("endSequenceNumber", given.Records[^1].SequenceNumber);
        json.WriteString("approximateArrivalOfFirstRecord", Arrival(given.Records[0]));
        json.WriteString("approximateArrivalOfLastRecord", Arrival(given.Records[^1]));
        json.WriteNumber("batchSize", given.Records.Count);
        json.WriteString("streamArn", stream.ToString());
        json.WriteEndObject();
    }

    string Arrival(LogRecord record) => record.Arrival.UtcDateTime.ToString(kind.ArrivalFormat, CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event source mapping {Uuid} gives up {Count} records of {Shard}: {Condition}")]
    partial void LogGivenUp(Guid uuid, int count, string shard, string condition);
}

/// <summary>Records that the function will not get any more.</summary>
/// <param name="Last">How the last invocation with them went; null when there was none.</param>
/// <param name="Event">What the function got, or would have got.</param>
sealed record GivenUp(string Shard, IReadOnlyList<LogRecord> Records, string Condition, int InvokeCount, BatchOutcome? Last, byte[] Event)
{
    public const string Exhausted = "RetryAttemptsExhausted";
    public const string TooOld = "RecordAgeExceeded";
}
