using System.Globalization;
using System.Text.Json;
using Lambray.Functions.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>Lambda and its traces as the real AWS command line uses them.</summary>
public sealed class LambdaCommandLine(WholeServer server) : IClassFixture<WholeServer>, IDisposable
{
    readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_function_is_created_invoked_traced_updated_and_deleted()
    {
        var zip = WholeServer.Zip(("index.js", "exports.handler = async (event) => { console.log('hello'); return { got: event }; };"));
        var created = Parse(await Succeed("lambda", "create-function", "--function-name", "cli", "--runtime", "nodejs22.x",
            "--handler", "index.handler", "--role", WholeServer.UnknownRole, "--zip-file", Save("code.zip", zip),
            "--tracing-config", "Mode=Active", "--tags", "team=a"));
        AssertCreated(created, zip);
        await Succeed("lambda", "wait", "function-active-v2", "--function-name", "cli");

        var answer = Parse(await Succeed("lambda", "invoke", "--function-name", "cli", "--payload", """{"a":1}""", "--cli-binary-format",
            "raw-in-base64-out", "--log-type", "Tail", Output));
        Assert.Equal((200, "$LATEST"), (answer.GetProperty("StatusCode").GetInt32(), answer.GetProperty("ExecutedVersion").GetString()));
        Assert.Equal("""{"got":{"a":1}}""", await ReadOutput());
        Assert.Contains("\tINFO\thello\n", System.Text.Encoding.UTF8.GetString(answer.GetProperty("LogResult").GetBytesFromBase64()),
            StringComparison.Ordinal);
        Assert.Equal(202, Parse(await Succeed("lambda", "invoke", "--function-name", "cli", "--invocation-type", "Event",
            Output)).GetProperty("StatusCode").GetInt32());
        Assert.Equal(204, Parse(await Succeed("lambda", "invoke", "--function-name", "cli", "--invocation-type", "DryRun",
            Output)).GetProperty("StatusCode").GetInt32());

        await Succeed("lambda", "update-function-code", "--function-name", "cli", "--zip-file",
            Save("new.zip", WholeServer.Zip(("index.js", "exports.handler = async () => 'new';"))));
        await Succeed("lambda", "wait", "function-updated-v2", "--function-name", "cli");
        var configured = Parse(await Succeed("lambda", "update-function-configuration", "--function-name", "cli", "--timeout", "5",
            "--environment", "Variables={KEY=value}"));
        Assert.Equal(("InProgress", "Creating", 5), (
            configured.GetProperty("LastUpdateStatus").GetString(), configured.GetProperty("LastUpdateStatusReasonCode").GetString(),
                configured.GetProperty("Timeout").GetInt32()));
        await Succeed("lambda", "wait", "function-updated", "--function-name", "cli");
        await Succeed("lambda", "invoke", "--function-name", "cli", Output);
        Assert.Equal("\"new\"", await ReadOutput());

        await Succeed("lambda", "delete-function", "--function-name", "cli");
        var gone = await ClientProcess.Aws(server.Address, "lambda", "get-function", "--function-name", "cli");
        Assert.Contains("(ResourceNotFoundException) when calling the GetFunction operation: Function not found: arn:aws:lambda:eu-central-1:123456789012:function:cli", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_of_a_function_is_downloaded_as_it_was_uploaded()
    {
        var zip = WholeServer.Zip(("index.js", "exports.handler = 1;"));
        await server.CreateAsync("downloaded", zip);
        var function = Parse(await Succeed("lambda", "get-function", "--function-name", "downloaded"));
        Assert.Equal(("S3", "Active", "Successful"), (
            function.GetProperty("Code").GetProperty("RepositoryType").GetString(),
                function.GetProperty("Configuration").GetProperty("State").GetString(),
            function.GetProperty("Configuration").GetProperty("LastUpdateStatus").GetString()));
        Assert.False(function.TryGetProperty("Tags", out _));
        Assert.Equal(zip, await server.Http.GetByteArrayAsync(new Uri(function.GetProperty("Code").GetProperty("Location").GetString()!),
            TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_invocation_is_found_among_the_traces()
    {
        await server.CreateAsync("seen", "exports.handler = async () => {};");
        await server.InvokeAsync("seen", traceHeader: "Sampled=1");
        await server.Services.GetRequiredService<SegmentRecorder>().FlushAsync();
        var now = TimeProvider.System.GetUtcNow();
        string[] range = ["--start-time", Seconds(now.AddMinutes(-5)), "--end-time", Seconds(now.AddMinutes(5))];
        var summaries = Parse(await Succeed(["xray", "get-trace-summaries", .. range, "--filter-expression",
            "service(\"seen\")"])).GetProperty("TraceSummaries");
        var id = Assert.Single(summaries.EnumerateArray()).GetProperty("Id").GetString()!;

        var trace = Parse(await Succeed("xray", "batch-get-traces", "--trace-ids", id)).GetProperty("Traces")[0];
        var segments = trace.GetProperty("Segments").EnumerateArray().Select(segment =>
            Parse(segment.GetProperty("Document").GetString()!)).ToArray();
        Assert.Equal(["AWS::Lambda", "AWS::Lambda::Function"], segments.Select(segment => segment.GetProperty("origin").GetString()).Order());
        var services = Parse(await Succeed(["xray", "get-service-graph", .. range])).GetProperty("Services").EnumerateArray();
        Assert.Superset(new HashSet<string?> { "AWS::Lambda", "AWS::Lambda::Function" },
            services.Select(service => service.GetProperty("Type").GetString()).ToHashSet());
    }

    // Recorded from AWS: names, defaults, and nothing else (of LoggingConfig this command line does not know).
    static void AssertCreated(JsonElement created, byte[] zip)
    {
        Assert.Equal(
            ["Architectures", "CodeSha256", "CodeSize", "Description", "EphemeralStorage", "FunctionArn", "FunctionName", "Handler",
                "LastModified", "MemorySize", "PackageType",
                "RevisionId", "Role", "Runtime", "RuntimeVersionConfig", "SnapStart", "State", "StateReason", "StateReasonCode", "Timeout",
                    "TracingConfig", "Version"],
            created.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("Pending", "The function is being created.", "Creating", "$LATEST", 3, 128), (
            created.GetProperty("State").GetString(), created.GetProperty("StateReason").GetString(),
                created.GetProperty("StateReasonCode").GetString(),
            created.GetProperty("Version").GetString(), created.GetProperty("Timeout").GetInt32(), created.GetProperty("MemorySize").GetInt32()));
        Assert.Equal((zip.Length, Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(zip)), "Active", 512, "None"), (
            created.GetProperty("CodeSize").GetInt32(), created.GetProperty("CodeSha256").GetString(),
                created.GetProperty("TracingConfig").GetProperty("Mode").GetString(),
            created.GetProperty("EphemeralStorage").GetProperty("Size").GetInt32(),
                created.GetProperty("SnapStart").GetProperty("ApplyOn").GetString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$", created.GetProperty("LastModified").GetString()!);
    }

    string Output => Path.Combine(directory.Path, "output");

    Task<string> ReadOutput() => File.ReadAllTextAsync(Output);

    string Save(string name, byte[] bytes)
    {
        var path = Path.Combine(directory.Path, name);
        File.WriteAllBytes(path, bytes);
        return "fileb://" + path;
    }

    async Task<string> Succeed(params string[] arguments) => (await ClientProcess.Aws(server.Address, arguments)).Succeeded;

    static JsonElement Parse(string json) => JsonElement.Parse(json);

    static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
