using System.Text.RegularExpressions;

namespace Lambray.Resources.Iam;

/// <summary>What IAM accepts as names, paths and durations, and how it refuses the rest.</summary>
static partial class IamNames
{
    const int RoleNameMax = 64;
    const int PolicyNameMax = 128;
    const int PathMax = 512;
    const int DescriptionMax = 1000;

    public static void CheckRoleName(string roleName) => CheckName("roleName", roleName, RoleNameMax);

    public static void CheckPolicyName(string policyName) => CheckName("policyName", policyName, PolicyNameMax);

    public static void CheckUserName(string userName) => CheckName("userName", userName, RoleNameMax);

    public static void CheckGroupName(string groupName) => CheckName("groupName", groupName, PolicyNameMax);

    public static void CheckInstanceProfileName(string name) => CheckName("instanceProfileName", name, PolicyNameMax);

    public static void CheckAlias(string alias)
    {
        if (!AliasPattern.IsMatch(alias))
            throw Constraint("accountAlias", alias, "Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$");
    }

    public static void CheckTags(IReadOnlyList<Tag> tags)
    {
        if (tags.Count > IamQuotas.TagsMax) throw IamErrors.Validation($"1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to {IamQuotas.TagsMax}");
        foreach (var tag in tags)
        {
            if (tag.Key.Length is 0 or > 128) throw Constraint("tags.member.key", tag.Key, "Member must have length between 1 and 128");
            if (tag.Value.Length > 256) throw Constraint("tags.member.value", tag.Value, "Member must have length less than or equal to 256");
            if (!TagPattern.IsMatch(tag.Key)) throw Constraint("tags.member.key", tag.Key, @"Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+");
            if (!TagPattern.IsMatch(tag.Value)) throw Constraint("tags.member.value", tag.Value, @"Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*");
            if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) throw IamErrors.InvalidInput("Tag keys that begin with aws: are reserved for AWS's own use.");
        }
        if (tags.DistinctBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).Count() < tags.Count)
            throw IamErrors.InvalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }

    public static void CheckPath(string path)
    {
        if (path.Length > PathMax || !PathPattern.IsMatch(path))
            throw IamErrors.Validation("The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.");
    }

    public static void CheckDescription(string? description)
    {
        if (description?.Length > DescriptionMax)
            throw Constraint("description", description, $"Member must have length less than or equal to {DescriptionMax}");
    }

    public static void CheckMaxSession(TimeSpan maxSession)
    {
        if (maxSession < TimeSpan.FromHours(1))
            throw Constraint("maxSessionDuration", $"{maxSession.TotalSeconds}", "Member must have value greater than or equal to 3600");
        if (maxSession > TimeSpan.FromHours(12))
            throw Constraint("maxSessionDuration", $"{maxSession.TotalSeconds}", "Member must have value less than or equal to 43200");
    }

    static void CheckName(string member, string name, int lengthMax)
    {
        if (name.Length == 0) throw Constraint(member, name, "Member must have length greater than or equal to 1");
        if (name.Length > lengthMax) throw Constraint(member, name, $"Member must have length less than or equal to {lengthMax}");
        if (!NamePattern.IsMatch(name))
            throw IamErrors.Validation($"The specified value for {member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
    }

    static Aws.AwsException Constraint(string member, string value, string constraint) =>
        IamErrors.Validation($"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]+\z")]
    static partial Regex NamePattern { get; }

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z")]
    static partial Regex TagPattern { get; }

    [GeneratedRegex(@"^(?=.{3,63}\z)[a-z0-9]+(-[a-z0-9]+)*\z")]
    static partial Regex AliasPattern { get; }

    [GeneratedRegex(@"^/([\x21-\x7E]+/)?\z")]
    static partial Regex PathPattern { get; }
}
