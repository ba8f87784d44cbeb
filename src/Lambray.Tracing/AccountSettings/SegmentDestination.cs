using System.Text.Json.Serialization;
using Lambray.Storage;

namespace Lambray.Tracing.AccountSettings;

/// <summary>Where the account wants its segments: X-Ray's own store, or CloudWatch Logs. It is kept and told; segments are stored here in any case.</summary>
public sealed class SegmentDestination(SqliteDatabase database)
{
    public const string XRay = "XRay";
    public const string CloudWatchLogs = "CloudWatchLogs";
    const string Name = "destination";

    readonly RecordSet<DestinationRecord> records = new(database, "segment-destination", DestinationJson.Default.DestinationRecord);

    public string Destination => records.Find(Name)?.Destination ?? XRay;

    /// <exception cref="Aws.AwsException">InvalidRequestException: there is no such destination.</exception>
    public Task PutAsync(string destination) => destination is XRay or CloudWatchLogs
        ? records.PutAsync(_ => (Name, new DestinationRecord(destination)))
        : throw XRayErrors.InvalidRequest($"Destination is {destination}; it takes {XRay} or {CloudWatchLogs}.");
}

sealed record DestinationRecord(string Destination);

[JsonSerializable(typeof(DestinationRecord))]
sealed partial class DestinationJson : JsonSerializerContext;
