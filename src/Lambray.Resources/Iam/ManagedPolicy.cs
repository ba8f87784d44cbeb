using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>A policy that stands by itself and is attached to roles, users and groups: one of AWS's own, or one that the account made.</summary>
/// <param name="Document">Of the default version.</param>
public sealed record ManagedPolicy(Arn Arn, string Path, string PolicyName, string PolicyId, DateTimeOffset CreateDate, string Document, string? Description = null)
{
    public int DefaultVersion { get; init; } = 1;

    public DateTimeOffset UpdateDate { get; init; } = CreateDate;

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public bool IsAwsManaged => Arn.AccountId == "aws";
}

/// <summary>A policy as it was at some time; one of its versions, the default, is in force.</summary>
public sealed record PolicyVersion(int Number, string Document, DateTimeOffset CreateDate, bool IsDefault)
{
    public string Id => $"v{Number}";
}
