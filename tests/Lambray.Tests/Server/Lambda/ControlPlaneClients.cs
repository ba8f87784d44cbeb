using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>The control plane as real clients use it, with their waiters, paginators and exceptions.</summary>
public sealed class ControlPlaneClients(WholeServer server) : IClassFixture<WholeServer>, IDisposable
{
    readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task The_SDK_for_JavaScript() =>
        await Succeed(ClientProcess.Node("control-plane.mjs", server.Address.ToString(), Save("exports.handler = async () => process.env.STAGE;")));

    [Fact]
    public async Task Boto3() => await Succeed(ClientProcess.Boto3(server.Address, $$"""
        import io
        lambda_, s3 = client("lambda"), client("s3", s3=dict(addressing_style="path"))
        before = lambda_.get_account_settings()["AccountUsage"]
        code = open("{{Save("exports.handler = async () => 1;")}}", "rb").read()
        s3.create_bucket(Bucket="deployments", CreateBucketConfiguration=dict(LocationConstraint="eu-central-1"))
        s3.put_object(Bucket="deployments", Key="code.zip", Body=code)
        created = lambda_.create_function(FunctionName="boto", Runtime="nodejs22.x", Role="arn:aws:iam::123456789012:role/r", Handler="index.handler",
            Code=dict(S3Bucket="deployments", S3Key="code.zip"), KMSKeyArn="arn:aws:kms:eu-central-1:123456789012:key/k", Publish=True)
        assert (created["Version"], created["CodeSize"], created["KMSKeyArn"][-5:]) == ("1", len(code), "key/k"), created
        lambda_.get_waiter("function_active").wait(FunctionName="boto", WaiterConfig=dict(Delay=1))
        lambda_.get_waiter("published_version_active").wait(FunctionName="boto", Qualifier="1", WaiterConfig=dict(Delay=1))
        updated = lambda_.update_function_code(FunctionName="boto", S3Bucket="deployments", S3Key="code.zip", Publish=True)
        # The same code and configuration as version 1.
        assert updated["Version"] == "$LATEST", updated
        lambda_.get_waiter("function_updated").wait(FunctionName="boto", WaiterConfig=dict(Delay=1))

        for number in range(2, 5):
            lambda_.update_function_configuration(FunctionName="boto", Description=f"number {number}")
            lambda_.get_waiter("function_updated_v2").wait(FunctionName="boto", WaiterConfig=dict(Delay=1))
            assert lambda_.publish_version(FunctionName="boto")["Version"] == str(number)
            lambda_.create_alias(FunctionName="boto", Name=f"alias{number}", FunctionVersion=str(number))
        pages = list(lambda_.get_paginator("list_versions_by_function").paginate(FunctionName="boto", PaginationConfig=dict(PageSize=2)))
        assert [[v["Version"] for v in page["Versions"]] for page in pages] == [["$LATEST", "1"], ["2", "3"], ["4"]], pages
        everything = lambda_.get_paginator("list_functions").paginate(FunctionVersion="ALL", PaginationConfig=dict(PageSize=2)).build_full_result()
        assert [f["FunctionArn"].split(":", 6)[6] for f in everything["Functions"] if f["FunctionName"] == "boto"] == ["boto:$LATEST", "boto:1", "boto:2", "boto:3", "boto:4"], everything
        assert [a["Name"] for page in lambda_.get_paginator("list_aliases").paginate(FunctionName="boto", FunctionVersion="3") for a in page["Aliases"]] == ["alias3"]
        assert lambda_.get_function_configuration(FunctionName=f"{created['FunctionArn']}:alias2")["Description"] == "number 2"
        lambda_.delete_function(FunctionName="boto", Qualifier="1")
        try:
            lambda_.invoke(FunctionName="boto:1")
        except lambda_.exceptions.ResourceNotFoundException as e:
            assert e.response["Message"].endswith("function:boto:1"), e.response
        else:
            raise AssertionError()

        for statement in range(150):
            try:
                lambda_.add_permission(FunctionName="boto", StatementId=f"{statement}".zfill(100), Action="lambda:InvokeFunction", Principal="s3.amazonaws.com")
            except lambda_.exceptions.PolicyLengthExceededException as e:
                assert e.response["message"].endswith("is bigger than the limit (20480)."), e.response
                break
        else:
            raise AssertionError()
        limits = lambda_.get_account_settings()
        assert limits["AccountLimit"]["TotalCodeSize"] == 80530636800 and limits["AccountUsage"]["FunctionCount"] == before["FunctionCount"] + 1, limits
        # $LATEST and the versions 2 to 4.
        assert limits["AccountUsage"]["TotalCodeSize"] == before["TotalCodeSize"] + 4 * len(code), limits
        lambda_.delete_function(FunctionName="boto")
        assert lambda_.get_account_settings()["AccountUsage"] == before
        """));

    [Fact]
    public async Task The_command_line()
    {
        await Aws("create-function", "--function-name", "commanded", "--runtime", "nodejs22.x", "--handler", "index.handler", "--role", WholeServer.UnknownRole,
            "--zip-file", "fileb://" + Save("exports.handler = async () => 1;"));
        await Aws("wait", "function-active-v2", "--function-name", "commanded");
        await Aws("publish-version", "--function-name", "commanded");
        await Aws("wait", "published-version-active", "--function-name", "commanded", "--qualifier", "1");
        await Aws("create-alias", "--function-name", "commanded", "--name", "live", "--function-version", "1");
        Assert.Contains("\"live\"", await Aws("list-aliases", "--function-name", "commanded", "--max-items", "1"), StringComparison.Ordinal);
        Assert.Contains("\"Version\": \"1\"", await Aws("get-function", "--function-name", "commanded:live"), StringComparison.Ordinal);
        await Aws("add-permission", "--function-name", "commanded:live", "--statement-id", "s3", "--action", "lambda:InvokeFunction", "--principal", "s3.amazonaws.com",
            "--source-arn", "arn:aws:s3:::b", "--source-account", WholeServer.Account);
        Assert.Contains("AWS:SourceAccount", await Aws("get-policy", "--function-name", "commanded", "--qualifier", "live"), StringComparison.Ordinal);
        await Aws("put-function-event-invoke-config", "--function-name", "commanded", "--maximum-retry-attempts", "0");
        await Aws("put-function-concurrency", "--function-name", "commanded", "--reserved-concurrent-executions", "2");
        Assert.Contains("2", await Aws("get-function-concurrency", "--function-name", "commanded"), StringComparison.Ordinal);
        await Aws("tag-resource", "--resource", $"arn:aws:lambda:{WholeServer.Region}:{WholeServer.Account}:function:commanded", "--tags", "a=b,c=d");
        Assert.Contains(".lambda-url.", await Aws("create-function-url-config", "--function-name", "commanded", "--auth-type", "AWS_IAM"), StringComparison.Ordinal);
        await Aws("delete-alias", "--function-name", "commanded", "--name", "live");
        Assert.Equal("", await Aws("delete-function", "--function-name", "commanded"));
    }

    async Task<string> Aws(params string[] arguments) => await Succeed(ClientProcess.Aws(server.Address, ["lambda", .. arguments]));

    static async Task<string> Succeed(Task<ClientOutcome> client)
    {
        var outcome = await client;
        Assert.True(outcome.ExitCode == 0, outcome.Error + outcome.Output);
        return outcome.Output;
    }

    string Save(string source)
    {
        var path = Path.Combine(directory.Path, "code.zip");
        File.WriteAllBytes(path, WholeServer.Zip(("index.js", source)));
        return path;
    }
}
