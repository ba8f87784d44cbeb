using System.Collections.Frozen;
using Lambray.Aws;
using Lambray.Server.AwsFront.Downstream;

namespace Lambray.Server.AwsFront.EventBridge;

/// <summary>The door of EventBridge: every operation is a POST to the root that names itself in <c>X-Amz-Target</c>.</summary>
public static class EventBridgeDoor
{
    public const string TargetPrefix = "AWSEvents.";

    const long RequestBytesMax = 16 * 1024 * 1024;

    static readonly FrozenDictionary<string, RequestDelegate> Operations = new Dictionary<string, RequestDelegate>
    {
        ["CreateEventBus"] = BusOperations.CreateEventBus,
        ["DeleteEventBus"] = BusOperations.DeleteEventBus,
        ["DescribeEventBus"] = BusOperations.DescribeEventBus,
        ["ListEventBuses"] = BusOperations.ListEventBuses,
        ["UpdateEventBus"] = BusOperations.UpdateEventBus,
        ["PutPermission"] = PermissionOperations.PutPermission,
        ["RemovePermission"] = PermissionOperations.RemovePermission,
        ["PutRule"] = RuleOperations.PutRule,
        ["DeleteRule"] = RuleOperations.DeleteRule,
        ["DescribeRule"] = RuleOperations.DescribeRule,
        ["ListRules"] = RuleOperations.ListRules,
        ["ListRuleNamesByTarget"] = RuleOperations.ListRuleNamesByTarget,
        ["EnableRule"] = RuleOperations.EnableRule,
        ["DisableRule"] = RuleOperations.DisableRule,
        ["PutTargets"] = TargetOperations.PutTargets,
        ["RemoveTargets"] = TargetOperations.RemoveTargets,
        ["ListTargetsByRule"] = TargetOperations.ListTargetsByRule,
        ["PutEvents"] = PutEventsOperation.PutEvents,
        ["TestEventPattern"] = TestEventPatternOperation.TestEventPattern,
        ["TagResource"] = TagOperations.TagResource,
        ["UntagResource"] = TagOperations.UntagResource,
        ["ListTagsForResource"] = TagOperations.ListTagsForResource,
    }.ToFrozenDictionary();

    public static readonly ServiceFront Front = new(
        AwsService.EventBridge, routes => routes.MapPost("/", Serve), AwsJson.WriteErrorAsync, RequestBytesMax, request => OperationOf(request))
    {
        Downstream = new DownstreamForm("Events", http => new DownstreamDescription(OperationOf(http.Request))),
    };

    static Task Serve(HttpContext http)
    {
        var operation = OperationOf(http.Request);
        return Operations.TryGetValue(operation, out var serve)
            ? serve(http)
            : throw new AwsException("NotImplemented", StatusCodes.Status501NotImplemented, $"{operation} of EventBridge is not available on this server.");
    }

    static string OperationOf(HttpRequest request) =>
        request.Headers["X-Amz-Target"] is [{ } target] && target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : "UnknownOperation";
}
