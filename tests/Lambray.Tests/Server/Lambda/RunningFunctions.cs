using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>What a function finds around it and what its environments do, whichever way they are isolated.</summary>
public abstract class RunningFunctions(WholeServer server)
{
    [Fact]
    public async Task A_handler_gets_the_event_and_its_result_is_the_answer()
    {
        await server.CreateAsync("echo", "exports.handler = async (event) => ({ got: event });");
        var answer = await server.InvokeAsync("echo", """{"a":[1,"ü"]}""");
        Assert.Equal((HttpStatusCode.OK, null, """{"got":{"a":[1,"ü"]}}"""), (answer.Status, answer.FunctionError, answer.Payload));
        Assert.Equal("$LATEST", answer.Headers["X-Amz-Executed-Version"]);
    }

    [Fact]
    public async Task A_handler_knows_where_it_runs()
    {
        await server.CreateAsync("where", """
            exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis(), env: process.env, cwd: process.cwd() });
            """, new JsonObject { ["Timeout"] = 7, ["MemorySize"] = 256, ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["OWN"] = "it's \"mine\"\n$HOME" } } });
        var answer = await server.InvokeAsync("where:$LATEST");
        var context = answer.Json;
        var environment = context.GetProperty("env");
        Assert.Equal(answer.RequestId, context.GetProperty("awsRequestId").GetString());
        Assert.Equal($"arn:aws:lambda:{WholeServer.Region}:{WholeServer.Account}:function:where:$LATEST",
            context.GetProperty("invokedFunctionArn").GetString());
        Assert.Equal(("where", "$LATEST", "256"),
            (context.GetProperty("functionName").GetString(), context.GetProperty("functionVersion").GetString(),
            context.GetProperty("memoryLimitInMB").GetString()));
        Assert.InRange(context.GetProperty("left").GetDouble(), 1, 7000);
        Assert.Matches(@"^\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}$", context.GetProperty("logStreamName").GetString()!);
        Assert.Equal("it's \"mine\"\n$HOME", environment.GetProperty("OWN").GetString());
        Assert.Equal("AWS_Lambda_nodejs22.x", environment.GetProperty("AWS_EXECUTION_ENV").GetString());
        Assert.Equal(WholeServer.Region, environment.GetProperty("AWS_REGION").GetString());
        Assert.StartsWith("ASIA", environment.GetProperty("AWS_ACCESS_KEY_ID").GetString(), StringComparison.Ordinal);
        Assert.Equal(environment.GetProperty("LAMBDA_TASK_ROOT").GetString(), context.GetProperty("cwd").GetString());
    }

    [Fact]
    public async Task An_environment_is_reused_with_all_that_its_modules_remember()
    {
        await server.CreateAsync("counter", "let n = 0; exports.handler = async () => ++n;");
        var answers = new List<Invocation>();
        for (var i = 0; i < 3; i++) answers.Add(await server.InvokeAsync("counter"));
        Assert.Equal(["1", "2", "3"], answers.Select(answer => answer.Succeeded));
        Assert.Equal([true, false, false], answers.Select(answer => answer.Log.Contains("Init Duration", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_invocations_at_once_run_in_two_environments()
    {
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, "/meeting")).Status);
        await server.CreateAsync("meeting", """
            const me = Math.random();
            exports.handler = async ({ name, other }) => {
              const url = (key) => `${process.env.AWS_ENDPOINT_URL}/meeting/${key}`;
              await fetch(url(name), { method: 'PUT', body: 'here' });
              while ((await fetch(url(other))).status !== 200);
              return me;
            };
            """);
        var answers = await Task.WhenAll(
            server.InvokeAsync("meeting", """{"name":"a","other":"b"}"""), server.InvokeAsync("meeting", """{"name":"b","other":"a"}"""));
        Assert.NotEqual(answers[0].Succeeded, answers[1].Succeeded);
    }

    [Fact]
    public async Task New_code_runs_in_a_new_environment_and_the_old_one_ends()
    {
        await server.CreateAsync("changing", "exports.handler = async (event, context) => ['old', context.logStreamName];");
        var old = await server.InvokeAsync("changing");
        var update = new JsonObject { ["ZipFile"] = Convert.ToBase64String(WholeServer.Zip(("index.js", "exports.handler = async () => ['new'];"))) };
        Assert.Equal(HttpStatusCode.OK,
            (await server.SendAsync(HttpMethod.Put, "/2015-03-31/functions/changing/code", update.ToJsonString())).Status);
        await server.SettledAsync("changing");
        Assert.Equal("""["new"]""", (await server.InvokeAsync("changing")).Succeeded);
        var files = Path.Combine(server.DataDirectory, "environments", EnvironmentOf(old.Json[1].GetString()!));
        await Eventually.HoldsAsync(() => !Directory.Exists(files), "the files of the old environment are removed");
    }

    [Fact]
    public async Task Nothing_returned_is_null()
    {
        await server.CreateAsync("nothing", "exports.handler = async () => {};");
        Assert.Equal("null", (await server.InvokeAsync("nothing")).Succeeded);
    }

    [Fact]
    public async Task The_log_holds_what_was_printed_between_figures_that_agree()
    {
        await server.CreateAsync("printing", "exports.handler = async () => { console.log('printed'); };");
        var cold = await server.InvokeAsync("printing", traceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
        Assert.Matches(
            // The machine may have another version of Node.js.
            $@"^(NOTICE Runtime nodejs.*\n)?START RequestId: {cold.RequestId} Version: \$LATEST\n\S+\t{cold.RequestId}\tINFO\tprinted\nEND RequestId: {cold.RequestId}\nREPORT RequestId: {cold.RequestId}\t" +
            @"Duration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\t(Max Memory Used: \d+ MB\t)?Init Duration: \d+\.\d\d ms\t" +
            @"XRAY TraceId: 1-5759e988-bd862e3fe1be46a994272793\tSegmentId: [0-9a-f]{16}\tSampled: true\t\n$", cold.Log);
        var report = LogReport.Of((await server.InvokeAsync("printing")).Log);
        Assert.InRange(report.BilledDuration - report.Duration, -0.005, 1.005);
        Assert.InRange(report.Duration, 0.01, 10_000);
        Assert.InRange(report.MaxMemoryUsed ?? 1, 1, 128);
        Assert.Null(report.InitDuration);
    }

    [Fact]
    public async Task Ten_megabytes_of_output_leave_the_last_four_kilobytes()
    {
        await server.CreateAsync("talkative", """
            exports.handler = async () => { for (let i = 0; i < 10; i++) process.stdout.write(`${i}`.repeat(1024 * 1024 - 1) + '\n'); return 'done'; };
            """);
        var answer = await server.InvokeAsync("talkative");
        Assert.Equal("\"done\"", answer.Succeeded);
        Assert.Equal(4096, answer.Log.Length);
        Assert.Matches($@"^9+\nEND RequestId: {answer.RequestId}\nREPORT ", answer.Log);
    }

    [Fact]
    public async Task A_child_that_prints_without_end_does_not_hold_the_answer()
    {
        await server.CreateAsync("yes",
            "exports.handler = async () => { require('child_process').spawn('yes', { stdio: 'inherit' }).unref(); return 'answered'; };");
        Assert.Equal("\"answered\"", (await server.InvokeAsync("yes")).Succeeded);
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync(HttpMethod.Delete, "/2015-03-31/functions/yes")).Status);
    }

    [Fact]
    public async Task A_runtime_that_answers_and_never_asks_again_is_ended_at_its_deadline()
    {
        await server.CreateAsync("stuck", """
            exports.handler = async (event, context) => {
              await fetch(`http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/${context.awsRequestId}/response`, { method: 'POST', body: '"early"' });
              for (;;);
            };
            """, new JsonObject { ["Timeout"] = 1 });
        var answers = new[] { await server.InvokeAsync("stuck"), await server.InvokeAsync("stuck") };
        Assert.Equal(["\"early\"", "\"early\""], answers.Select(answer => answer.Succeeded));
        // The second begins with an init that is part of the invocation.
        Assert.Equal([true, false], answers.Select(answer => LogReport.Of(answer.Log).InitDuration is not null));
    }

    static string EnvironmentOf(string logStream) => logStream[(logStream.IndexOf(']') + 1)..];
}

public sealed class RunningProcesses(ProcessServer server) : RunningFunctions(server), IClassFixture<ProcessServer>;

public sealed class RunningSandboxes : RunningFunctions, IClassFixture<SandboxServer>
{
    public RunningSandboxes(SandboxServer server) : base(server) => SandboxServer.SkipUnlessAvailable();
}
