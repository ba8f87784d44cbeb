using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Server.Hosting;
using Lambray.Tests.Server.Tracing;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Server.Sqs;

/// <summary>From a bucket to a topic to a queue to a function: one trace, or as AWS shows it.</summary>
public sealed class FollowingCauses
{
    const string Account = $"{WholeServer.Region}:{WholeServer.Account}";

    [Fact]
    public async Task The_full_causal_chain_is_one_trace_with_bucket_topic_and_queue_in_it()
    {
        await using var server = await WholeServer.StartAsync(config => config with { Isolation = IsolationMode.Process, FullCausalChain = true });
        var (id, call) = await UploadAsync(server);

        var documents = (await StoredTrace.WithAsync(server.Http, id, "uploads", "uploads", "uploads", "consumer", "consumer")).Select(document => JsonElement.Parse(document)).ToArray();

        var bucket = documents.Single(document => Text(document, "origin") == "AWS::S3::Bucket");
        var topic = documents.Single(document => Text(document, "origin") == "AWS::SNS");
        var queue = documents.Single(document => Text(document, "origin") == "AWS::SQS::Queue");
        var service = documents.Single(document => Text(document, "origin") == "AWS::Lambda");
        Assert.Equal(call.ToString(), Text(bucket, "parent_id"));
        Assert.Equal(Text(bucket, "id"), Text(topic, "parent_id"));
        Assert.Equal(Text(topic, "id"), Text(queue, "parent_id"));
        Assert.Equal(Text(queue, "id"), Text(service, "parent_id"));
        Assert.False(service.TryGetProperty("links", out _));
        Assert.True(queue.GetProperty("start_time").GetDouble() <= queue.GetProperty("end_time").GetDouble());
    }

    [Fact]
    public async Task As_AWS_shows_it_a_traced_topic_is_in_the_senders_trace_and_the_function_in_a_linked_one()
    {
        await using var server = await WholeServer.StartAsync(config => config with { Isolation = IsolationMode.Process });
        var (id, call) = await UploadAsync(server, tracing: "Active");

        var topic = JsonElement.Parse(Assert.Single(await StoredTrace.WithAsync(server.Http, id, "uploads")));

        Assert.Equal(("AWS::SNS", call.ToString()), (Text(topic, "origin"), Text(topic, "parent_id")));
        var map = await server.SendAsync(HttpMethod.Post, "/TraceSummaries", $$"""{"StartTime":{{Now() - 600}},"EndTime":{{Now() + 60}}}""");
        Assert.Contains(id.ToString(), map.Body, StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => (await LinkedAsync(server, id)).Contains(Text(topic, "id")), () => "No trace is linked to the topic's segment.");
    }

    /// <summary>Uploads an object in a trace of its own; what the function is told of goes through all of them.</summary>
    static async Task<(TraceId Id, SegmentId Call)> UploadAsync(WholeServer server, string tracing = "PassThrough")
    {
        await server.CreateAsync("consumer", "exports.handler = async ({ Records }) => JSON.parse(Records[0].body).Records[0].s3.object.key;", new JsonObject
        {
            ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" },
        });
        var prepared = await ClientProcess.Boto3(server.Address, $$"""
            sns, sqs, s3 = client("sns"), client("sqs"), client("s3")
            topic = sns.create_topic(Name="uploads", Attributes=dict(TracingConfig="{{tracing}}"))["TopicArn"]
            sqs.create_queue(QueueName="uploads")
            sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:{{Account}}:uploads", Attributes=dict(RawMessageDelivery="true"))
            s3.create_bucket(Bucket="uploads", CreateBucketConfiguration=dict(LocationConstraint="{{WholeServer.Region}}"))
            s3.put_bucket_notification_configuration(Bucket="uploads", NotificationConfiguration=dict(
                TopicConfigurations=[dict(TopicArn=topic, Events=["s3:ObjectCreated:*"])], QueueConfigurations=[dict(QueueArn="arn:aws:sqs:{{Account}}:uploads", Events=["s3:ObjectRemoved:*"])]))
            # Each target is told once that it will be told.
            tests = []
            while len(tests) < 2:
                for message in sqs.receive_message(QueueUrl="{{server.Address}}{{WholeServer.Account}}/uploads", WaitTimeSeconds=20).get("Messages", []):
                    tests.append(json.loads(message["Body"])["Event"])
                    sqs.delete_message(QueueUrl="{{server.Address}}{{WholeServer.Account}}/uploads", ReceiptHandle=message["ReceiptHandle"])
            assert tests == ["s3:TestEvent"] * 2, tests
            client("lambda").create_event_source_mapping(FunctionName="consumer", EventSourceArn="arn:aws:sqs:{{Account}}:uploads")
            """);
        Assert.Equal("", prepared.Succeeded);
        var (id, call) = (StoredTrace.Begin().Id, SegmentId.New());
        using var request = new HttpRequestMessage(HttpMethod.Put, "/uploads/photo.jpg") { Content = new StringContent("bytes") };
        request.Headers.Add(TraceHeader.Name, $"Root={id};Parent={call};Sampled=1");
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (id, call);
    }

    // What other traces are linked to.
    static async Task<IReadOnlyList<string?>> LinkedAsync(WholeServer server, TraceId sender)
    {
        var summaries = (await server.SendAsync(HttpMethod.Post, "/TraceSummaries", $$"""{"StartTime":{{Now() - 600}},"EndTime":{{Now() + 60}}}""")).Succeeded;
        var linked = new List<string?>();
        foreach (var summary in summaries.GetProperty("TraceSummaries").EnumerateArray())
        {
            Assert.True(TraceId.TryParse(Text(summary, "Id"), out var id));
            linked.AddRange(from document in await StoredTrace.ReadAsync(server.Http, id)
                            let segment = JsonElement.Parse(document)
                            where segment.TryGetProperty("links", out _)
                            from link in segment.GetProperty("links").EnumerateArray()
                            where Text(link, "trace_id") == sender.ToString()
                            select Text(link, "id"));
        }
        return linked;
    }

    static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    static string? Text(JsonElement json, string field) => json.TryGetProperty(field, out var value) ? value.GetString() : null;
}
