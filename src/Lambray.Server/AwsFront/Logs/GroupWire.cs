using Lambray.Aws;
using Lambray.Resources.Logs;

namespace Lambray.Server.AwsFront.Logs;

sealed record CreateLogGroupRequest(
    string? LogGroupName, string? KmsKeyId, IReadOnlyDictionary<string, string>? Tags, string? LogGroupClass, bool? DeletionProtectionEnabled);

sealed record GroupRequest(string? LogGroupName);

sealed record DescribeLogGroupsRequest(
    string? LogGroupNamePrefix, string? LogGroupNamePattern, string? NextToken, int? Limit, string? LogGroupClass, IReadOnlyList<string>? LogGroupIdentifiers);

sealed record PutRetentionPolicyRequest(string? LogGroupName, int? RetentionInDays);

sealed record DeletionProtectionRequest(string? LogGroupIdentifier, bool? DeletionProtectionEnabled);

sealed record DescribeLogGroupsAnswer(IReadOnlyList<GroupWire> LogGroups, string? NextToken);

sealed record ListLogGroupsAnswer(IReadOnlyList<GroupSummaryWire> LogGroups, string? NextToken);

sealed record GroupSummaryWire(string LogGroupName, string LogGroupArn, string LogGroupClass)
{
    public static GroupSummaryWire Of(LogGroup group, AwsHome home) => new(group.Name, GroupWire.ArnOf(group, home), group.Class);
}

/// <param name="Arn">With <c>:*</c> for all its streams, as policies have it.</param>
/// <param name="LogGroupArn">Without, as tags have it.</param>
sealed record GroupWire(
    string LogGroupName, long CreationTime, int? RetentionInDays, int MetricFilterCount, string Arn, long StoredBytes, string LogGroupClass, string LogGroupArn,
    bool DeletionProtectionEnabled)
{
    public static GroupWire Of(LogGroup group, AwsHome home)
    {
        var arn = ArnOf(group, home);
        return new GroupWire(
            group.Name, group.Created.ToUnixTimeMilliseconds(), group.RetentionDays, MetricFilterCount: 0, $"{arn}:*", group.StoredBytes, group.Class, arn, group.IsProtected);
    }

    public static string ArnOf(LogGroup group, AwsHome home) => home.Regional("logs", $"log-group:{group.Name}").ToString();
}
