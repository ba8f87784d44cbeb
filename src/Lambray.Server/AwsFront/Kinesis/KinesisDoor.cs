using System.Collections.Frozen;
using Lambray.Aws;
using Lambray.Resources.Kinesis;
using Lambray.Server.AwsFront.Downstream;
using Lambray.Server.AwsFront.Forwarding;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>The door of Kinesis Data Streams: every operation is a POST to the root that names itself in <c>X-Amz-Target</c>.</summary>
public static class KinesisDoor
{
    // Ten megabytes of records grow by a third in Base64.
    const long RequestBytesMax = 16 * 1024 * 1024;
    const string TargetPrefix = "Kinesis_20131202.";

    static readonly FrozenDictionary<string, RequestDelegate> Operations = new Dictionary<string, RequestDelegate>
    {
        ["CreateStream"] = StreamOperations.CreateStream,
        ["DeleteStream"] = StreamOperations.DeleteStream,
        ["DescribeStream"] = StreamOperations.DescribeStream,
        ["DescribeStreamSummary"] = StreamOperations.DescribeStreamSummary,
        ["ListStreams"] = StreamOperations.ListStreams,
        ["DescribeLimits"] = StreamOperations.DescribeLimits,
        ["PutRecord"] = PutOperations.PutRecord,
        ["PutRecords"] = PutOperations.PutRecords,
        ["GetShardIterator"] = ReadOperations.GetShardIterator,
        ["GetRecords"] = ReadOperations.GetRecords,
        ["ListShards"] = ShardOperations.ListShards,
        ["SplitShard"] = ShardOperations.SplitShard,
        ["MergeShards"] = ShardOperations.MergeShards,
        ["UpdateShardCount"] = ShardOperations.UpdateShardCount,
        ["IncreaseStreamRetentionPeriod"] = SettingOperations.IncreaseStreamRetentionPeriod,
        ["DecreaseStreamRetentionPeriod"] = SettingOperations.DecreaseStreamRetentionPeriod,
        ["UpdateStreamMode"] = SettingOperations.UpdateStreamMode,
        ["UpdateMaxRecordSize"] = SettingOperations.UpdateMaxRecordSize,
        ["UpdateStreamWarmThroughput"] = SettingOperations.UpdateStreamWarmThroughput,
        ["StartStreamEncryption"] = SettingOperations.StartStreamEncryption,
        ["StopStreamEncryption"] = SettingOperations.StopStreamEncryption,
        ["EnableEnhancedMonitoring"] = SettingOperations.EnableEnhancedMonitoring,
        ["DisableEnhancedMonitoring"] = SettingOperations.DisableEnhancedMonitoring,
        ["RegisterStreamConsumer"] = ConsumerOperations.RegisterStreamConsumer,
        ["DescribeStreamConsumer"] = ConsumerOperations.DescribeStreamConsumer,
        ["ListStreamConsumers"] = ConsumerOperations.ListStreamConsumers,
        ["DeregisterStreamConsumer"] = ConsumerOperations.DeregisterStreamConsumer,
        ["PutResourcePolicy"] = PolicyOperations.PutResourcePolicy,
        ["GetResourcePolicy"] = PolicyOperations.GetResourcePolicy,
        ["DeleteResourcePolicy"] = PolicyOperations.DeleteResourcePolicy,
        ["AddTagsToStream"] = TagOperations.AddTagsToStream,
        ["RemoveTagsFromStream"] = TagOperations.RemoveTagsFromStream,
        ["ListTagsForStream"] = TagOperations.ListTagsForStream,
        ["TagResource"] = TagOperations.TagResource,
        ["UntagResource"] = TagOperations.UntagResource,
        ["ListTagsForResource"] = TagOperations.ListTagsForResource,
    }.ToFrozenDictionary();

    public static readonly ServiceFront Front = new(
        AwsService.Kinesis, routes => routes.MapPost("/", Serve), KinesisForm.WriteErrorAsync, RequestBytesMax, request => OperationOf(request))
    {
        // As the X-Ray SDKs record these calls.
        Downstream = new DownstreamForm("Kinesis", http => new DownstreamDescription(OperationOf(http.Request), ("stream_name", http.Features.Get<CalledStream>()?.Name))),
        Forwarding = new ForwardingForm(KinesisForwarding.Name, (target, time) => new KinesisForwarding(target, time).ServeAsync),
    };

    internal static DataStreams Streams(HttpContext http) => http.RequestServices.GetRequiredService<DataStreams>();

    internal static AwsHome Home(HttpContext http) => http.RequestServices.GetRequiredService<AwsHome>();

    internal static StreamMetrics Metrics(HttpContext http) => http.RequestServices.GetRequiredService<StreamMetrics>();

    internal static TimeProvider Time(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>();

    internal static DateTimeOffset Now(HttpContext http) => Time(http).GetUtcNow();

    /// <summary>The name of the stream that a request is for.</summary>
    /// <exception cref="AwsException">It names none, or two, or one of another account.</exception>
    internal static string StreamName(HttpContext http, StreamTarget target)
    {
        var name = StreamNames.Of(target, Home(http));
        http.Features.Set(new CalledStream(name));
        return name;
    }

    /// <summary>The stream that a request is for.</summary>
    /// <exception cref="AwsException">As <see cref="StreamName"/>; or it is not there.</exception>
    internal static DataStream Stream(HttpContext http, StreamTarget target) => Streams(http).Get(StreamName(http, target));

    static Task Serve(HttpContext http)
    {
        var operation = OperationOf(http.Request);
        return Operations.TryGetValue(operation, out var serve)
            ? serve(http)
            : throw new AwsException("NotImplemented", StatusCodes.Status501NotImplemented, $"{operation} of Kinesis is not available on this server.");
    }

    static string OperationOf(HttpRequest request) =>
        request.Headers["X-Amz-Target"] is [{ } target] && target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : "UnknownOperation";
}

/// <summary>What a request turned out to be for, to be told in a trace.</summary>
sealed record CalledStream(string Name);
