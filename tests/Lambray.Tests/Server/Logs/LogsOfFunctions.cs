using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lambray.Functions.Invocation;
using Lambray.Resources.Logs;
using Lambray.Tests.Resources.Iam;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Logs;

/// <summary>What functions leave in CloudWatch Logs, and how people read it there.</summary>
public sealed partial class LogsOfFunctions : IAsyncLifetime
{
    const string TraceId = "1-5759e988-bd862e3fe1be46a994272793";

    const string Source = """
        process.stdout.write('loading\n');
        exports.handler = async (event) => {
          for (let i = 0; i < (event.lines ?? 1); i++) console.log('line', i);
          process.stdout.write('not ended');
          return process.env.AWS_LAMBDA_LOG_STREAM_NAME;
        };
        """;

    WholeServer server = null!;

    public async ValueTask InitializeAsync() => server = await WholeServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Nothing_is_kept_of_a_function_whose_role_may_not_log()
    {
        var role = "/?Version=2010-05-08&RoleName=silent&Action=";
        await server.SendAsync(HttpMethod.Post, role + "CreateRole&AssumeRolePolicyDocument=" + Uri.EscapeDataString(IamSamples.LambdaTrust));
        var settings = new JsonObject { ["Role"] = $"arn:aws:iam::{WholeServer.Account}:role/silent" };
        await server.CreateAsync("silent", Source, settings);
        Assert.Contains("line 0", (await server.InvokeAsync("silent")).Log, StringComparison.Ordinal);

        await server.SendAsync(HttpMethod.Post, role + "AttachRolePolicy&PolicyArn=arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
        await server.CreateAsync("spoken", Source, settings);
        await server.InvokeAsync("spoken");
        var logs = server.Services.GetRequiredService<LogStore>();
        await logs.FlushAsync();
        Assert.Equal((false, true), (logs.HasGroup("/aws/lambda/silent"), logs.HasGroup("/aws/lambda/spoken")));
    }

    [Fact]
    public async Task Each_environment_has_a_stream_with_the_lines_of_its_invocations_also_after_a_restart()
    {
        await server.CreateAsync("logging", Source);
        var first = await server.InvokeAsync("logging", traceHeader: $"Root={TraceId};Sampled=1");
        var second = await server.InvokeAsync("logging", """{"lines":2}""");
        var stream = first.Json.GetString()!;
        await server.StopAsync();
        await server.InitializeAsync();

        var events = await ReadAsync("/aws/lambda/logging", stream);
        var now = TimeProvider.System.GetUtcNow();
        var ofSecond = await server.Services.GetRequiredService<RequestLog>().FindAsync("/aws/lambda/logging", second.RequestId, now.AddMinutes(-5), now);

        Assert.Matches(StreamName(), stream);
        Assert.Equal(first.Payload, second.Payload);
        Assert.Equal(
            [
                "INIT_START Runtime Version: nodejs:22.v1\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:<hash>\n",
                "loading\n",
                $"START RequestId: {first.RequestId} Version: $LATEST\n", $"<time>\t{first.RequestId}\tINFO\tline 0\n", "not ended",
                $"END RequestId: {first.RequestId}\n",
                $"REPORT RequestId: {first.RequestId}\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: 128 MB\tMax Memory Used: <n> MB\tInit Duration: <n> ms\t"
                + $"XRAY TraceId: {TraceId}\tSegmentId: <id>\tSampled: true\t\n",
                $"START RequestId: {second.RequestId} Version: $LATEST\n", $"<time>\t{second.RequestId}\tINFO\tline 0\n", $"<time>\t{second.RequestId}\tINFO\tline 1\n", "not ended",
                $"END RequestId: {second.RequestId}\n",
                $"REPORT RequestId: {second.RequestId}\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: 128 MB\tMax Memory Used: <n> MB\t\n",
            ],
            // The machine's Node.js may be another than the runtime's.
            events.Where(line => !line.StartsWith("NOTICE", StringComparison.Ordinal)).Select(Blank));
        Assert.Equal(events[^6..], ofSecond.Select(item => Encoding.UTF8.GetString(item.Message.Span)));
    }

    [Fact]
    public async Task The_AWS_CLI_tails_a_group_while_it_is_written()
    {
        await server.CreateAsync("tailed", Source);
        await server.InvokeAsync("tailed");
        var following = ClientProcess.Follow(server.Address, "logs", "tail", "/aws/lambda/tailed", "--follow", "--format", "short", "--filter-pattern", "?START ?line");
        await using (following)
        {
            await following.ReadUntilAsync("line 0");
            var second = await server.InvokeAsync("tailed", """{"lines":3}""");
            await following.ReadUntilAsync($"{second.RequestId}\tINFO\tline 2");
        }

        var filtered = await ClientProcess.Aws(server.Address, "logs", "filter-log-events", "--log-group-name", "/aws/lambda/tailed", "--filter-pattern", "\"line 2\"");
        Assert.Single(JsonElement.Parse(filtered.Succeeded).GetProperty("events").EnumerateArray());
    }

    [Fact]
    public async Task A_log_group_of_ones_own_choice_takes_the_lines_and_comes_back_when_it_was_deleted()
    {
        await server.CreateAsync("elsewhere", Source, new JsonObject { ["LoggingConfig"] = new JsonObject { ["LogGroup"] = "/shop/all" } });
        await server.InvokeAsync("elsewhere");
        (await ClientProcess.Aws(server.Address, "logs", "delete-log-group", "--log-group-name", "/shop/all")).Succeeded.ToString();
        var second = await server.InvokeAsync("elsewhere");

        var events = await ReadAsync("/shop/all", second.Json.GetString()!);

        Assert.Equal($"START RequestId: {second.RequestId} Version: $LATEST\n", events[0]);
    }

    [Fact]
    public async Task In_JSON_every_line_is_an_object_and_only_those_of_the_levels_that_were_set_are_kept()
    {
        await server.CreateAsync("structured", """
            exports.handler = async (event) => {
              console.debug('too fine');
              console.warn('watch', 'out');
              process.stdout.write('{"level":"TRACE","message":"by hand"}\n');
              if (event.fail) throw new TypeError('no');
            };
            """, Logging("JSON", "INFO", "DEBUG"));
        await server.CreateAsync("terse", "exports.handler = async () => console.info('fine');", Logging("JSON", "ERROR", "WARN"));
        var good = await server.InvokeAsync("structured");
        var failed = await server.InvokeAsync("structured", """{"fail":true}""");
        await server.InvokeAsync("terse");

        var lines = (await ReadAllAsync("/aws/lambda/structured")).ConvertAll(line => JsonElement.Parse(line));
        var terse = await ReadAllAsync("/aws/lambda/terse");

        Assert.Equal(
            [
                "platform.initStart", "platform.initRuntimeDone", "platform.initReport",
                $"platform.start {good.RequestId}", "WARN watch out", "platform.runtimeDone success", "platform.report success",
                $"platform.start {failed.RequestId}", "WARN watch out", "ERROR TypeError", "platform.runtimeDone error", "platform.report error",
            ],
            lines.Where(line => !IsNotice(line)).Select(Summary));
        Assert.All(lines.Where(line => line.TryGetProperty("type", out _)), line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", line.GetProperty("time").GetString()));
        Assert.All(terse, line => Assert.True(IsNotice(JsonElement.Parse(line)), line));
        Assert.Contains($"\"requestId\":\"{good.RequestId}\"", good.Log, StringComparison.Ordinal);

        static JsonObject Logging(string format, string application, string system) => new()
        {
            ["LoggingConfig"] = new JsonObject { ["LogFormat"] = format, ["ApplicationLogLevel"] = application, ["SystemLogLevel"] = system },
        };
    }

    // What a platform's event or a line of the function says, without what differs each time.
    static string Summary(JsonElement line)
    {
        if (!line.TryGetProperty("type", out var type))
        {
            // A message is what was logged: of an error, all its fields.
            var logged = line.GetProperty("message");
            return $"{line.GetProperty("level").GetString()} {(logged.ValueKind == JsonValueKind.Object ? logged.GetProperty("errorType") : logged).GetString()}";
        }
        var record = line.GetProperty("record");
        return type.GetString() switch
        {
            "platform.start" => $"platform.start {record.GetProperty("requestId").GetString()}",
            "platform.runtimeDone" or "platform.report" => $"{type.GetString()} {record.GetProperty("status").GetString()}",
            _ => type.GetString()!,
        };
    }

    // The machine's Node.js may be another than the runtime's.
    static bool IsNotice(JsonElement line) => line.TryGetProperty("message", out var message) && message.ToString().StartsWith("NOTICE", StringComparison.Ordinal);

    async Task<List<string>> ReadAllAsync(string group)
    {
        var read = await ClientProcess.Aws(server.Address, "logs", "filter-log-events", "--log-group-name", group);
        return [.. JsonElement.Parse(read.Succeeded).GetProperty("events").EnumerateArray().Select(item => item.GetProperty("message").GetString()!)];
    }

    async Task<List<string>> ReadAsync(string group, string stream)
    {
        var read = await ClientProcess.Aws(server.Address, "logs", "get-log-events", "--log-group-name", group, "--log-stream-name", stream, "--start-from-head");
        return [.. JsonElement.Parse(read.Succeeded).GetProperty("events").EnumerateArray().Select(item => item.GetProperty("message").GetString()!)];
    }

    static string Blank(string line)
    {
        line = Time().Replace(line, "<time>");
        line = Id().Replace(line, "SegmentId: <id>");
        line = Hash().Replace(line, "runtime:<hash>");
        return Measured().Replace(line, "$1: <n> $2");
    }

    [GeneratedRegex(@"^\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}\z")]
    private static partial Regex StreamName();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")]
    private static partial Regex Time();

    [GeneratedRegex("SegmentId: [0-9a-f]{16}")]
    private static partial Regex Id();

    [GeneratedRegex("runtime:[0-9a-f]{64}")]
    private static partial Regex Hash();

    [GeneratedRegex(@"(Duration|Used): \d+(?:\.\d+)? (ms|MB)")]
    private static partial Regex Measured();
}
