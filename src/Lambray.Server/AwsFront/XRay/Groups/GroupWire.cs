using System.Text.Json.Serialization;
using Lambray.Server.AwsFront.XRay.Tags;
using Lambray.Tracing.Groups;

namespace Lambray.Server.AwsFront.XRay.Groups;

sealed record CreateGroupRequest(string? GroupName, string? FilterExpression, InsightsConfigurationWire? InsightsConfiguration, List<TagWire?>? Tags);

sealed record UpdateGroupRequest(string? GroupName, string? GroupARN, string? FilterExpression, InsightsConfigurationWire? InsightsConfiguration);

sealed record GroupNameRequest(string? GroupName, string? GroupARN);

sealed record GroupAnswer(GroupWire Group);

sealed record GetGroupsRequest(string? NextToken);

sealed record GetGroupsAnswer(GroupWire[] Groups);

sealed record GroupWire(string GroupName, string GroupARN, string? FilterExpression, InsightsConfigurationWire InsightsConfiguration)
{
    public static GroupWire Of(TraceGroup group) => new(
        group.Name, group.Arn, group.Text, new InsightsConfigurationWire(group.Insights.Enabled, group.Insights.Notify));
}

sealed record InsightsConfigurationWire(bool? InsightsEnabled, bool? NotificationsEnabled);

/// <summary>The JSON of the operations on groups.</summary>
[JsonSerializable(typeof(CreateGroupRequest))]
[JsonSerializable(typeof(UpdateGroupRequest))]
[JsonSerializable(typeof(GroupNameRequest))]
[JsonSerializable(typeof(GroupAnswer))]
[JsonSerializable(typeof(GetGroupsRequest))]
[JsonSerializable(typeof(GetGroupsAnswer))]
[JsonSerializable(typeof(EmptyAnswer))]
sealed partial class GroupJson : JsonSerializerContext
{
    public static GroupJson Wire { get; } = new(XRayJson.NewOptions());
}
