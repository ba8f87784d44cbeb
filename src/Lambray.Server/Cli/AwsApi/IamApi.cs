namespace Lambray.Server.Cli.AwsApi;

/// <summary>The operations of IAM that the command line uses.</summary>
public sealed class IamApi(AwsClient aws)
{
    readonly QueryApi iam = new(aws, "iam", "2010-05-08");

    /// <summary>The new role's ARN.</summary>
    public Task<string> CreateRoleAsync(string name, string trustPolicy, CancellationToken cancellation) =>
        iam.CallAsync("CreateRole", new() { ["RoleName"] = name, ["AssumeRolePolicyDocument"] = trustPolicy }, "Arn", cancellation);

    public Task<string> GetRoleArnAsync(string name, CancellationToken cancellation) =>
        iam.CallAsync("GetRole", new() { ["RoleName"] = name }, "Arn", cancellation);

    public Task AttachRolePolicyAsync(string role, string policyArn, CancellationToken cancellation) =>
        iam.CallAsync("AttachRolePolicy", new() { ["RoleName"] = role, ["PolicyArn"] = policyArn }, cancellation);

    /// <summary>A policy of the role's own; one of this name is replaced.</summary>
    public Task PutRolePolicyAsync(string role, string name, string document, CancellationToken cancellation) =>
        iam.CallAsync("PutRolePolicy", new() { ["RoleName"] = role, ["PolicyName"] = name, ["PolicyDocument"] = document }, cancellation);
}
