using System.Collections.Frozen;
using Lambray.Aws;
using Lambray.Server.AwsFront.Downstream;
using Lambray.Server.AwsFront.Forwarding;

namespace Lambray.Server.AwsFront.Logs;

/// <summary>The door of CloudWatch Logs: every operation is a POST to the root that names itself in <c>X-Amz-Target</c>.</summary>
public static class LogsDoor
{
    // A batch of 1 MB grows when its messages are quoted.
    const long RequestBytesMax = 8 * 1024 * 1024;
    const string TargetPrefix = "Logs_20140328.";

    static readonly FrozenDictionary<string, RequestDelegate> Operations = new Dictionary<string, RequestDelegate>
    {
        ["CreateLogGroup"] = GroupOperations.CreateLogGroup,
        ["DeleteLogGroup"] = GroupOperations.DeleteLogGroup,
        ["DescribeLogGroups"] = GroupOperations.DescribeLogGroups,
        ["ListLogGroups"] = GroupOperations.ListLogGroups,
        ["PutRetentionPolicy"] = GroupOperations.PutRetentionPolicy,
        ["DeleteRetentionPolicy"] = GroupOperations.DeleteRetentionPolicy,
        ["PutLogGroupDeletionProtection"] = GroupOperations.PutLogGroupDeletionProtection,
        ["TagResource"] = TagOperations.TagResource,
        ["UntagResource"] = TagOperations.UntagResource,
        ["ListTagsForResource"] = TagOperations.ListTagsForResource,
        ["TagLogGroup"] = TagOperations.TagLogGroup,
        ["UntagLogGroup"] = TagOperations.UntagLogGroup,
        ["ListTagsLogGroup"] = TagOperations.ListTagsLogGroup,
        ["CreateLogStream"] = StreamOperations.CreateLogStream,
        ["DeleteLogStream"] = StreamOperations.DeleteLogStream,
        ["DescribeLogStreams"] = StreamOperations.DescribeLogStreams,
        ["PutLogEvents"] = PutOperations.PutLogEvents,
        ["GetLogEvents"] = ReadOperations.GetLogEvents,
        ["FilterLogEvents"] = ReadOperations.FilterLogEvents,
        ["TestMetricFilter"] = ReadOperations.TestMetricFilter,
        ["StartLiveTail"] = LiveTailOperation.StartLiveTail,
    }.ToFrozenDictionary();

    public static readonly ServiceFront Front = new(
        AwsService.Logs, routes => routes.MapPost("/", Serve), AwsJson.WriteErrorAsync, RequestBytesMax, request => OperationOf(request))
    {
        Downstream = new DownstreamForm("CloudWatchLogs", http => new DownstreamDescription(OperationOf(http.Request))),
        Forwarding = ServiceForwarding.Of("logs", "logs"),
    };

    static Task Serve(HttpContext http)
    {
        var operation = OperationOf(http.Request);
        return Operations.TryGetValue(operation, out var serve)
            ? serve(http)
            : throw new AwsException("NotImplemented", StatusCodes.Status501NotImplemented, $"{operation} of Logs is not available on this server.");
    }

    static string OperationOf(HttpRequest request) =>
        request.Headers["X-Amz-Target"] is [{ } target] && target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : "UnknownOperation";
}
