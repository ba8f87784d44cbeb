using System.Net;
using System.Text.Json.Nodes;
using Lambray.Server.Hosting;
using Lambray.Tests.Server.Authentication;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Server.Forwarding;

/// <summary>A server whose queues, topics, identities and the like are those of another server, which wants requests signed with a key of its own.</summary>
public sealed class PassingServicesOn(SignedServer other) : IClassFixture<SignedServer>
{
    static readonly string[] Services = ["sqs", "sns", "dynamodb", "kinesis", "iam", "sts", "logs", "cloudwatch"];

    [Fact]
    public async Task Clients_work_through_it()
    {
        await using var server = await StartAsync(IsolationMode.Process);
        Assert.Equal("done", (await ClientProcess.Node("sqs.mjs", server.Address.ToString())).Succeeded.Trim());
        Assert.Equal("done", (await ClientProcess.Node("dynamodb.mjs", server.Address.ToString())).Succeeded.Trim());
        await Succeed(ClientProcess.Boto3(server.Address, $$"""
            sqs, sns, iam, sts = client("sqs"), client("sns"), client("iam"), client("sts")
            url = sqs.create_queue(QueueName="elsewhere")["QueueUrl"]
            # SDKs send to a queue's address, whatever their endpoint is.
            assert url.startswith("{{server.Address}}"), url
            assert sqs.get_queue_url(QueueName="elsewhere")["QueueUrl"] == url and url in sqs.list_queues()["QueueUrls"]
            topic = sns.create_topic(Name="elsewhere")["TopicArn"]
            arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
            sqs.set_queue_attributes(QueueUrl=url, Attributes=dict(Policy=json.dumps(dict(Version="2012-10-17", Statement=[
                dict(Effect="Allow", Principal=dict(Service="sns.amazonaws.com"), Action="sqs:SendMessage", Resource=arn)]))))
            sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=dict(RawMessageDelivery="true"))
            sns.publish(TopicArn=topic, Message="größer & more", Subject="a b")
            [message] = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"]
            assert message["Body"] == "größer & more", message
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            iam.create_user(UserName="elsewhere", Path="/far/")
            # Not whoever asked here, but whose key the server was given.
            assert sts.get_caller_identity()["Arn"].endswith(":root")
            kinesis = client("kinesis")
            kinesis.create_stream(StreamName="elsewhere", ShardCount=1)
            assert kinesis.put_record(StreamName="elsewhere", Data="größer".encode(), PartitionKey="k")["ShardId"] == "shardId-000000000000"
            client("logs").create_log_group(logGroupName="/elsewhere")
            client("cloudwatch").put_metric_data(Namespace="Elsewhere", MetricData=[dict(MetricName="m", Value=1.5)])
            try:
                iam.create_user(UserName="elsewhere")
                raise AssertionError("Twice.")
            except iam.exceptions.EntityAlreadyExistsException:
                pass
            try:
                sqs.get_queue_url(QueueName="nowhere")
                raise AssertionError("It is not there.")
            except sqs.exceptions.QueueDoesNotExist:
                pass
            """));
        await Succeed(ClientProcess.Boto3(other.Address, """
            assert client("iam").get_user(UserName="elsewhere")["User"]["Path"] == "/far/"
            assert client("sqs").get_queue_url(QueueName="elsewhere")
            assert client("sns").list_topics()["Topics"]
            place = client("kinesis").get_shard_iterator(StreamName="elsewhere", ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
            assert [record["Data"].decode() for record in client("kinesis").get_records(ShardIterator=place)["Records"]] == ["größer"]
            assert client("logs").describe_log_groups(logGroupNamePrefix="/elsewhere")["logGroups"]
            assert client("cloudwatch").list_metrics(Namespace="Elsewhere")["Metrics"]
            """, other.Root));
    }

    [Fact]
    public async Task Calls_of_functions_are_traced_and_messages_go_on_in_their_trace()
    {
        SandboxServer.SkipUnlessAvailable();
        await using var server = await StartAsync(IsolationMode.Sandbox);
        await server.CreateAsync("sender", """
            const { SQSClient, SendMessageCommand, CreateQueueCommand } = require('@aws-sdk/client-sqs');
            const sqs = new SQSClient({});
            exports.handler = async () => {
              const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'from-functions' }));
              await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'from a function' }));
            };
            """, new JsonObject { ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" }, ["MemorySize"] = 512 });
        var trace = TraceId.New(TimeProvider.System.GetUtcNow());
        await server.InvokeAsync("sender", traceHeader: $"Root={trace};Sampled=1");
        await Eventually.HoldsAsync(async () =>
            (await server.SendAsync(HttpMethod.Post, "/Traces", $$"""{"TraceIds":["{{trace}}"]}""")).Body is { } body
            && body.Contains("\\\"operation\\\":\\\"SendMessage\\\"", StringComparison.Ordinal) && body.Contains($"/{WholeServer.Account}/from-functions\\\"", StringComparison.Ordinal),
            () => "The call is in the trace");
        // The message carries on the trace of whoever sent it, through both servers.
        await Succeed(ClientProcess.Boto3(server.Address, $"""
            sqs = client("sqs")
            [message] = sqs.receive_message(QueueUrl=sqs.get_queue_url(QueueName="from-functions")["QueueUrl"], AttributeNames=["All"], WaitTimeSeconds=20)["Messages"]
            assert message["Body"] == "from a function" and message["Attributes"]["AWSTraceHeader"].startswith("Root={trace}"), message
            """));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_to_be_so()
    {
        // Nothing listens at the port that is kept for nothing.
        var nowhere = new Dictionary<string, ServiceElsewhere> { ["sqs"] = new(new Uri("http://127.0.0.1:1")), ["sns"] = new(new Uri("http://127.0.0.1:1")) };
        await using var server = await WholeServer.StartAsync(config => config with { Elsewhere = nowhere });
        var query = await server.SendAsync(HttpMethod.Get, "/?Version=2010-03-31&Action=ListTopics");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, query.Status);
        Assert.Contains("<Code>ServiceUnavailable</Code>", query.Body, StringComparison.Ordinal);
        Assert.Contains("SNS is forwarded to http://127.0.0.1:1/", query.Body, StringComparison.Ordinal);

        await server.CreateAsync("f", "exports.handler = async () => {};");
        var mapping = await server.SendAsync(
            HttpMethod.Post, "/2015-03-31/event-source-mappings/", $$"""{"FunctionName":"f","EventSourceArn":"arn:aws:sqs:{{WholeServer.Region}}:{{WholeServer.Account}}:q"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidParameterValueException"), (mapping.Status, mapping.Code));
        Assert.Contains("SQS is forwarded to another server, which is not polled", mapping.Body, StringComparison.Ordinal);
    }

    Task<WholeServer> StartAsync(IsolationMode isolation) => WholeServer.StartAsync(config => config with
    {
        Isolation = isolation,
        Elsewhere = Services.ToDictionary(service => service, _ => new ServiceElsewhere(other.Address, other.Root.AccessKeyId, other.Root.SecretAccessKey)),
    });

    static async Task Succeed(Task<ClientOutcome> client)
    {
        var outcome = await client;
        Assert.True(outcome.ExitCode == 0, outcome.Error + outcome.Output);
    }
}
