using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Runtimes;

/// <summary>Java functions as AWS documents them: what a handler sees, how it fails, how long it lives.</summary>
public abstract class RunningJava
{
    const string Sampled = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    readonly JavaCode code;

    protected RunningJava(WholeServer server, JavaCode code)
    {
        Assert.SkipUnless(JavaCode.IsAvailable, "Java functions need a JDK and Jackson.");
        (Server, this.code) = (server, code);
    }

    protected WholeServer Server { get; }

    [Fact]
    public async Task A_warm_environment_keeps_its_object()
    {
        var name = await CreateAsync("Handlers::count");
        var cold = await Server.InvokeAsync(name);
        var warm = await Server.InvokeAsync(name);
        Assert.Equal(("1", "2"), (cold.Succeeded, warm.Succeeded));
        Assert.Contains("Init Duration", cold.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Init Duration", warm.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_sees_its_invocation_and_environment_and_no_library_of_the_runtime()
    {
        var name = await CreateAsync("Handlers::surroundings", new JsonObject
        {
            ["MemorySize"] = 256,
            ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["GREETING"] = "grüß dich" } },
        });
        var traced = await Server.InvokeAsync(name, """{"variable":"GREETING"}""", traceHeader: Sampled);
        var seen = traced.Json;
        Assert.Equal(traced.RequestId, seen.GetProperty("request").GetString());
        Assert.EndsWith($":function:{name}", seen.GetProperty("arn").GetString(), StringComparison.Ordinal);
        Assert.Equal(256, seen.GetProperty("memory").GetInt32());
        Assert.Equal("none", seen.GetProperty("client").GetString());
        Assert.Equal("grüß dich", seen.GetProperty("variable").GetString());
        Assert.True(seen.GetProperty("inTime").GetBoolean());
        Assert.False(seen.GetProperty("jackson").GetBoolean());
        Assert.True(seen.GetProperty("archive").GetBoolean(), "The archive of loaded classes does not fit this place.");
        Assert.False(seen.TryGetProperty("traceVariable", out _));
        Assert.StartsWith("Root=1-5759e988-bd862e3fe1be46a994272793;", seen.GetProperty("traceHeader").GetString(), StringComparison.Ordinal);
        foreach (var line in new[] { "from the context", "[WARN] with a level", "from anywhere", "to standard error" })
            Assert.Contains($"\n{line}\n", traced.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_names_its_frames_and_none_of_the_runtime()
    {
        var name = await CreateAsync("Handlers::fail");
        var answer = await Server.InvokeAsync(name, "\"no\"");
        var frames = answer.Json.GetProperty("stackTrace").EnumerateArray().Select(frame => frame.GetString()!).ToList();
        Assert.Matches(@"^example\.Handlers\.fail\(Handlers\.java:\d+\)$", frames[0]);
        Assert.DoesNotContain(frames, frame => frame.StartsWith("lambray.", StringComparison.Ordinal));
        Assert.Contains("no: java.lang.IllegalArgumentException\njava.lang.IllegalArgumentException: no\n\tat example.Handlers.fail(", answer.Log, StringComparison.Ordinal);
        Assert.Contains("Caused by: java.io.IOException: deeper", answer.Log, StringComparison.Ordinal);
    }

    protected async Task<string> CreateAsync(string handler, JsonObject? settings = null)
    {
        var name = "java-" + Guid.NewGuid().ToString("n")[..8];
        var all = new JsonObject
        {
            ["Runtime"] = "java17",
            ["Handler"] = handler.StartsWith("com.", StringComparison.Ordinal) ? handler : "example." + handler,
            ["MemorySize"] = 512,
            ["Timeout"] = 20,
        };
        foreach (var (field, value) in settings ?? []) all[field] = value?.DeepClone();
        await Server.CreateAsync(name, code.Zip, all);
        return name;
    }
}

/// <summary>The same without a sandbox, where the runtime lies in another folder.</summary>
public sealed class JavaProcesses(ProcessServer server, JavaCode code) : RunningJava(server, code), IClassFixture<ProcessServer>, IClassFixture<JavaCode>;

/// <summary>Every form of handler and every way to fail, under the strongest isolation that there is.</summary>
public sealed class JavaFunctions(WholeServer server, JavaCode code) : RunningJava(server, code), IClassFixture<WholeServer>, IClassFixture<JavaCode>
{
    public static TheoryData<string, string, string> Handlers => new()
    {
        { "Handlers$OnMaps", """{"a":{"b":[1,2.5,null]}}""", """{"a":{"b":[1,2.5,null]},"size":1}""" },
        { "Handlers$OnStreams", "\"quiet\"", "\"QUIET\"" },
        { "Handlers$OnListsOfItems", """[{"name":"pen","count":1}]""", "\"pen\"" },
        { "Handlers::order", """{"customer":"Ada","items":[{"name":"pen","count":21}],"unknown":true}""", """{"customer":"Ada","items":[{"name":"pen","count":42}]}""" },
        { "Handlers::text", "\"tag\"", "\"<tag> ü\"" },
        { "Handlers::text", "17", "\"<17> ü\"" },
        { "Handlers::number", "41", "42" },
        { "Handlers::total", "[1.5,2]", "3.5" },
        { "Handlers::nothing", """{"customer":"Ada"}""", "null" },
        { "Handlers::nobody", "{}", "\"<name>\"" },
        { "Handlers::copy", """{"as":["it","is"]}""", """{"as":["it","is"]}""" },
        { "Handlers::overloaded", "\"text\"", "true" },
    };

    // Type, message; those with an init phase that failed end their environment.
    public static TheoryData<string, string, string?, string> Failures => new()
    {
        { "Handlers::fail", "\"no such order\"", "java.lang.IllegalArgumentException", "no such order" },
        { "Handlers::order", "[[1]]", "java.lang.RuntimeException", "An error occurred during JSON parsing" },
        { "Handlers::recurse", "{}", "java.lang.StackOverflowError", "java.lang.StackOverflowError" },
        { "Handlers::hoard", "{}", "java.lang.OutOfMemoryError", "Java heap space" },
        { "Handlers::exit", "0", "Runtime.ExitError", "RequestId: <id> Error: Runtime exited without providing a reason" },
        { "Handlers::exit", "3", "Runtime.ExitError", "RequestId: <id> Error: Runtime exited with error: exit status 3" },
        { "Handlers::sleep", "{}", "Sandbox.Timedout", "RequestId: <id> Error: Task timed out after 1.00 seconds" },
        { "Missing", "{}", "java.lang.ClassNotFoundException", "Class not found: example.Missing" },
        { "Handlers::missing", "{}", null, "No public method named missing with appropriate method signature found on class example.Handlers" },
        { "Handlers", "{}", null, "Class does not implement an appropriate handler interface: example.Handlers" },
        { "Handlers$Untyped", "{}", null, "Class example.Handlers$Untyped does not implement RequestHandler with concrete type parameters: parameter T has no upper bound." },
        { "Handlers$Inner::handle", "{}", "java.lang.Exception", "Class example.Handlers$Inner cannot be instantiated because it is a non-static inner class" },
        { "Handlers$BrokenConstructor", "{}", "java.lang.IllegalStateException", "not today" },
        { "Handlers$BrokenClass::handle", "{}", "java.lang.ExceptionInInitializerError", "Error loading class example.Handlers$BrokenClass" },
    };

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task A_handler_of_each_form_answers(string handler, string payload, string expected)
    {
        var name = await CreateAsync(handler);
        Assert.Equal(expected.Replace("<name>", name, StringComparison.Ordinal), (await Server.InvokeAsync(name, payload)).Succeeded);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Tells_the_caller_what_went_wrong(string handler, string payload, string? type, string message)
    {
        var name = await CreateAsync(handler, new JsonObject { ["Timeout"] = type == "Sandbox.Timedout" ? 1 : 20 });
        var answer = await Server.InvokeAsync(name, payload);
        Assert.Equal((HttpStatusCode.OK, "Unhandled"), (answer.Status, answer.FunctionError));
        Assert.Equal(message.Replace("<id>", answer.RequestId, StringComparison.Ordinal), answer.ErrorMessage);
        Assert.Equal(type, answer.Json.TryGetProperty("errorType", out var found) ? found.GetString() : null);
    }

    [Fact]
    public async Task Logs_JSON_where_that_is_its_log_format()
    {
        var json = new JsonObject { ["LoggingConfig"] = new JsonObject { ["LogFormat"] = "JSON" } };
        var answer = await Server.InvokeAsync(await CreateAsync("Handlers::surroundings", json), """{"variable":"PATH"}""");
        var records = Records(answer);
        Assert.Equal(["from the context\n", "with a level", "from anywhere"], records.Select(record => (string?)record["message"]));
        Assert.Equal(["UNDEFINED", "WARN", "UNDEFINED"], records.Select(record => (string?)record["level"]));
        Assert.All(records, record => Assert.Equal(answer.RequestId, (string?)record["AWSRequestId"]));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string?)records[0]["timestamp"]);

        var failure = Assert.Single(Records(await Server.InvokeAsync(await CreateAsync("Handlers::fail", json), "\"no\"")));
        Assert.Equal("ERROR", (string?)failure["level"]);
        Assert.StartsWith("no: java.lang.IllegalArgumentException\njava.lang.IllegalArgumentException: no\n\tat ", (string?)failure["message"], StringComparison.Ordinal);
    }

    static List<JsonNode> Records(Invocation answer) =>
        [.. answer.Log.Split('\n').Where(line => line.StartsWith("{\"timestamp\"", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line)!)];

    [Fact]
    public async Task The_SDK_for_Java_1_is_led_to_the_endpoint_of_this_server()
    {
        var name = await CreateAsync("com.amazonaws.ClientConfiguration::endpointOfSqs");
        var seen = (await Server.InvokeAsync(name)).Json;
        Assert.Equal(seen.GetProperty("variable").GetString(), seen.GetProperty("endpoint").GetString());
    }

    [Fact]
    public async Task A_class_of_AWS_events_is_read_as_services_write_it()
    {
        var name = await CreateAsync("com.amazonaws.services.lambda.runtime.events.SQSEvent::handle");
        Assert.Equal("\"arn:aws:sqs:queue 1700000000500\"", (await Server.InvokeAsync(name,
            """{"Records":[{"eventSourceARN":"arn:aws:sqs:queue","Sent":1700000000.5}]}""")).Succeeded);
    }
}
