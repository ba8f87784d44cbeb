using System.Xml.Linq;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>The operations of IAM that the command line uses, by the query protocol.</summary>
public sealed class IamApi(AwsClient aws)
{
    const string ApiVersion = "2010-05-08";

    /// <summary>The new role's ARN.</summary>
    public Task<string> CreateRoleAsync(string name, string trustPolicy, CancellationToken cancellation) =>
        RoleArnAsync(new() { ["Action"] = "CreateRole", ["RoleName"] = name, ["AssumeRolePolicyDocument"] = trustPolicy }, cancellation);

    public Task<string> GetRoleArnAsync(string name, CancellationToken cancellation) =>
        RoleArnAsync(new() { ["Action"] = "GetRole", ["RoleName"] = name }, cancellation);

    public Task AttachRolePolicyAsync(string role, string policyArn, CancellationToken cancellation) =>
        SendAsync(new() { ["Action"] = "AttachRolePolicy", ["RoleName"] = role, ["PolicyArn"] = policyArn }, cancellation);

    async Task<string> RoleArnAsync(Dictionary<string, string> parameters, CancellationToken cancellation) =>
        (await SendAsync(parameters, cancellation)).Descendants().First(element => element.Name.LocalName == "Arn").Value;

    async Task<XDocument> SendAsync(Dictionary<string, string> parameters, CancellationToken cancellation)
    {
        parameters["Version"] = ApiVersion;
        using var form = new FormUrlEncodedContent(parameters);
        var request = new AwsRequest("iam", HttpMethod.Post, "/")
        {
            Body = await form.ReadAsByteArrayAsync(cancellation),
            ContentType = "application/x-www-form-urlencoded; charset=utf-8",
        };
        using var response = await aws.SendAsync(request, cancellation);
        return XDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
    }
}
