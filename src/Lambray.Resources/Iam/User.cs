using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>A person or program with access keys of its own.</summary>
public sealed record User(Arn Arn, string Path, string UserName, string UserId, DateTimeOffset CreateDate, IReadOnlyList<Tag> Tags)
{
    /// <summary>The ARN of the policy that bounds it.</summary>
    public string? Boundary { get; init; }
}

/// <summary>Users that share policies.</summary>
public sealed record Group(Arn Arn, string Path, string GroupName, string GroupId, DateTimeOffset CreateDate);
