using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Runtimes;

/// <summary>Functions in Python, as the bootstrap in runtimes/python runs them.</summary>
public abstract class PythonFunctions(WholeServer server) : ScriptFunctions(server, "python3.12", "app.py")
{
    public static TheoryData<string, string, string, string> Failures => new()
    {
        { "Raises", "def handler(event, context): raise ValueError('late')", "ValueError", "^late$" },
        { "RaisesInInit", "raise RuntimeError('early')", "RuntimeError", "^early$" },
        { "MissesPackage", "import left_pad", "Runtime.ImportModuleError", "^Unable to import module 'app': No module named 'left_pad'$" },
        { "ReturnsSet", "def handler(event, context): return {1}", "Runtime.MarshalError", "^Unable to marshal response: Object of type set is not JSON serializable$" },
        { "ReturnsTooMuch", "def handler(event, context): return 'x' * 40_000_000", "Function.ResponseSizeTooLarge", "^Response payload size exceeded" },
        { "Exits", "import sys\ndef handler(event, context): sys.exit(3)", "Runtime.ExitError", "^RequestId: <id> Error: Runtime exited with error: exit status 3$" },
        { "ExitsInInit", "import sys\nsys.exit(4)", "Runtime.ExitError", "^RequestId: <id> Error: Runtime exited with error: exit status 4$" },
        { "Aborts", "import os\ndef handler(event, context): os.abort()", "Runtime.ExitError", "^RequestId: <id> Error: Runtime exited with error: signal: aborted$" },
        { "Sleeps", "import time\ndef handler(event, context): time.sleep(60)", "Sandbox.Timedout", @"^RequestId: <id> Error: Task timed out after 2\.00 seconds$" },
    };

    [Fact]
    public async Task Know_where_they_run_cold_and_warm()
    {
        await CreateAsync("py-where", """
            import os, sys
            count = 0
            def handler(event, context):
                global count
                count += 1
                print("got", event)
                return dict(event=event, count=count, id=context.aws_request_id, arn=context.invoked_function_arn, left=context.get_remaining_time_in_millis(),
                            path=sys.path[0], root=os.environ["LAMBDA_TASK_ROOT"], cwd=os.getcwd(), execution=os.environ["AWS_EXECUTION_ENV"])
            """);
        var cold = await Server.InvokeAsync("py-where", """{"a":"ü"}""");
        var warm = await Server.InvokeAsync("py-where", "[1]");
        Assert.Equal((1, 2), (cold.Json.GetProperty("count").GetInt32(), warm.Json.GetProperty("count").GetInt32()));
        Assert.Equal("ü", cold.Json.GetProperty("event").GetProperty("a").GetString());
        Assert.Equal(cold.RequestId, cold.Json.GetProperty("id").GetString());
        Assert.EndsWith(":function:py-where", cold.Json.GetProperty("arn").GetString(), StringComparison.Ordinal);
        Assert.InRange(cold.Json.GetProperty("left").GetInt32(), 1, 10_000);
        Assert.All(["path", "cwd"], place => Assert.Equal(cold.Json.GetProperty("root").GetString(), cold.Json.GetProperty(place).GetString()));
        Assert.Equal("AWS_Lambda_python3.12", cold.Json.GetProperty("execution").GetString());
        Assert.Matches($@"START RequestId: {cold.RequestId} Version: \$LATEST\ngot {{'a': 'ü'}}\nEND ", cold.Log);
        Assert.Contains("Init Duration", cold.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Init Duration", warm.Log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public Task Tell_their_caller_what_went_wrong(string name, string source, string type, string message) => FailsAsync("py-" + name, source, "app.handler", type, message);

    [Fact]
    public async Task Are_replaced_when_they_crash_and_kept_when_they_raise()
    {
        await CreateAsync("py-sometimes", """
            import os
            count = 0
            def handler(event, context):
                global count
                count += 1
                if event == "crash": os._exit(1)
                if event == "raise": raise Exception(count)
                return count
            """);
        Assert.Equal("1", (await Server.InvokeAsync("py-sometimes")).Succeeded);
        Assert.Equal("2", (await Server.InvokeAsync("py-sometimes", "\"raise\"")).ErrorMessage);
        Assert.Equal("3", (await Server.InvokeAsync("py-sometimes")).Succeeded);
        Assert.Equal("Runtime.ExitError", (await Server.InvokeAsync("py-sometimes", "\"crash\"")).ErrorType);
        Assert.Equal("1", (await Server.InvokeAsync("py-sometimes")).Succeeded);
    }

    [Fact]
    public async Task Log_with_their_request_id()
    {
        await CreateAsync("py-log", """
            import logging
            logging.getLogger().setLevel("INFO")
            def handler(event, context):
                logging.info("two\nlines")
                1 / 0
            """);
        var answer = await Server.InvokeAsync("py-log");
        Assert.Matches($@"\n\[INFO\]\t\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z\t{answer.RequestId}\ttwo\rlines\n", answer.Log);
        Assert.Matches(@"\n\[ERROR\] ZeroDivisionError: division by zero\rTraceback \(most recent call last\):\r\u00a0\u00a0File ""[^""]+/app\.py"", line 5, in handler\r", answer.Log);
        Assert.Equal(1, answer.Json.GetProperty("stackTrace").GetArrayLength());
    }

    [Fact]
    public async Task Reach_our_S3_by_the_boto3_that_the_runtime_brings()
    {
        await CreateAsync("py-boto3", """
            import boto3, boto3.session
            def handler(event, context):
                s3 = boto3.client("s3")
                s3.create_bucket(Bucket="from-python", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
                s3.put_object(Bucket="from-python", Key="a/b.txt", Body=b"hello")
                boto3.session.Session().resource("s3").Object("from-python", "c").put(Body=b"c")
                return [o["Key"] for o in s3.list_objects_v2(Bucket="from-python")["Contents"]], boto3.client("sts").get_caller_identity()["Account"]
            """, settings: new JsonObject { ["Timeout"] = 60, ["MemorySize"] = 512 });
        Assert.Equal($"""[["a/b.txt", "c"], "{WholeServer.Account}"]""", (await Server.InvokeAsync("py-boto3")).Succeeded);
        Assert.Equal("hello", await Server.Http.GetStringAsync("/from-python/a/b.txt", TestContext.Current.CancellationToken));
    }
}

public sealed class PythonProcesses(ProcessServer server) : PythonFunctions(server), IClassFixture<ProcessServer>;

public sealed class PythonSandboxes : PythonFunctions, IClassFixture<SandboxServer>
{
    public PythonSandboxes(SandboxServer server) : base(server) => SandboxServer.SkipUnlessAvailable();

    [Fact]
    public Task Are_ended_when_they_take_more_memory_than_they_have() =>
        IsEndedForItsMemoryAsync("py-greedy", "def handler(event, context): return len(bytearray(400_000_000)) if event else 'modest'");
}
