using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>A role: who may assume it (the trust policy); what it may do is in its policies.</summary>
public sealed record Role(
    Arn Arn, string Path, string RoleName, string RoleId, DateTimeOffset CreateDate, string TrustPolicy,
    string? Description, TimeSpan MaxSessionDuration, IReadOnlyList<Tag> Tags)
{
    /// <summary>The ARN of the policy that bounds it.</summary>
    public string? Boundary { get; init; }
}

/// <summary>What a caller of CreateRole decides.</summary>
public sealed record RoleRequest(string RoleName, string TrustPolicy)
{
    public string Path { get; init; } = "/";
    public string? Description { get; init; }
    public TimeSpan MaxSessionDuration { get; init; } = TimeSpan.FromHours(1);
    public IReadOnlyList<Tag> Tags { get; init; } = [];
    public string? Boundary { get; init; }
}

/// <summary>A name and value that the owner of a resource puts on it.</summary>
public readonly record struct Tag(string Key, string Value);
