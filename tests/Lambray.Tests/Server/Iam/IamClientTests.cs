using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Lambray.Resources.Iam;
using Lambray.Tests.Resources.Iam;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Iam;

/// <summary>IAM and STS as the clients of AWS use them.</summary>
public sealed class IamClientTests(ResourcesServer server) : IClassFixture<ResourcesServer>
{
    static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_line_makes_an_execution_role_that_may_write_traces()
    {
        var created = await Succeed("iam", "create-role", "--role-name", "traced", "--assume-role-policy-document", IamSamples.LambdaTrust);
        var role = created.GetProperty("Role");
        Assert.Equal("arn:aws:iam::123456789012:role/traced", role.GetProperty("Arn").GetString());
        Assert.Equal("sts:AssumeRole", role.GetProperty("AssumeRolePolicyDocument").GetProperty("Statement")[0].GetProperty("Action").GetString());

        await ClientProcess.Aws(server.Address, "iam", "attach-role-policy", "--role-name", "traced", "--policy-arn", IamSamples.XRayWrite);
        var attached = await Succeed("iam", "list-attached-role-policies", "--role-name", "traced");
        Assert.Equal("AWSXrayWriteOnlyAccess", attached.GetProperty("AttachedPolicies")[0].GetProperty("PolicyName").GetString());
        var directory = server.Services.GetRequiredService<IamDirectory>();
        Assert.Equal(RoleAccess.Allowed, directory.CheckAccess(directory.GetRole("traced").Arn, "xray:PutTraceSegments"));

        var refused = await ClientProcess.Aws(server.Address, "iam", "delete-role", "--role-name", "traced");
        Assert.Contains("(DeleteConflict)", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boto3_pages_through_roles_and_keeps_inline_policies()
    {
        var outcome = await ClientProcess.Boto3(server.Address, $"""
            iam = client("iam")
            trust = '''{IamSamples.LambdaTrust}'''
            """ + "\n" + """
            for i in range(5):
                iam.create_role(RoleName=f"page{i}", Path="/pages/", AssumeRolePolicyDocument=trust, Tags=[dict(Key="n", Value=str(i))])
            pages = iam.get_paginator("list_roles").paginate(PathPrefix="/pages/", PaginationConfig=dict(PageSize=2))
            assert [r["RoleName"] for page in pages for r in page["Roles"]] == [f"page{i}" for i in range(5)]
            assert iam.get_role(RoleName="page3")["Role"]["Tags"] == [dict(Key="n", Value="3")]
            document = dict(Version="2012-10-17", Statement=[dict(Effect="Allow", Action="s3:*", Resource="*")])
            iam.put_role_policy(RoleName="page0", PolicyName="inline", PolicyDocument=json.dumps(document))
            assert iam.get_role_policy(RoleName="page0", PolicyName="inline")["PolicyDocument"] == document
            assert iam.list_role_policies(RoleName="page0")["PolicyNames"] == ["inline"]
            own = iam.create_policy(PolicyName="own", PolicyDocument=json.dumps(document))["Policy"]
            assert iam.get_policy_version(PolicyArn=own["Arn"], VersionId="v1")["PolicyVersion"]["Document"] == document
            assert [p["PolicyName"] for p in iam.list_policies(Scope="Local")["Policies"]] == ["own"]
            try:
                iam.create_role(RoleName="page0", AssumeRolePolicyDocument=trust)
            except iam.exceptions.EntityAlreadyExistsException as e:
                assert e.response["Error"]["Message"] == "Role with name page0 already exists.", e
            else:
                raise AssertionError()
            """);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    [Fact]
    public async Task Temporary_credentials_tell_who_calls()
    {
        var outcome = await ClientProcess.Boto3(server.Address, $"""
            trust = '''{IamSamples.Trust("123456789012")}'''
            """ + "\n" + """
            sts = client("sts")
            assert sts.get_caller_identity()["Arn"] == "arn:aws:iam::123456789012:root"
            role = client("iam").create_role(RoleName="assumed", AssumeRolePolicyDocument=trust)["Role"]
            session = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="me")
            keys = session["Credentials"]
            as_role = boto3.client("sts", endpoint_url=sts.meta.endpoint_url, aws_access_key_id=keys["AccessKeyId"],
                aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"])
            identity = as_role.get_caller_identity()
            assert identity["Arn"] == session["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/assumed/me"
            assert identity["UserId"] == role["RoleId"] + ":me"
            try:
                sts.assume_role(RoleArn="arn:aws:iam::123456789012:role/none", RoleSessionName="me")
            except botocore.exceptions.ClientError as e:
                assert (e.response["Error"]["Code"], e.response["ResponseMetadata"]["HTTPStatusCode"]) == ("AccessDenied", 403), e
            else:
                raise AssertionError()
            """);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    [Theory]
    [InlineData("?Version=2010-05-08", 400, "MissingAction")]
    [InlineData("?Version=2010-05-08&Action=ListSAMLProviders", 501, "NotImplemented")]
    [InlineData("?Version=2010-05-08&Action=GetRole", 400, "ValidationError")]
    [InlineData("?Version=2010-05-08&Action=ListRoles&MaxItems=0", 400, "ValidationError")]
    [InlineData("?Version=2010-05-08&Action=ListRoles&Marker=%21", 400, "ValidationError")]
    [InlineData("?Version=2011-06-15&Action=GetSessionToken&DurationSeconds=1", 400, "ValidationError")]
    [InlineData("?Version=2011-06-15&Action=AssumeRole&RoleArn=x&RoleSessionName=y", 400, "ValidationError")]
    public async Task Refuses_odd_requests_in_the_shape_of_the_query_protocol(string query, int status, string code)
    {
        using var response = await server.Http.GetAsync(new Uri(server.Address, query), Cancellation);
        var error = XElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        var space = error.Name.Namespace;
        Assert.Equal(((HttpStatusCode)status, code), (response.StatusCode, error.Element(space + "Error")!.Element(space + "Code")!.Value));
        Assert.Equal(error.Element(space + "RequestId")!.Value, response.Headers.GetValues("x-amzn-RequestId").Single());
    }

    async Task<JsonElement> Succeed(params string[] arguments) =>
        JsonDocument.Parse((await ClientProcess.Aws(server.Address, arguments)).Succeeded).RootElement;
}
