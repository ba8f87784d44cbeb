using System.Text.Json.Nodes;
using Lambray.Functions.Invocation;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Tracing;

/// <summary>Functions without any X-Ray SDK: what they call on this server is in their traces all the same, once.</summary>
public sealed class RecordingCallsOfFunctions(WholeServer server) : IClassFixture<WholeServer>
{
    static readonly JsonObject Roomy = new()
    {
        ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" },
        ["MemorySize"] = 512,
        ["Timeout"] = 30,
    };

    [Fact]
    public async Task A_call_by_the_SDK_lies_beneath_the_function_that_made_it()
    {
        await BucketAsync("plain-bucket");
        await server.CreateAsync("plain-sdk", """
            const { S3Client, PutObjectCommand, GetObjectCommand } = require('@aws-sdk/client-s3');
            const s3 = new S3Client({ forcePathStyle: true });
            exports.handler = async () => {
              await s3.send(new PutObjectCommand({ Bucket: 'plain-bucket', Key: 'a/b.txt', Body: 'text' }));
              await s3.send(new GetObjectCommand({ Bucket: 'plain-bucket', Key: 'missing' })).catch(() => {});
            };
            """, Roomy);
        var (id, header) = StoredTrace.Begin();
        await server.InvokeAsync("plain-sdk", traceHeader: header);

        var documents = await StoredTrace.WithAsync(server.Http, id, "plain-sdk", "plain-sdk", "S3", "S3", "Overhead");
        var rows = StoredTrace.Timeline(id, documents).Rows;
        var function = rows.Single(row => row.Origin == "AWS::Lambda::Function");
        var calls = Calls(rows);
        Assert.All(calls, call => Assert.Equal((function.Id, "aws"), (call.ParentId!.Value, call.Namespace)));
        Assert.Equal([("PutObject", 200, "plain-bucket", "a/b.txt"), ("GetObject", 404, "plain-bucket", "missing")], calls.Select(call =>
            (Aws(call, "operation"), call.HttpStatus!.Value, Aws(call, "bucket_name"), Aws(call, "key"))));
        Assert.Equal([TimelineStatus.Ok, TimelineStatus.Error], calls.Select(call => call.Status));
        Assert.All(calls, call => Assert.Equal("""{"inferred":true}""", call.Entity.Metadata!.Value.GetProperty("lambray").GetRawText()));
    }

    [Fact]
    public async Task Python_and_boto3_need_no_more_than_Node()
    {
        await server.CreateAsync("plain-python", WholeServer.Zip(("app.py", """
            import boto3
            def handler(event, context):
                boto3.client("sts").get_caller_identity()
                boto3.client("logs").describe_log_groups()
                boto3.client("cloudwatch").list_metrics()
                tables = boto3.client("dynamodb")
                tables.create_table(TableName="traced", BillingMode="PAY_PER_REQUEST", AttributeDefinitions=[dict(AttributeName="id", AttributeType="S")], KeySchema=[dict(AttributeName="id", KeyType="HASH")])
                tables.scan(TableName="traced")
                tables.batch_get_item(RequestItems=dict(traced=dict(Keys=[dict(id=dict(S="1"))])))
            """)), Python());
        var (id, header) = StoredTrace.Begin();
        Assert.Equal("null", (await server.InvokeAsync("plain-python", traceHeader: header)).Succeeded);

        var rows = StoredTrace.Timeline(id, await StoredTrace.WithAsync(server.Http, id, "plain-python", "plain-python", "STS", "CloudWatchLogs", "CloudWatch", "DynamoDB", "DynamoDB", "DynamoDB", "Overhead")).Rows;
        var calls = Calls(rows);
        Assert.Equal(["GetCallerIdentity", "DescribeLogGroups", "ListMetrics", "CreateTable", "Scan", "BatchGetItem"], calls.Select(call => Aws(call, "operation")));
        Assert.Equal("traced", Aws(calls[4], "table_name"));
        Assert.Equal(0, calls[4].Entity.Aws!.Value.GetProperty("scanned_count").GetInt32());
        Assert.Equal("""["traced"]""", calls[5].Entity.Aws!.Value.GetProperty("table_names").GetRawText());
    }

    [Fact]
    public async Task A_function_that_calls_a_function_is_one_trace()
    {
        await server.CreateAsync("callee", "exports.handler = async () => 'called';", Roomy);
        await server.CreateAsync("caller", """
            const { LambdaClient, InvokeCommand } = require('@aws-sdk/client-lambda');
            exports.handler = async () => Buffer.from((await new LambdaClient().send(new InvokeCommand({ FunctionName: 'callee', Payload: '{}' }))).Payload).toString();
            """, Roomy);
        var (id, header) = StoredTrace.Begin();
        Assert.Equal("\"\\\"called\\\"\"", (await server.InvokeAsync("caller", traceHeader: header)).Succeeded);

        var documents = await StoredTrace.WithAsync(server.Http, id, "caller", "caller", "Lambda", "callee", "callee", "Initialization", "Initialization", "Overhead", "Overhead");
        GoldenTrace.Verify("function-calling-function", id, documents);
    }

    [Fact]
    public async Task Calls_of_invocations_in_flight_at_once_each_belong_to_their_own()
    {
        await BucketAsync("busy-bucket");
        await server.CreateAsync("busy", """
            const { S3Client, HeadObjectCommand } = require('@aws-sdk/client-s3');
            const s3 = new S3Client({ forcePathStyle: true });
            exports.handler = async ({ key }) => {
              await Promise.all([1, 2, 3].map(() => s3.send(new HeadObjectCommand({ Bucket: 'busy-bucket', Key: key })).catch(() => {})));
            };
            """, Roomy);
        var traces = Enumerable.Range(0, 4).Select(number => (Key: $"key-{number}", Trace: StoredTrace.Begin())).ToList();
        await Task.WhenAll(traces.Select(one => server.InvokeAsync("busy", $$"""{"key":"{{one.Key}}"}""", traceHeader: one.Trace.Header)));

        foreach (var (key, (id, _)) in traces)
        {
            var rows = StoredTrace.Timeline(id, await StoredTrace.WithAsync(server.Http, id, "busy", "busy", "S3", "S3", "S3", "Overhead")).Rows;
            Assert.Equal([key, key, key], Calls(rows).Select(call => Aws(call, "key")));
        }
    }

    [Fact]
    public async Task A_call_that_goes_on_behind_the_answer_belongs_to_the_invocation_that_began_it()
    {
        await BucketAsync("late-bucket");
        await server.CreateAsync("late", """
            const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
            const s3 = new S3Client({ forcePathStyle: true });
            let earlier;
            exports.handler = (event, context, callback) => {
              context.callbackWaitsForEmptyEventLoop = false;
              if (event.wait) return earlier.then(() => callback(null, 'waited'), callback);
              // The header is read when the request is built, which is before the answer; its body comes when the next event lets it.
              const body = new (require('stream').Readable)({ read() {} });
              earlier = s3.send(new PutObjectCommand({ Bucket: 'late-bucket', Key: 'late', Body: body, ContentLength: 4 }));
              setTimeout(() => callback(null, 'answered'), 50);
              setTimeout(() => { body.push('text'); body.push(null); }, 60);
            };
            """, Roomy);
        var (first, firstHeader) = StoredTrace.Begin();
        var (second, secondHeader) = StoredTrace.Begin();
        Assert.Equal("\"answered\"", (await server.InvokeAsync("late", traceHeader: firstHeader)).Succeeded);
        Assert.Equal("\"waited\"", (await server.InvokeAsync("late", """{"wait":true}""", traceHeader: secondHeader)).Succeeded);

        Assert.Single(Calls(StoredTrace.Timeline(first, await StoredTrace.WithAsync(server.Http, first, "late", "S3")).Rows));
        Assert.Empty(Calls(StoredTrace.Timeline(second, await StoredTrace.WithAsync(server.Http, second, "late", "late", "Overhead")).Rows));
    }

    [Fact]
    public async Task A_client_that_knows_nothing_of_tracing_is_recorded_while_its_invocation_runs()
    {
        await server.CreateAsync("by-hand", """
            const http = require('http');
            exports.handler = () => new Promise((resolve, reject) => {
              http.get(process.env.AWS_ENDPOINT_URL + '/no-such-bucket-here/key', answer => answer.resume().on('end', () => resolve(answer.statusCode))).on('error', reject);
            });
            """, Roomy);
        var (id, header) = StoredTrace.Begin();
        Assert.Equal("404", (await server.InvokeAsync("by-hand", traceHeader: header)).Succeeded);

        var rows = StoredTrace.Timeline(id, await StoredTrace.WithAsync(server.Http, id, "by-hand", "by-hand", "S3", "Overhead")).Rows;
        Assert.Equal("no-such-bucket-here", Aws(Assert.Single(Calls(rows)), "bucket_name"));
    }

    [Fact]
    public async Task An_untraced_invocation_records_nothing()
    {
        await BucketAsync("untraced-bucket");
        await server.CreateAsync("untraced", """
            const { S3Client, ListObjectsV2Command } = require('@aws-sdk/client-s3');
            exports.handler = async () => { await new S3Client({ forcePathStyle: true }).send(new ListObjectsV2Command({ Bucket: 'untraced-bucket' })); };
            """, Roomy);
        var id = TraceId.New(TimeProvider.System.GetUtcNow());
        Assert.Equal("null", (await server.InvokeAsync("untraced", traceHeader: $"Root={id};Sampled=0")).Succeeded);

        await server.Services.GetRequiredService<SegmentRecorder>().FlushAsync();
        Assert.Empty(await StoredTrace.ReadAsync(server.Http, id));
    }

    [Fact]
    public async Task The_setting_shows_only_what_AWS_would_show()
    {
        await using var strict = await WholeServer.StartAsync(config => config with { RecordCalls = false });
        await strict.CreateAsync("strict", """
            const { STSClient, GetCallerIdentityCommand } = require('@aws-sdk/client-sts');
            exports.handler = async () => { await new STSClient().send(new GetCallerIdentityCommand({})); };
            """, Roomy);
        var (id, header) = StoredTrace.Begin();
        Assert.Equal("null", (await strict.InvokeAsync("strict", traceHeader: header)).Succeeded);

        var rows = StoredTrace.Timeline(id, await StoredTrace.WithAsync(strict.Http, id, "strict", "strict", "Initialization", "Overhead")).Rows;
        Assert.Empty(Calls(rows));
    }

    static JsonObject Python()
    {
        var settings = Roomy.DeepClone().AsObject();
        (settings["Runtime"], settings["Handler"]) = ("python3.11", "app.handler");
        return settings;
    }

    async Task BucketAsync(string name) => (await server.Http.PutAsync($"/{name}", null)).EnsureSuccessStatusCode();

    static List<TimelineRow> Calls(IEnumerable<TimelineRow> rows) =>
        [.. rows.Where(row => row is { Namespace: "aws", Kind: TimelineRowKind.Subsegment }).OrderBy(row => row.StartOffsetMicroseconds)];

    static string? Aws(TimelineRow row, string field) => row.Entity.Aws!.Value.GetProperty(field).GetString();
}
