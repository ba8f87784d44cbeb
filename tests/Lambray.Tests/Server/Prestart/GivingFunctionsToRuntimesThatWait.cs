using System.Text.Json.Nodes;
using Lambray.Functions.ExecutionEnvironments.Prestart;
using Lambray.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Prestart;

public sealed class GivingFunctionsToRuntimesThatWait
{
    const string Python =
        """
        import json, os
        def handler(event, context):
            with open('/proc/self/environ', 'rb') as start:
                waited = b'_LAMBRAY_PRESTART=1' in start.read()
            return {'waited': waited, 'told': '_LAMBRAY_PRESTART' in os.environ, 'own': os.environ.get('OWN'), 'name': context.function_name,
                    'here': os.path.realpath(os.getcwd()) == os.path.realpath(os.environ['LAMBDA_TASK_ROOT']), 'file': open('data.txt').read(),
                    'layer': os.path.exists('/opt/none')}
        """;

    const string NodeJs =
        """
        const fs = require('node:fs');
        exports.handler = async (event, context) => ({
          waited: fs.readFileSync('/proc/self/environ', 'latin1').includes('_LAMBRAY_PRESTART=1'),
          told: '_LAMBRAY_PRESTART' in process.env, own: process.env.OWN, name: context.functionName,
          here: fs.realpathSync(process.cwd()) === fs.realpathSync(process.env.LAMBDA_TASK_ROOT), file: fs.readFileSync('data.txt', 'utf8'),
          layer: fs.existsSync('/opt/none') });
        """;

    public static TheoryData<string, IsolationMode> Cases => new()
    {
        { "python3.11", IsolationMode.Process },
        { "python3.11", IsolationMode.Sandbox },
        { "nodejs22.x", IsolationMode.Process },
        { "nodejs22.x", IsolationMode.Sandbox },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_function_runs_in_a_runtime_that_waited_as_in_one_of_its_own(string runtime, IsolationMode isolation)
    {
        if (isolation == IsolationMode.Sandbox) SandboxServer.SkipUnlessAvailable();
        await using var server = await WholeServer.StartAsync(config => config with { Isolation = isolation, PrestartedMax = 1 });
        var waiting = server.Services.GetRequiredService<PrestartedRuntimes>();
        var source = runtime.StartsWith("python", StringComparison.Ordinal) ? ("index.py", Python) : ("index.js", NodeJs);
        await server.CreateAsync("f", WholeServer.Zip(source, ("data.txt", "of f")), Settings(runtime, "1"));
        await server.CreateAsync("g", WholeServer.Zip(source, ("data.txt", "of g")), Settings(runtime, "2"));

        foreach (var (name, own) in new[] { ("f", "1"), ("g", "2") })
        {
            await Eventually.HoldsAsync(() => waiting.ReadyCount == 1, "a runtime waits");
            var invocation = await server.InvokeAsync(name);
            Assert.Equal(
                $$"""{"waited":true,"told":false,"own":"{{own}}","name":"{{name}}","here":true,"file":"of {{name}}","layer":false}""",
                JsonNode.Parse(invocation.Payload)!.ToJsonString());
            Assert.Contains("Init Duration", invocation.Log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_function_that_sets_what_is_read_at_the_start_has_a_runtime_of_its_own()
    {
        await using var server = await WholeServer.StartAsync(config => config with { PrestartedMax = 1 });
        var waiting = server.Services.GetRequiredService<PrestartedRuntimes>();
        await server.CreateAsync("f", WholeServer.Zip(("index.js", NodeJs), ("data.txt", "")), new JsonObject
        {
            ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["NODE_OPTIONS"] = "--no-warnings" } },
        });
        await Eventually.HoldsAsync(() => waiting.ReadyCount == 1, "a runtime waits");

        var answer = JsonNode.Parse((await server.InvokeAsync("f")).Payload)!;

        Assert.False(answer["waited"]!.GetValue<bool>());
        Assert.Equal(1, waiting.ReadyCount);
    }

    [Fact]
    public async Task A_burst_of_one_language_leaves_room_for_another()
    {
        await using var server = await WholeServer.StartAsync(config => config with { PrestartedMax = 2 });
        var waiting = server.Services.GetRequiredService<PrestartedRuntimes>();
        // Three uses within a burst's time are worth three runtimes, of which two may wait.
        for (var i = 0; i < 3; i++) await server.CreateAsync($"n{i}", "exports.handler = async () => null;");
        await Eventually.HoldsAsync(() => waiting.ReadyCount == 2, "two runtimes wait");

        await server.CreateAsync("p", WholeServer.Zip(("index.py", Python), ("data.txt", "of p")), Settings("python3.11", "3"));
        await Eventually.HoldsAsync(
            () => waiting.ReadyCount == 2 && waiting.ReadyPrograms.Any(program => program.Contains("python", StringComparison.Ordinal)), "a Python waits beside a Node.js");
    }

    [Fact]
    public async Task None_waits_where_the_setting_says_so()
    {
        await using var server = await WholeServer.StartAsync(config => config with { PrestartedMax = 0 });
        await server.CreateAsync("f", "exports.handler = async () => null;");
        await server.InvokeAsync("f");
        Assert.Equal(0, server.Services.GetRequiredService<PrestartedRuntimes>().ReadyCount);
    }

    static JsonObject Settings(string runtime, string own) => new()
    {
        ["Runtime"] = runtime,
        ["MemorySize"] = 256,
        ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["OWN"] = own } },
    };
}
