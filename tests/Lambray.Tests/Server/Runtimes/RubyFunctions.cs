using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Runtimes;

/// <summary>Functions in Ruby, as the bootstrap in runtimes/ruby runs them.</summary>
public abstract class RubyFunctions(WholeServer server) : ScriptFunctions(server, "ruby3.3", "app.rb")
{
    public static TheoryData<string, string, string, string, string> Failures => new()
    {
        { "Raises", "def handler(event:, context:) = raise(ArgumentError, 'late')", "app.handler", "Function<ArgumentError>", "^late$" },
        { "RaisesOwn", "class Sorry < StandardError; end\ndef handler(event:, context:) = raise(Sorry, \"\\u00fc\\nx\")", "app.handler", "Function<Sorry>", "^ü\nx$" },
        { "RaisesInInit", "raise 'early'", "app.handler", "Init<RuntimeError>", "^early$" },
        { "MissesFile", "", "nothing.handler", "Init<LoadError>", "^cannot load such file -- nothing$" },
        { "MissesMethod", "", "app.handler", "Function<NoMethodError>", "^undefined method `handler' for main" },
        { "HasNoMethodName", "", "app", "Init<ArgumentError>", "^Invalid handler \\[\"app\"\\], must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD" },
        { "IsNoRuby", "def handler(", "app.handler", "Init<SyntaxError>", "app.rb:1: syntax error" },
        { "ReturnsTooMuch", "def handler(event:, context:) = 'x' * 40_000_000", "app.handler", "Function.ResponseSizeTooLarge", "^Response payload size exceeded" },
        { "Exits", "def handler(event:, context:) = exit(3)", "app.handler", "Function<SystemExit>", "^exit$" },
        { "ExitsAtOnce", "def handler(event:, context:) = exit!(3)", "app.handler", "Runtime.ExitError", "^RequestId: <id> Error: Runtime exited with error: exit status 3$" },
        { "Sleeps", "def handler(event:, context:) = sleep(60)", "app.handler", "Sandbox.Timedout", @"^RequestId: <id> Error: Task timed out after 2\.00 seconds$" },
    };

    [Fact]
    public async Task Know_where_they_run_cold_and_warm()
    {
        await CreateAsync("rb-where", """
            require 'logger'
            $count = 0
            module Shop
              class Orders
                def self.take(event:, context:)
                  $count += 1
                  puts "got #{event}"
                  Logger.new($stdout).info("two\nlines")
                  { event: event, count: $count, id: context.aws_request_id, arn: context.invoked_function_arn, name: context.function_name,
                    left: context.get_remaining_time_in_millis, memory: context.memory_limit_in_mb, trace: ENV['_X_AMZN_TRACE_ID'], cwd: Dir.pwd,
                    root: ENV['LAMBDA_TASK_ROOT'], gems: ENV['GEM_PATH'], execution: ENV['AWS_EXECUTION_ENV'] }
                end
              end
            end
            """, "app.Shop::Orders.take");
        var cold = await Server.InvokeAsync("rb-where", """{"a":"ü"}""", traceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
        var warm = await Server.InvokeAsync("rb-where", "[1]");
        Assert.Equal((1, 2), (cold.Json.GetProperty("count").GetInt32(), warm.Json.GetProperty("count").GetInt32()));
        Assert.Equal(("ü", "rb-where", "128", "AWS_Lambda_ruby3.3"), (cold.Json.GetProperty("event").GetProperty("a").GetString(),
            cold.Json.GetProperty("name").GetString(), cold.Json.GetProperty("memory").GetString(), cold.Json.GetProperty("execution").GetString()));
        Assert.Equal(cold.RequestId, cold.Json.GetProperty("id").GetString());
        Assert.StartsWith("Root=1-5759e988-bd862e3fe1be46a994272793;", cold.Json.GetProperty("trace").GetString(), StringComparison.Ordinal);
        Assert.InRange(cold.Json.GetProperty("left").GetInt32(), 1, 10_000);
        Assert.Equal(cold.Json.GetProperty("root").GetString(), cold.Json.GetProperty("cwd").GetString());
        Assert.Matches(@"/vendor/bundle/ruby/\d\.\d\.0:", cold.Json.GetProperty("gems").GetString()!);
        Assert.Matches($@"\ngot {{""a""\s*=>\s*""ü""}}\nI, \[\d{{4}}-\S+ #\d+\]  INFO {cold.RequestId} -- : two\rlines\nEND ", cold.Log);
        Assert.Contains("Init Duration", cold.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Init Duration", warm.Log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public Task Tell_their_caller_what_went_wrong(string name, string source, string handler, string type, string message) =>
        FailsAsync("rb-" + name, source, handler, type, message);

    [Fact]
    public async Task Are_replaced_after_critical_errors_and_kept_after_others()
    {
        await CreateAsync("rb-sometimes", """
            require 'stringio'
            $count = 0
            def handler(event:, context:)
              $count += 1
              exit if event == 'exit'
              raise $count.to_s if event == 'raise'
              event == 'raw' ? StringIO.new('{"raw":1}') : $count
            end
            """);
        Assert.Equal("1", (await Server.InvokeAsync("rb-sometimes")).Succeeded);
        var raised = await Server.InvokeAsync("rb-sometimes", "\"raise\"");
        Assert.Equal("2", raised.ErrorMessage);
        Assert.Matches(@"/app\.rb:6:in [`'](Object#)?handler'$", Assert.Single(raised.Json.GetProperty("stackTrace").EnumerateArray()).GetString()!);
        Assert.Contains("\nError raised from handler method\n{\r  \"errorMessage\": \"2\",\r", raised.Log, StringComparison.Ordinal);
        Assert.Equal("3", (await Server.InvokeAsync("rb-sometimes")).Succeeded);
        Assert.Equal("{\"raw\":1}", (await Server.InvokeAsync("rb-sometimes", "\"raw\"")).Succeeded);
        Assert.Equal("Function<SystemExit>", (await Server.InvokeAsync("rb-sometimes", "\"exit\"")).ErrorType);
        Assert.Equal("1", (await Server.InvokeAsync("rb-sometimes")).Succeeded);
    }

    [Fact]
    public async Task Log_JSON_where_that_is_their_log_format()
    {
        await CreateAsync("rb-json", """
            require 'logger'
            def handler(event:, context:)
              log = Logger.new($stdout, progname: 'shop')
              log.info('left out')
              log.warn("low\nü")
              raise 'bad'
            end
            """, settings: new JsonObject { ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["AWS_LAMBDA_LOG_FORMAT"] = "JSON", ["AWS_LAMBDA_LOG_LEVEL"] = "WARN" } } });
        var answer = await Server.InvokeAsync("rb-json");
        var records = answer.Log.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(("WARN", "low\nü", "shop", answer.RequestId), ((string?)records[0]["level"], (string?)records[0]["message"], (string?)records[0]["logger"], (string?)records[0]["requestId"]));
        Assert.Equal(("ERROR", "Function<RuntimeError>", "bad"), ((string?)records[1]["level"], (string?)records[1]["errorType"], (string?)records[1]["errorMessage"]));
        Assert.Equal(2, records.Count);
    }
}

public sealed class RubyProcesses(ProcessServer server) : RubyFunctions(server), IClassFixture<ProcessServer>;

public sealed class RubySandboxes : RubyFunctions, IClassFixture<SandboxServer>
{
    public RubySandboxes(SandboxServer server) : base(server) => SandboxServer.SkipUnlessAvailable();

    [Fact]
    public Task Are_ended_when_they_take_more_memory_than_they_have() =>
        IsEndedForItsMemoryAsync("rb-greedy", "def handler(event:, context:) = event ? ('x' * 400_000_000).size : 'modest'");
}
