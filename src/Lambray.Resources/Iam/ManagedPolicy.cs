using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>A policy that stands by itself and is attached to roles: one of AWS's own, or one that the account made.</summary>
public sealed record ManagedPolicy(Arn Arn, string Path, string PolicyName, string PolicyId, DateTimeOffset CreateDate, string Document, string? Description = null)
{
    /// <summary>Policies are not edited here, so every one is at its first version.</summary>
    public const string DefaultVersionId = "v1";

    public bool IsAwsManaged => Arn.AccountId == "aws";
}
