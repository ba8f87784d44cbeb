using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>The refusals of IAM, with the texts that AWS gives them.</summary>
static class IamErrors
{
    public static AwsException NotFound(EntityKind kind, string name) => NoSuchEntity(
        kind == EntityKind.InstanceProfile ? $"Instance Profile {name} cannot be found." : $"The {kind.ToString().ToLowerInvariant()} with name {name} cannot be found.");

    public static AwsException InlinePolicyNotFound(PolicyHolder holder, string policyName) =>
        NoSuchEntity($"The {holder.Kind.ToString().ToLowerInvariant()} policy with name {policyName} cannot be found.");

    public static AwsException PolicyNotFound(string policyArn) => NoSuchEntity($"Policy {policyArn} was not found.");

    public static AwsException PolicyNotAttachable(string policyArn) => NoSuchEntity($"Policy {policyArn} does not exist or is not attachable.");

    public static AwsException NoSuchEntity(string message) => new("NoSuchEntity", 404, message);

    public static AwsException AlreadyExists(string message) => new("EntityAlreadyExists", 409, message);

    public static AwsException DeleteConflict(string message) => new("DeleteConflict", 409, message);

    public static AwsException LimitExceeded(string message) => new("LimitExceeded", 409, message);

    public static AwsException QuotaExceeded(string quota, int limit) => LimitExceeded($"Cannot exceed quota for {quota}: {limit}");

    public static AwsException Malformed(string message) => new("MalformedPolicyDocument", 400, message);

    public static AwsException InvalidInput(string message) => new("InvalidInput", 400, message);

    public static AwsException Validation(string message) => new("ValidationError", 400, message);
}
