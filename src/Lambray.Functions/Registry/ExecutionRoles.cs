using System.Security.Cryptography;
using Lambray.Aws;
using Lambray.Resources.Iam;

namespace Lambray.Functions.Registry;

/// <summary>Makes and widens execution roles for people who would not do it by hand ("Lambda execution role" in the Developer Guide).</summary>
public sealed class ExecutionRoles(IamDirectory iam)
{
    public const string BasicPolicy = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    public const string TracingPolicy = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess";

    // The path and the shape of the name that AWS's console gives.
    const string Path = "/service-role/";
    const int RoleNameLengthMax = 64;
    const int SuffixLength = 8;
    const string SuffixAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    const string TrustPolicy =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    /// <summary>A new role of a function's own, which may write logs.</summary>
    public Task<Role> CreateForAsync(string function)
    {
        var suffix = $"-role-{RandomNumberGenerator.GetString(SuffixAlphabet, SuffixLength)}";
        return CreateAsync(function[..Math.Min(function.Length, RoleNameLengthMax - suffix.Length)] + suffix);
    }

    /// <summary>The role of this name, made if it is not there, which may write logs.</summary>
    public async Task<Role> EnsureAsync(string name)
    {
        try
        {
            return await CreateAsync(name);
        }
        catch (AwsException error) when (error.Code == "EntityAlreadyExists")
        {
            await iam.AttachRolePolicy(name, BasicPolicy);
            return iam.GetRole(name);
        }
    }

    /// <summary>Lets a role write to X-Ray.</summary>
    /// <returns>The policy that it has from now on; null when the role is not known here, so that nothing can be attached.</returns>
    public async Task<string?> GrantTracingAsync(string roleArn)
    {
        if (!Arn.TryParse(roleArn, out var arn) || iam.FindRole(arn) is not { } role) return null;
        await iam.AttachRolePolicy(role.RoleName, TracingPolicy);
        return TracingPolicy;
    }

    /// <summary>Takes a role back that was made for a function which then was refused.</summary>
    public async Task RemoveAsync(Role role)
    {
        foreach (var policy in iam.ListAttachedRolePolicies(role.RoleName)) await iam.DetachRolePolicy(role.RoleName, policy.Arn.ToString());
        await iam.DeleteRole(role.RoleName);
    }

    async Task<Role> CreateAsync(string name)
    {
        var role = await iam.CreateRole(new RoleRequest(name, TrustPolicy) { Path = Path });
        await iam.AttachRolePolicy(role.RoleName, BasicPolicy);
        return role;
    }
}
