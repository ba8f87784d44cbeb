using Lambray.Aws;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>Permissions of IAM's operations: the entity that they name is the resource.</summary>
static class IamPermissions
{
    // The first that a request has; a policy that is attached is the resource only where nothing has it.
    static readonly (string Parameter, string Kind)[] Named =
        [("RoleName", "role"), ("InstanceProfileName", "instance-profile"), ("GroupName", "group"), ("UserName", "user")];

    public static IEnumerable<Permission> Of(string operation, IReadOnlyDictionary<string, string> fields, AwsHome home)
    {
        foreach (var (parameter, kind) in Named)
            if (fields.TryGetValue(parameter, out var name))
                return [new Permission($"iam:{operation}", home.Global("iam", $"{kind}{(operation.StartsWith("Create", StringComparison.Ordinal) ? fields.GetValueOrDefault("Path", "/") : "/")}{name}").ToString())
                {
                    Describe = context => context.Set("iam:PolicyARN", fields.GetValueOrDefault("PolicyArn")).Set("iam:PermissionsBoundary", fields.GetValueOrDefault("PermissionsBoundary")),
                }];
        if (fields.TryGetValue("PolicyArn", out var arn)) return [new Permission($"iam:{operation}", arn)];
        return [new Permission($"iam:{operation}", fields.TryGetValue("PolicyName", out var policy) ? home.Global("iam", $"policy{fields.GetValueOrDefault("Path", "/")}{policy}").ToString() : "*")];
    }
}
