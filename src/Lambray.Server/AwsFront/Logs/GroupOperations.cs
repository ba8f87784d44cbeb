using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.Logs;

namespace Lambray.Server.AwsFront.Logs;

/// <summary>Log groups: made, deleted, listed, and how long they keep what is in them.</summary>
static class GroupOperations
{
    const int ListSizeMax = 1000;
    static readonly string[] Classes = [LogGroup.StandardClass, "INFREQUENT_ACCESS", "DELIVERY"];

    static readonly int[] RetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    public static async Task CreateLogGroup(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.CreateLogGroupRequest);
        var name = LogNames.Group(request.LogGroupName);
        RequireClass(request.LogGroupClass);
        if (request.KmsKeyId is not null) throw LogErrors.InvalidParameter("kmsKeyId is not available on this server.");
        var tags = LogTags.Check(request.Tags ?? new Dictionary<string, string>());
        await Groups(http).CreateGroupAsync(name, group => group with
        {
            Class = request.LogGroupClass ?? group.Class,
            IsProtected = request.DeletionProtectionEnabled ?? false,
            Tags = tags,
        });
        await AwsJson.WriteNothingAsync(http);
    }

    public static async Task DeleteLogGroup(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.GroupRequest);
        await Groups(http).DeleteGroupAsync(LogNames.Group(request.LogGroupName));
        await AwsJson.WriteNothingAsync(http);
    }

    public static async Task DescribeLogGroups(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.DescribeLogGroupsRequest);
        if (request is { LogGroupNamePrefix: not null, LogGroupNamePattern: not null })
            throw LogErrors.InvalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        RequireClass(request.LogGroupClass);
        var home = AwsJson.Service<AwsHome>(http);
        var names = request.LogGroupIdentifiers?.Select(identifier => LogNames.OfIdentifier(identifier, home)).ToHashSet();
        var found =
            from item in await Groups(http).ListGroupsAsync()
            where names?.Contains(item.Name) != false
            where request.LogGroupNamePrefix is not { } prefix || item.Name.StartsWith(prefix, StringComparison.Ordinal)
            where request.LogGroupNamePattern is not { } pattern || item.Name.Contains(pattern, StringComparison.Ordinal)
            where request.LogGroupClass is null || item.Class == request.LogGroupClass
            select item;
        var (groups, next) = NamePage.Take(found, item => item.Name, request.NextToken, request.Limit);
        await AwsJson.WriteAsync(http, new DescribeLogGroupsAnswer([.. groups.Select(item => GroupWire.Of(item, home))], next), LogsJson.Wire.DescribeLogGroupsAnswer);
    }

    public static async Task ListLogGroups(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.DescribeLogGroupsRequest);
        RequireClass(request.LogGroupClass);
        var found = (await Groups(http).ListGroupsAsync())
            .Where(item => IsLike(item.Name, request.LogGroupNamePattern) && (request.LogGroupClass is null || item.Class == request.LogGroupClass));
        var (groups, next) = NamePage.Take(found, item => item.Name, request.NextToken, request.Limit, sizeMax: ListSizeMax);
        var home = AwsJson.Service<AwsHome>(http);
        await AwsJson.WriteAsync(http, new ListLogGroupsAnswer([.. groups.Select(item => GroupSummaryWire.Of(item, home))], next), LogsJson.Wire.ListLogGroupsAnswer);
    }

    public static async Task PutRetentionPolicy(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.PutRetentionPolicyRequest);
        var name = LogNames.Group(request.LogGroupName);
        new Validation().Require(request.RetentionInDays is not null, null, "retentionInDays", "Member must not be null").ThrowIfAny(LogNames.InvalidParameter);
        var days = request.RetentionInDays!.Value;
        new Validation()
            .Require(RetentionDays.Contains(days), $"{days}", "retentionInDays", $"Member must satisfy enum value set: [{string.Join(", ", RetentionDays)}]")
            .ThrowIfAny(LogNames.InvalidParameter);
        await ChangeAsync(http, name, group => group with { RetentionDays = days });
    }

    public static async Task DeleteRetentionPolicy(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.GroupRequest);
        await ChangeAsync(http, LogNames.Group(request.LogGroupName), group => group with { RetentionDays = null });
    }

    public static async Task PutLogGroupDeletionProtection(HttpContext http)
    {
        var request = await AwsJson.ReadAsync(http, LogsJson.Wire.DeletionProtectionRequest);
        if (request is not { LogGroupIdentifier: { } identifier, DeletionProtectionEnabled: { } isProtected })
            throw LogErrors.InvalidParameter("logGroupIdentifier and deletionProtectionEnabled are required.");
        await ChangeAsync(http, LogNames.OfIdentifier(identifier, AwsJson.Service<AwsHome>(http)), group => group with { IsProtected = isProtected });
    }

    // Parts divided by |, each in the name, or at its beginning when it starts with ^.
    static bool IsLike(string name, string? pattern) => pattern is null || pattern.Split('|').Any(part =>
        part.StartsWith('^') ? name.StartsWith(part[1..], StringComparison.Ordinal) : name.Contains(part, StringComparison.Ordinal));

    static async Task ChangeAsync(HttpContext http, string name, Func<LogGroup, LogGroup> change)
    {
        await Groups(http).ChangeGroupAsync(name, change);
        await AwsJson.WriteNothingAsync(http);
    }

    static void RequireClass(string? name) => new Validation()
        .Require(name is null || Classes.Contains(name), name, "logGroupClass", $"Member must satisfy enum value set: [{string.Join(", ", Classes)}]")
        .ThrowIfAny(LogNames.InvalidParameter);

    static LogDirectory Groups(HttpContext http) => AwsJson.Service<LogDirectory>(http);
}
