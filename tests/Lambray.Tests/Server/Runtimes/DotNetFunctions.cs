using System.Net;
using System.Text.Json.Nodes;
using Lambray.Functions.ExecutionEnvironments.Prestart;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Runtimes;

/// <summary>.NET functions as AWS documents them: every form of handler, what it sees, and every way to fail.</summary>
public sealed class DotNetFunctions(WholeServer server) : IClassFixture<WholeServer>
{
    const string Sampled = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    public static TheoryData<string, string, string> Handlers => new()
    {
        { "Greet", "\"Ada\"", "\"Hello Ada, gr\\u00FC\\u00DF dich\"" },
        { "Twice", """{"Customer":"Ada","Count":21}""", """{"Customer":"Ada","Count":42}""" },
        { "TwiceLater", """{"Count":21}""", """{"Customer":"<name>","Count":42}""" },
        { "Later", "{}", "" },
        { "Copy", """{"as":["it","is"]}""", """{"as":["it","is"]}""" },
        { "Nothing", """{"Customer":"Ada"}""", "" },
        { "Shout", "\"quiet\"", "\"QUIET\"" },
        { "Inherited", "{}", "\"Handlers\"" },
    };

    public static TheoryData<string, string, string, string> Failures => new()
    {
        { "Handlers::Fail", "\"no such order\"", "InvalidOperationException", "^no such order$" },
        { "Handlers::FailLater", "\"too late\"", "InvalidOperationException", "^too late$" },
        { "Handlers::FailTwice", "\"first\"", "AggregateException", @"\(first\) \(and this\)$" },
        { "Handlers::Twice", "[]", "JsonException", "could not be converted" },
        { "Handlers::Exit", "0", "Runtime.ExitError", "^RequestId: <id> Error: Runtime exited without providing a reason$" },
        { "Handlers::Exit", "3", "Runtime.ExitError", "^RequestId: <id> Error: Runtime exited with error: exit status 3$" },
        { "Handlers::FailFast", "\"now\"", "Runtime.ExitError", "^RequestId: <id> Error: Runtime exited with error: signal: aborted$" },
        { "Handlers::Sleep", "{}", "Sandbox.Timedout", @"^RequestId: <id> Error: Task timed out after 1\.00 seconds$" },
        { "Handlers::Void", "{}", "LambdaValidationException", "is an 'async void' method" },
        { "Handlers::Overloaded", "{}", "LambdaValidationException", "appears to have a number of overloads" },
        { "Handlers::Missing", "{}", "LambdaValidationException",
            @"^Unable to find method 'Missing' in type 'Lambray\.DotNetFunctions\.Handlers' from assembly 'Lambray\.DotNetFunctions': Found no methods matching method name 'Missing'\.$" },
        { "Nobody::Greet", "{}", "LambdaValidationException", "^Unable to load type 'Lambray.DotNetFunctions.Nobody' from assembly 'Lambray.DotNetFunctions'.$" },
        { "BrokenHandlers::Greet", "\"x\"", "InvalidOperationException", "^not today$" },
    };

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task A_handler_of_each_form_answers(string method, string payload, string expected)
    {
        var name = await CreateAsync("Handlers::" + method);
        Assert.Equal(expected.Replace("<name>", name, StringComparison.Ordinal), (await server.InvokeAsync(name, payload)).Succeeded);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Tells_the_caller_what_went_wrong(string handler, string payload, string type, string message)
    {
        var name = await CreateAsync(handler, new JsonObject { ["Timeout"] = type == "Sandbox.Timedout" ? 1 : 20 });
        var answer = await server.InvokeAsync(name, payload);
        Assert.Equal((HttpStatusCode.OK, "Unhandled", type), (answer.Status, answer.FunctionError, answer.ErrorType));
        Assert.Matches(message.Replace("<id>", answer.RequestId, StringComparison.Ordinal), answer.ErrorMessage!);
    }

    [Fact]
    public async Task An_assembly_that_is_missing_is_named()
    {
        var name = await CreateAsync(new JsonObject { ["Handler"] = "Elsewhere::Type::Method" });
        var answer = await server.InvokeAsync(name);
        Assert.Equal("LambdaValidationException", answer.ErrorType);
        Assert.StartsWith("Could not find the specified handler assembly with the file name 'Elsewhere'.", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_that_is_used_up_ends_the_environment_or_throws()
    {
        var name = await CreateAsync("Handlers::Hoard", new JsonObject { ["MemorySize"] = 128 });
        Assert.True((await server.InvokeAsync(name)).ErrorType is "Runtime.ExitError" or "OutOfMemoryException");
    }

    [Fact]
    public async Task A_warm_environment_keeps_its_object()
    {
        var name = await CreateAsync("Handlers::Counted");
        Assert.Equal("1", (await server.InvokeAsync(name)).Succeeded);
        Assert.Equal("2", (await server.InvokeAsync(name)).Succeeded);
    }

    [Fact]
    public async Task A_handler_sees_its_invocation_and_environment()
    {
        var name = await CreateAsync("Handlers::Surroundings", new JsonObject
        {
            ["MemorySize"] = 256,
            ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["GREETING"] = "grüß dich" } },
        });
        var answer = await server.InvokeAsync(name, """{"variable":"GREETING"}""", traceHeader: Sampled);
        var seen = answer.Json;
        Assert.Equal(answer.RequestId, seen.GetProperty("request").GetString());
        Assert.EndsWith($":function:{name}", seen.GetProperty("arn").GetString(), StringComparison.Ordinal);
        Assert.Equal(256, seen.GetProperty("memory").GetInt32());
        Assert.Equal("grüß dich", seen.GetProperty("variable").GetString());
        Assert.True(seen.GetProperty("inTime").GetBoolean());
        Assert.StartsWith("Root=1-5759e988-bd862e3fe1be46a994272793;", seen.GetProperty("trace").GetString(), StringComparison.Ordinal);
        Assert.Equal(seen.GetProperty("trace").GetString(), seen.GetProperty("traceVariable").GetString());
        foreach (var line in new[] { "info\tfrom the context", "warn\t1 of 2.5", "fail\twith an error", "info\tfrom anywhere", "fail\tto standard error" })
            Assert.Matches($@"\n\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z\t{answer.RequestId}\t{line}\n", answer.Log);
        Assert.Contains("System.InvalidOperationException: inside", answer.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_JSON_where_that_is_its_log_format()
    {
        var name = await CreateAsync("Handlers::Surroundings", new JsonObject
        {
            ["LoggingConfig"] = new JsonObject { ["LogFormat"] = "JSON", ["ApplicationLogLevel"] = "WARN" },
        });
        var answer = await server.InvokeAsync(name, """{"variable":"PATH"}""");
        var records = answer.Log.Split('\n').Where(line => line.StartsWith("{\"timestamp\"", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["1 of 2.5", "with an error", "to standard error"], records.Select(record => (string?)record["message"]));
        Assert.Equal(["Warning", "Error", "Error"], records.Select(record => (string?)record["level"]));
        Assert.All(records, record => Assert.Equal(answer.RequestId, (string?)record["requestId"]));
        Assert.Equal((1, "2.5"), ((int)records[0]["Count"]!, (string?)records[0]["Total"]));
        Assert.Equal(("System.InvalidOperationException", "inside"), ((string?)records[1]["errorType"], (string?)records[1]["errorMessage"]));
        Assert.Equal("System.InvalidOperationException: inside", (string?)records[1]["stackTrace"]![0]);
    }

    [Fact]
    public async Task An_error_names_its_frames_and_causes_and_none_of_the_runtime()
    {
        var name = await CreateAsync("Handlers::Fail");
        var error = (await server.InvokeAsync(name, "\"no\"")).Json;
        var frames = error.GetProperty("stackTrace").EnumerateArray().Select(frame => frame.GetString()!).ToList();
        Assert.StartsWith("at Lambray.DotNetFunctions.Handlers.Fail(String message)", Assert.Single(frames), StringComparison.Ordinal);
        Assert.Equal("IOException", error.GetProperty("cause").GetProperty("errorType").GetString());
    }

    [Fact]
    public async Task A_program_speaks_the_runtime_API_itself()
    {
        var name = await CreateAsync(new JsonObject { ["Handler"] = DotNetCode.Assembly });
        Assert.Equal("1", (await server.InvokeAsync(name)).Succeeded);
        Assert.Equal(("ProgramError", "as asked"), ((await server.InvokeAsync(name, "\"fail\"")) is var failed ? (failed.ErrorType, failed.ErrorMessage) : default));
        Assert.Equal("3", (await server.InvokeAsync(name)).Succeeded);
    }

    [Fact]
    public async Task A_runtime_that_waited_serves_class_libraries_and_programs()
    {
        await using var other = await WholeServer.StartAsync(config => config with { PrestartedMax = 1 });
        var waiting = other.Services.GetRequiredService<PrestartedRuntimes>();
        await other.CreateAsync("library", DotNetCode.Zip, new JsonObject
        {
            ["Runtime"] = "dotnet10",
            ["Handler"] = $"{DotNetCode.Assembly}::{DotNetCode.Assembly}.Handlers::Surroundings",
            ["MemorySize"] = 256,
            ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["GREETING"] = "hello" } },
        });
        await Eventually.HoldsAsync(() => waiting.ReadyCount == 1, "a runtime waits");
        var seen = (await other.InvokeAsync("library", """{"variable":"GREETING"}""")).Json;
        Assert.Equal(("hello", 256, true), (seen.GetProperty("variable").GetString(), seen.GetProperty("memory").GetInt32(), seen.GetProperty("waited").GetBoolean()));
        Assert.Equal(seen.GetProperty("root").GetString(), seen.GetProperty("directory").GetString());

        await other.CreateAsync("program", DotNetCode.Zip, new JsonObject { ["Runtime"] = "dotnet10", ["Handler"] = DotNetCode.Assembly, ["MemorySize"] = 256 });
        await Eventually.HoldsAsync(() => waiting.ReadyCount == 1, "a runtime waits");
        Assert.Equal("1", (await other.InvokeAsync("program")).Succeeded);
    }

    Task<string> CreateAsync(string handler, JsonObject? settings = null)
    {
        var all = new JsonObject { ["Handler"] = $"{DotNetCode.Assembly}::{DotNetCode.Assembly}.{handler}" };
        foreach (var (field, value) in settings ?? []) all[field] = value?.DeepClone();
        return CreateAsync(all);
    }

    async Task<string> CreateAsync(JsonObject settings)
    {
        var name = "dotnet-" + Guid.NewGuid().ToString("n")[..8];
        var all = new JsonObject
        {
            ["Runtime"] = "dotnet10",
            ["MemorySize"] = 512,
            ["Timeout"] = 20,
        };
        foreach (var (field, value) in settings) all[field] = value?.DeepClone();
        await server.CreateAsync(name, DotNetCode.Zip, all);
        return name;
    }
}
