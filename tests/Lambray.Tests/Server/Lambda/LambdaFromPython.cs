using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>Lambda as boto3 uses it: waiters, paginators, exceptions and streamed payloads.</summary>
public sealed class LambdaFromPython(WholeServer server) : IClassFixture<WholeServer>
{
    const string Preamble = """
        import io, zipfile
        function = client("lambda")
        def package(source):
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as z:
                z.writestr("index.js", source)
            return buffer.getvalue()
        def create(name, source="exports.handler = async (event) => event", **more):
            settings = dict(Runtime="nodejs22.x", Role="arn:aws:iam::123456789012:role/r", Handler="index.handler", Code=dict(ZipFile=package(source)))
            return function.create_function(FunctionName=name, **{**settings, **more})

        """;

    [Fact]
    public async Task Waiters_end_and_exceptions_have_types() => await Run("""
        create("waited", Environment=dict(Variables={}), Description="d", Tags=dict(k="v"))
        function.get_waiter("function_exists").wait(FunctionName="waited", WaiterConfig=dict(Delay=1))
        function.get_waiter("function_active_v2").wait(FunctionName="waited")
        got = function.get_function(FunctionName="waited")
        assert got["Tags"] == dict(k="v") and got["Configuration"]["Environment"] == dict(Variables={}), got
        updated = function.update_function_configuration(FunctionName="waited", MemorySize=256)
        assert (updated["State"], updated["LastUpdateStatus"], updated["LastUpdateStatusReason"]) == ("Active", "InProgress", "The function is being created."), updated
        function.get_waiter("function_updated_v2").wait(FunctionName="waited")
        dry = function.update_function_code(FunctionName="waited", ZipFile=package("exports.handler = 2"), DryRun=True)
        assert dry["CodeSha256"] != function.get_function_configuration(FunctionName="waited")["CodeSha256"]
        answer = function.invoke(FunctionName="waited", Payload=b'{"a": [1, 2]}')
        assert json.load(answer["Payload"]) == {"a": [1, 2]} and "FunctionError" not in answer
        try:
            create("waited")
        except function.exceptions.ResourceConflictException as e:
            assert e.response["message"] == "Function already exist: waited" and e.response["Type"] == "User", e.response
        else:
            raise AssertionError()
        try:
            function.invoke(FunctionName="never")
        except function.exceptions.ResourceNotFoundException as e:
            assert e.response["Message"] == "Function not found: arn:aws:lambda:eu-central-1:123456789012:function:never:$LATEST", e.response
        else:
            raise AssertionError()
        assert function.delete_function(FunctionName="waited")["ResponseMetadata"]["HTTPStatusCode"] == 204
        """);

    [Fact]
    public async Task Pages_hold_all_functions_once_and_only_what_AWS_lists() => await Run("""
        for i in range(7):
            create(f"page{i}")
        pages = list(function.get_paginator("list_functions").paginate(PaginationConfig=dict(PageSize=3)))
        assert [len(page["Functions"]) for page in pages] == [3, 3, 1], pages
        listed = [f for page in pages for f in page["Functions"]]
        assert [f["FunctionName"] for f in listed] == [f"page{i}" for i in range(7)]
        assert sorted(listed[0]) == ["Architectures", "CodeSha256", "CodeSize", "Description", "EphemeralStorage", "FunctionArn", "FunctionName", "Handler", "LastModified", "MemorySize",
            "PackageType", "RevisionId", "Role", "Runtime", "SnapStart", "Timeout", "TracingConfig", "Version"], sorted(listed[0])
        """);

    async Task Run(string script)
    {
        var outcome = await ClientProcess.Boto3(server.Address, Preamble + script);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }
}
