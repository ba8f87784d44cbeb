using System.Text;
using Lambray.Functions.Registry;
using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>Puts records into streams. The throughput of a shard is that of the disk: AWS's limits by the second are not kept.</summary>
static class PutOperations
{
    const int RecordsMax = 500;
    const int RequestBytesMax = 10 * 1024 * 1024;
    const int KeyLengthMax = 256;
    const int BytesPerKibibyte = 1024;

    public static async Task PutRecord(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.PutRecordRequest);
        var stream = KinesisDoor.Stream(http, request);
        if (request.SequenceNumberForOrdering is { } before && !SequenceNumber.TryParse(before, out _))
            throw KinesisErrors.InvalidArgument(
                $"ExclusiveMinimumSequenceNumber {before} used in PutRecord on stream {stream.Model.Name} under account {KinesisDoor.Home(http).AccountId} is invalid.");
        var record = Read(http, stream.Model, request.Data, request.PartitionKey, request.ExplicitHashKey, "");
        var number = (await PutAsync(http, stream, "PutRecord", [record]))[0];
        await KinesisForm.WriteAsync(
            http, new PutRecordAnswer(ShardModel.IdOf(number.Shard), number.ToString(), KinesisWire.EncryptionShown(stream.Model)), KinesisJson.Default.PutRecordAnswer);
    }

    public static async Task PutRecords(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.PutRecordsRequest);
        var stream = KinesisDoor.Stream(http, request);
        new Validation().Require(request.Records is not null, null, "records", "Member must not be null").ThrowIfAny();
        var entries = request.Records!;
        new Validation()
            .Require(entries.Count >= 1, "[]", "records", "Member must have length greater than or equal to 1")
            .Require(entries.Count <= RecordsMax, $"[{entries.Count} records]", "records", $"Member must have length less than or equal to {RecordsMax}")
            .ThrowIfAny();
        var records = entries.Select((entry, index) => Read(http, stream.Model, entry.Data, entry.PartitionKey, entry.ExplicitHashKey, $"records.{index + 1}.member.")).ToArray();
        if (records.Sum(record => (long)record.Data.Length + Encoding.UTF8.GetByteCount(record.PartitionKey)) > RequestBytesMax)
            throw KinesisErrors.InvalidArgument($"Records size exceeds {RequestBytesMax / BytesPerKibibyte / BytesPerKibibyte} MB limit");
        var numbers = await PutAsync(http, stream, "PutRecords", records);
        await KinesisForm.WriteAsync(
            http,
            new PutRecordsAnswer(0, [.. numbers.Select(number => new PutRecordsResult(number.ToString(), ShardModel.IdOf(number.Shard)))], KinesisWire.EncryptionShown(stream.Model)),
            KinesisJson.Default.PutRecordsAnswer);
    }

    static async Task<IReadOnlyList<SequenceNumber>> PutAsync(HttpContext http, DataStream stream, string operation, IReadOnlyList<NewRecord> records)
    {
        var began = KinesisDoor.Time(http).GetTimestamp();
        var numbers = await stream.PutAsync(records);
        KinesisDoor.Metrics(http).Put(stream.Model.Name, operation, records, KinesisDoor.Time(http).GetElapsedTime(began));
        return numbers;
    }

    static NewRecord Read(HttpContext http, StreamModel stream, byte[]? data, string? partitionKey, string? explicitHash, string prefix)
    {
        new Validation()
            .Require(data is not null, null, $"{prefix}data", "Member must not be null")
            .Require(partitionKey is not null, null, $"{prefix}partitionKey", "Member must not be null")
            .RequireLength(partitionKey, $"{prefix}partitionKey", 1, KeyLengthMax)
            .ThrowIfAny();
        var bytesMax = stream.RecordKibibytes * BytesPerKibibyte;
        if (data!.Length + Encoding.UTF8.GetByteCount(partitionKey!) > bytesMax)
            throw KinesisErrors.Validation($"1 validation error detected: Value at '{prefix}data' failed to satisfy constraint: Member must have length less than or equal to {bytesMax}.");
        if (explicitHash is null) return new NewRecord(partitionKey!, data, null, SentTrace.Of(http));
        return HashKeyRange.TryParseKey(explicitHash, out var hash)
            ? new NewRecord(partitionKey!, data, hash, SentTrace.Of(http))
            : throw KinesisErrors.InvalidArgument($"Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was {explicitHash}");
    }

}
