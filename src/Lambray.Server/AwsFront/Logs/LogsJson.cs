using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Server.AwsFront.Logs;

/// <summary>The JSON of CloudWatch Logs, made at compile time: names in camelCase, absent fields left out.</summary>
[JsonSerializable(typeof(CreateLogGroupRequest))]
[JsonSerializable(typeof(GroupRequest))]
[JsonSerializable(typeof(DescribeLogGroupsRequest))]
[JsonSerializable(typeof(DescribeLogGroupsAnswer))]
[JsonSerializable(typeof(ListLogGroupsAnswer))]
[JsonSerializable(typeof(PutRetentionPolicyRequest))]
[JsonSerializable(typeof(DeletionProtectionRequest))]
[JsonSerializable(typeof(TagResourceRequest))]
[JsonSerializable(typeof(TagLogGroupRequest))]
[JsonSerializable(typeof(UntagLogGroupRequest))]
[JsonSerializable(typeof(TagsAnswer))]
[JsonSerializable(typeof(StreamRequest))]
[JsonSerializable(typeof(DescribeLogStreamsRequest))]
[JsonSerializable(typeof(DescribeLogStreamsAnswer))]
[JsonSerializable(typeof(PutLogEventsRequest))]
[JsonSerializable(typeof(PutLogEventsAnswer))]
[JsonSerializable(typeof(GetLogEventsRequest))]
[JsonSerializable(typeof(GetLogEventsAnswer))]
[JsonSerializable(typeof(FilterLogEventsRequest))]
[JsonSerializable(typeof(FilterLogEventsAnswer))]
[JsonSerializable(typeof(TestMetricFilterRequest))]
[JsonSerializable(typeof(TestMetricFilterAnswer))]
[JsonSerializable(typeof(StartLiveTailRequest))]
[JsonSerializable(typeof(LiveTailStart))]
[JsonSerializable(typeof(LiveTailUpdate))]
sealed partial class LogsJson : JsonSerializerContext
{
    /// <summary>As AWS writes it: quotes inside a string, which JSON logs are full of, as <c>\"</c>.</summary>
    public static LogsJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
