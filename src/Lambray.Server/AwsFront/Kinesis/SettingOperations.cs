using Lambray.Functions.Registry;
using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>What can be set for a stream once it is there.</summary>
static class SettingOperations
{
    static readonly string[] Metrics =
        ["IncomingBytes", "IncomingRecords", "OutgoingBytes", "OutgoingRecords", "WriteProvisionedThroughputExceeded", "ReadProvisionedThroughputExceeded", "IteratorAgeMilliseconds"];

    public static Task IncreaseStreamRetentionPeriod(HttpContext http) => ChangeRetentionAsync(http, (stream, hours) =>
    {
        if (hours > StreamModel.RetentionHoursMax)
            throw KinesisErrors.InvalidArgument($"Maximum allowed retention period is {StreamModel.RetentionHoursMax} hours. Requested retention period ({hours} hours) is too long.");
        if (hours < stream.RetentionHours)
            throw KinesisErrors.InvalidArgument(
                $"Requested retention period ({hours} hours) for stream {stream.Name} can not be shorter than existing retention period ({stream.RetentionHours} hours). " +
                "Use DecreaseRetentionPeriod API.");
    });

    public static Task DecreaseStreamRetentionPeriod(HttpContext http) => ChangeRetentionAsync(http, (stream, hours) =>
    {
        if (hours < StreamModel.RetentionHoursMin)
            throw KinesisErrors.InvalidArgument($"Minimum allowed retention period is {StreamModel.RetentionHoursMin} hours. Requested retention period ({hours} hours) is too short.");
        if (hours > stream.RetentionHours)
            throw KinesisErrors.InvalidArgument(
                $"Requested retention period ({hours} hours) for stream {stream.Name} can not be longer than existing retention period ({stream.RetentionHours} hours). " +
                "Use IncreaseRetentionPeriod API.");
    });

    public static async Task UpdateStreamMode(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.UpdateStreamModeRequest);
        var mode = request.StreamModeDetails?.StreamMode;
        StreamModes.Require(mode);
        await ChangeAsync(http, request, stream => stream with { Mode = mode!, WarmThroughput = request.WarmThroughputMiBps ?? stream.WarmThroughput });
        await KinesisForm.WriteNothingAsync(http);
    }

    public static async Task UpdateMaxRecordSize(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.UpdateMaxRecordSizeRequest);
        new Validation()
            .Require(request.MaxRecordSizeInKiB is not null, null, "maxRecordSizeInKiB", "Member must not be null")
            .RequireRange(request.MaxRecordSizeInKiB, "maxRecordSizeInKiB", StreamModel.RecordKibibytesMin, StreamModel.RecordKibibytesMax)
            .ThrowIfAny();
        await ChangeAsync(http, request, stream => stream with { RecordKibibytes = request.MaxRecordSizeInKiB!.Value });
        await KinesisForm.WriteNothingAsync(http);
    }

    public static async Task UpdateStreamWarmThroughput(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.WarmThroughputRequest);
        new Validation()
            .Require(request.WarmThroughputMiBps is not null, null, "warmThroughputMiBps", "Member must not be null")
            .RequireRange(request.WarmThroughputMiBps, "warmThroughputMiBps", 0, int.MaxValue)
            .ThrowIfAny();
        var throughput = request.WarmThroughputMiBps!.Value;
        var stream = await ChangeAsync(http, request, stream => stream with { WarmThroughput = throughput });
        await KinesisForm.WriteAsync(
            http, new WarmThroughputAnswer(stream.Arn(KinesisDoor.Home(http)).ToString(), stream.Name, new WarmThroughputWire(throughput, throughput)),
            KinesisJson.Default.WarmThroughputAnswer);
    }

    public static async Task StartStreamEncryption(HttpContext http)
    {
        var request = await ReadEncryptionAsync(http);
        await ChangeAsync(http, request, stream => stream with { KeyId = request.KeyId });
        await KinesisForm.WriteNothingAsync(http);
    }

    public static async Task StopStreamEncryption(HttpContext http)
    {
        var request = await ReadEncryptionAsync(http);
        await ChangeAsync(http, request, stream => stream with { KeyId = null });
        await KinesisForm.WriteNothingAsync(http);
    }

    public static Task EnableEnhancedMonitoring(HttpContext http) => ChangeMetricsAsync(http, (current, asked) => [.. Metrics.Where(metric => current.Contains(metric) || asked.Contains(metric))]);

    public static Task DisableEnhancedMonitoring(HttpContext http) => ChangeMetricsAsync(http, (current, asked) => [.. current.Except(asked)]);

    static async Task ChangeRetentionAsync(HttpContext http, Action<StreamModel, int> check)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.RetentionRequest);
        new Validation().Require(request.RetentionPeriodHours is not null, null, "retentionPeriodHours", "Member must not be null").ThrowIfAny();
        var hours = request.RetentionPeriodHours!.Value;
        await ChangeAsync(http, request, stream =>
        {
            check(stream, hours);
            return stream with { RetentionHours = hours };
        });
        await KinesisForm.WriteNothingAsync(http);
    }

    static async Task<EncryptionRequest> ReadEncryptionAsync(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.EncryptionRequest);
        new Validation()
            .Require(request.EncryptionType == "KMS", request.EncryptionType, "encryptionType", "Member must satisfy enum value set: [KMS]")
            .Require(request.KeyId is not null, null, "keyId", "Member must not be null")
            .RequireLength(request.KeyId, "keyId", 1, 2048)
            .ThrowIfAny();
        return request;
    }

    static async Task ChangeMetricsAsync(HttpContext http, Func<IReadOnlyList<string>, IReadOnlyList<string>, IReadOnlyList<string>> change)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.MonitoringRequest);
        var asked = request.ShardLevelMetrics ?? [];
        new Validation()
            .Require(
                asked.Count > 0 && asked.All(metric => metric == "ALL" || Metrics.Contains(metric)), $"[{string.Join(", ", asked)}]", "shardLevelMetrics",
                $"Member must satisfy enum value set: [{string.Join(", ", Metrics)}, ALL]")
            .ThrowIfAny();
        IReadOnlyList<string> before = [];
        var stream = await ChangeAsync(http, request, stream =>
        {
            before = stream.Metrics;
            return stream with { Metrics = change(before, asked.Contains("ALL") ? Metrics : asked) };
        });
        await KinesisForm.WriteAsync(
            http, new MonitoringAnswer(stream.Name, before, stream.Metrics, stream.Arn(KinesisDoor.Home(http)).ToString()), KinesisJson.Default.MonitoringAnswer);
    }

    static Task<StreamModel> ChangeAsync(HttpContext http, StreamTarget target, Func<StreamModel, StreamModel> change) =>
        KinesisDoor.Streams(http).ChangeAsync(KinesisDoor.StreamName(http, target), change);
}
