using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>Functions that fail in every way: the caller gets AWS's error, and the server goes on as if nothing had been.</summary>
public abstract class FailingFunctions(WholeServer server)
{
    const string Fine = "exports.handler = async () => 'fine';";

    public static TheoryData<string, string, string, string, string> Failures => new()
    {
        { "NoModule", Fine, "nothing.handler", "Runtime.ImportModuleError", "^Error: Cannot find module 'nothing'\nRequire stack:" },
        { "NoHandler", Fine, "index.other", "Runtime.HandlerNotFound", "^index.other is undefined or not exported$" },
        { "NoFunction", "exports.handler = 1;", "index.handler", "Runtime.HandlerNotFound", "^index.handler is not a function$" },
        { "NoHandlerName", Fine, "index", "Runtime.MalformedHandlerName", "^Bad handler$" },
        { "Syntax", "exports.handler = async (=> 1;", "index.handler", "Runtime.UserCodeSyntaxError", "^SyntaxError: " },
        { "MissingPackage", "require('left-pad'); exports.handler = 1;", "index.handler", "Runtime.ImportModuleError",
            "Cannot find module 'left-pad'" },
        { "ThrowsInInit", "throw new TypeError('early');", "index.handler", "TypeError", "^early$" },
        { "ExitsInInit", "process.exit(4);", "index.handler", "Runtime.ExitError",
            "^RequestId: <id> Error: Runtime exited with error: exit status 4$" },
        { "Throws", "exports.handler = async () => { throw new RangeError('late'); };", "index.handler", "RangeError", "^late$" },
        { "ThrowsString", "exports.handler = async () => { throw 'plain'; };", "index.handler", "string", "^plain$" },
        { "ThrowsNull", "exports.handler = async () => { throw null; };", "index.handler", "string", "^handled$" },
        { "ThrowsHostile", """
            exports.handler = async () => { throw Object.defineProperty(new Error(), 'message', { get() { throw new Error('no'); } }); };
            """, "index.handler", "handled", "problem while retrieving" },
        { "ThrowsCycle", "exports.handler = async () => { const e = new Error('round'); e.self = e; e.big = 1n; throw e; };", "index.handler",
            "Error", "^round$" },
        { "ThrowsLater", "exports.handler = () => new Promise(() => setImmediate(() => { throw new Error('later'); }));", "index.handler",
            "Error", "^later$" },
        { "Rejects", "exports.handler = () => new Promise(() => { Promise.reject(new Error('lost')); });", "index.handler",
            "Runtime.UnhandledPromiseRejection", "lost" },
        { "ReturnsCycle", "exports.handler = async () => { const a = []; a.push(a); return a; };", "index.handler", "Runtime.JSONStringifyError",
            "^Unable to stringify response body$" },
        { "ReturnsTooMuch", "exports.handler = async () => 'x'.repeat(6 * 1024 * 1024 + 99);", "index.handler", "Function.ResponseSizeTooLarge",
            @"^Response payload size exceeded maximum allowed payload size \(6291556 bytes\)\.$" },
        { "ReturnsFarTooMuch", "exports.handler = async () => 'x'.repeat(40 * 1024 * 1024);", "index.handler", "Function.ResponseSizeTooLarge",
            "^Response payload size exceeded" },
        { "Exits", "exports.handler = async () => process.exit(0);", "index.handler", "Runtime.ExitError",
            "^RequestId: <id> Error: Runtime exited without providing a reason$" },
        { "ExitsWithCode", "exports.handler = async () => process.exit(3);", "index.handler", "Runtime.ExitError",
            "^RequestId: <id> Error: Runtime exited with error: exit status 3$" },
        { "KillsItself", "exports.handler = () => new Promise(() => process.kill(process.pid, 'SIGKILL'));", "index.handler",
            "Runtime.ExitError", "^RequestId: <id> Error: Runtime exited with error: signal: killed$" },
        { "Aborts", "exports.handler = async () => process.abort();", "index.handler", "Runtime.ExitError",
            "^RequestId: <id> Error: Runtime exited with error: signal: aborted$" },
        { "Hangs", "exports.handler = () => new Promise((done) => setInterval(() => {}, 1000));", "index.handler", "Sandbox.Timedout",
            @"^RequestId: <id> Error: Task timed out after 1\.00 seconds$" },
        { "Spins", "exports.handler = async () => { for (;;); };", "index.handler", "Sandbox.Timedout",
            @"^RequestId: <id> Error: Task timed out after 1\.00 seconds$" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Tells_the_caller_what_went_wrong(string name, string source, string handler, string type, string message)
    {
        var timeout = type == "Sandbox.Timedout" ? 1 : 10;
        await server.CreateAsync(name, source, new JsonObject { ["Handler"] = handler, ["Timeout"] = timeout, ["MemorySize"] = 512 });
        var answer = await server.InvokeAsync(name);
        Assert.Equal((HttpStatusCode.OK, "Unhandled", type), (answer.Status, answer.FunctionError, answer.ErrorType));
        Assert.Matches(message.Replace("<id>", answer.RequestId, StringComparison.Ordinal), answer.ErrorMessage!);
        Assert.Contains($"REPORT RequestId: {answer.RequestId}", answer.Log, StringComparison.Ordinal);

        await server.CreateAsync("After" + name, Fine);
        Assert.Equal("\"fine\"", (await server.InvokeAsync("After" + name)).Succeeded);
    }

    [Fact]
    public async Task An_environment_survives_its_handlers_errors()
    {
        await server.CreateAsync("sometimes", "let n = 0; exports.handler = async () => { if (++n % 2) throw new Error('odd'); return n; };");
        Assert.Equal("odd", (await server.InvokeAsync("sometimes")).ErrorMessage);
        Assert.Equal("2", (await server.InvokeAsync("sometimes")).Succeeded);
    }

    [Theory]
    [InlineData("crash")]
    [InlineData("hang")]
    public async Task A_crashed_environment_initializes_again_inside_the_next_invocation_and_keeps_its_files(string how)
    {
        var name = "again-" + how;
        await server.CreateAsync(name, """
            const fs = require('fs');
            const file = `${process.env.TMPDIR ?? '/tmp'}/kept`;
            let n = 0;
            exports.handler = async ({ how }, { logStreamName }) => {
              if (how) fs.writeFileSync(file, how);
              if (how === 'crash') process.exit(1);
              if (how === 'hang') for (;;);
              return [++n, fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null, logStreamName];
            };
            """, new JsonObject { ["Timeout"] = 2 });
        var first = (await server.InvokeAsync(name)).Json;
        Assert.Equal(how == "crash" ? "Runtime.ExitError" : "Sandbox.Timedout", (await server.InvokeAsync(name, $$"""{"how":"{{how}}"}""")).ErrorType);
        var again = await server.InvokeAsync(name);
        Assert.Equal((1, how, first[2].GetString()), (again.Json[0].GetInt32(), again.Json[1].GetString(), again.Json[2].GetString()));
        Assert.Null(LogReport.Of(again.Log).InitDuration);
        Assert.Equal(2, (await server.InvokeAsync(name)).Json[0].GetInt32());
    }

    [Fact]
    public async Task A_failed_init_is_reported_and_done_again()
    {
        await server.CreateAsync("unready", "console.log('loading'); throw new Error('unready');");
        var log = (await server.InvokeAsync("unready")).Log;
        Assert.Matches(@"INIT_REPORT Init Duration: \d+\.\d\d ms\tPhase: init\tStatus: error\tError Type: Error\n", log);
        Assert.Matches(@"INIT_REPORT Init Duration: \d+\.\d\d ms\tPhase: invoke\tStatus: error\tError Type: Error\n", log);
        Assert.Contains("\tloading\n", log, StringComparison.Ordinal);
    }
}

public sealed class FailingProcesses(ProcessServer server) : FailingFunctions(server), IClassFixture<ProcessServer>;

public sealed class FailingSandboxes : FailingFunctions, IClassFixture<SandboxServer>
{
    public FailingSandboxes(SandboxServer server) : base(server) => SandboxServer.SkipUnlessAvailable();
}
