using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>What the <c>aws</c> block says of the account and of the resource that was used, whichever key the service writes it under.</summary>
static class AwsBlock
{
    public static string? AccountId(this SegmentEntity entity) => entity.Aws?.Text("account_id");

    public static string? InstanceId(this SegmentEntity entity) => entity.Aws?.Block("ec2")?.Text("instance_id");

    public static string? AvailabilityZone(this SegmentEntity entity) => entity.Aws?.Block("ec2")?.Text("availability_zone");

    public static string? TableName(this SegmentEntity entity) => entity.Aws?.Text("table_name");

    public static string? StreamName(this SegmentEntity entity) => entity.Aws?.Text("stream_name");

    public static string? QueueName(this SegmentEntity entity) =>
        entity.Aws?.Text("queue_url") is { } url ? LastPart(url, '/') : null;

    /// <summary>The names that X-Ray writes into <c>resource_names</c>, from the parameters that the SDKs record.</summary>
    public static IReadOnlyList<string> ResourceNames(JsonElement aws)
    {
        if (aws.Text("table_name") is { } table) return [table];
        if (aws.Texts("table_names").ToArray() is { Length: > 0 } tables) return tables;
        if (aws.Text("function_name") is { } function) return [function];
        if (aws.Text("bucket_name") is { } bucket) return [bucket];
        if (aws.Text("queue_url") is { } queue) return [LastPart(queue, '/')];
        if (aws.Text("stream_name") is { } stream) return [stream];
        if (aws.Text("topic_arn") is { } topic) return [LastPart(topic, ':')];
        return [];
    }

    static string LastPart(string text, char separator) => text[(text.LastIndexOf(separator) + 1)..];
}
