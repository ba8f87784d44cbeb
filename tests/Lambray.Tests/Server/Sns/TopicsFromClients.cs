using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Sns;

/// <summary>SNS as real clients use it.</summary>
public sealed class TopicsFromClients(WholeServer server) : IClassFixture<WholeServer>
{
    [Fact]
    public async Task Web_servers_confirm_verify_and_are_tried_again() =>
        Assert.Equal("done", (await ClientProcess.Node("sns.mjs", server.Address.ToString())).Succeeded.Trim());

    [Fact]
    public async Task Boto3_makes_topics_and_subscribes_queues_with_filters() => await Succeed(ClientProcess.Boto3(server.Address, """
        sns, sqs = client("sns"), client("sqs")
        topic = sns.create_topic(Name="news", Attributes=dict(DisplayName="News"), Tags=[dict(Key="team", Value="shop")])["TopicArn"]
        assert topic.endswith(":news") and sns.create_topic(Name="news")["TopicArn"] == topic
        attributes = lambda: sns.get_topic_attributes(TopicArn=topic)["Attributes"]
        assert attributes()["DisplayName"] == "News" and json.loads(attributes()["Policy"])["Id"] == "__default_policy_ID", attributes()
        sns.add_permission(TopicArn=topic, Label="friends", AWSAccountId=["111122223333"], ActionName=["Publish"])
        assert [statement["Sid"] for statement in json.loads(attributes()["Policy"])["Statement"]] == ["__default_statement_ID", "friends"]
        sns.remove_permission(TopicArn=topic, Label="friends")
        sns.tag_resource(ResourceArn=topic, Tags=[dict(Key="more", Value="1")])
        sns.untag_resource(ResourceArn=topic, TagKeys=["team"])
        assert sns.list_tags_for_resource(ResourceArn=topic)["Tags"] == [dict(Key="more", Value="1")]
        sns.put_data_protection_policy(ResourceArn=topic, DataProtectionPolicy='{"Name":"p"}')
        assert sns.get_data_protection_policy(ResourceArn=topic)["DataProtectionPolicy"] == '{"Name":"p"}'

        def queue(name):
            url = sqs.create_queue(QueueName=name)["QueueUrl"]
            return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        def subscribe(arn, **attributes):
            return sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=attributes)["SubscriptionArn"]
        def received(url):
            messages = []
            while more := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], AttributeNames=["All"]).get("Messages"):
                messages += more
            return messages
        whole, raw, cheap, deep = queue("whole-news"), queue("raw-news"), queue("cheap-news"), queue("deep-news")
        subscribe(whole[1])
        subscribe(raw[1], RawMessageDelivery="true", FilterPolicy=json.dumps(dict(kind=[dict(prefix="sp")], hot=[True, dict(exists=False)], tags=["a"])))
        cheaper = subscribe(cheap[1])
        assert subscribe(cheap[1]) == cheaper
        sns.set_subscription_attributes(SubscriptionArn=cheaper, AttributeName="FilterPolicy", AttributeValue=json.dumps({"price": [dict(numeric=[">", 0, "<=", 9.5])], "$or": [dict(ip=[dict(cidr="10.0.0.0/8")]), dict(file=[dict(wildcard="*.txt")])]}))
        subscribe(deep[1], FilterPolicyScope="MessageBody", FilterPolicy=json.dumps(dict(order=dict(state=[{"anything-but": ["done"]}]))))
        text = lambda value: dict(DataType="String", StringValue=value)
        number = lambda value: dict(DataType="Number", StringValue=value)
        array = lambda value: dict(DataType="String.Array", StringValue=json.dumps(value))
        sns.publish(TopicArn=topic, Message="1", Subject="One", MessageAttributes=dict(kind=text("sport"), tags=array(["x", "a"])))
        sns.publish(TopicArn=topic, Message="2", MessageAttributes=dict(kind=text("sport"), tags=array(["x"])))
        sns.publish(TopicArn=topic, Message="3", MessageAttributes=dict(price=number("9.50"), ip=text("10.1.2.3")))
        sns.publish(TopicArn=topic, Message="4", MessageAttributes=dict(price=number("9"), file=text("a.txt")))
        sns.publish(TopicArn=topic, Message="5", MessageAttributes=dict(price=number("10"), file=text("a.txt")))
        sns.publish(TopicArn=topic, Message='{"order":{"state":"new"}}')
        sns.publish(TopicArn=topic, Message='{"order":{"state":"done"}}')
        notifications = [json.loads(message["Body"]) for message in received(whole[0])]
        assert sorted(one["Message"] for one in notifications)[:5] == ["1", "2", "3", "4", "5"] and len(notifications) == 7
        first = next(one for one in notifications if one["Message"] == "1")
        assert first["Type"] == "Notification" and first["Subject"] == "One" and first["TopicArn"] == topic and first["MessageAttributes"]["kind"] == dict(Type="String", Value="sport")
        assert {"SignatureVersion", "Signature", "SigningCertURL", "UnsubscribeURL", "Timestamp"} <= first.keys()
        [only] = received(raw[0])
        assert only["Body"] == "1" and only["MessageAttributes"]["kind"]["StringValue"] == "sport", only
        assert sorted(json.loads(message["Body"])["Message"] for message in received(cheap[0])) == ["3", "4"]
        assert [json.loads(message["Body"])["Message"] for message in received(deep[0])] == ['{"order":{"state":"new"}}']

        sns.set_subscription_attributes(SubscriptionArn=cheaper, AttributeName="FilterPolicy", AttributeValue=json.dumps(dict(price=[dict(numeric=["<", 1])])))
        sns.publish(TopicArn=topic, Message="6", MessageAttributes=dict(price=number("9"), file=text("a.txt")))
        sns.publish(TopicArn=topic, Message="7", MessageAttributes=dict(price=number("0.5")))
        assert [json.loads(message["Body"])["Message"] for message in received(cheap[0])] == ["7"], "A filter that was changed holds at once."
        received(whole[0])

        pages = list(sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic))
        assert len([one for page in pages for one in page["Subscriptions"]]) == 4
        assert attributes()["SubscriptionsConfirmed"] == "4"
        assert sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="a@example.org")["SubscriptionArn"] == "pending confirmation"
        assert [one["SubscriptionArn"] for one in sns.list_subscriptions()["Subscriptions"] if one["Protocol"] == "email"] == ["PendingConfirmation"]
        boto3.resource("sns", endpoint_url=sns.meta.endpoint_url).Topic(topic).publish(Message="by resource")
        assert len(received(whole[0])) == 1

        def refused(code, text, call, **arguments):
            try:
                call(**arguments)
            except botocore.exceptions.ClientError as error:
                assert error.response["Error"]["Code"] == code and text in error.response["Error"]["Message"], error.response["Error"]
            else:
                raise AssertionError(f"{text} {arguments}: not refused")
        refused("InvalidParameter", "Topic Name", sns.create_topic, Name="no spaces")
        refused("NotFound", "Topic does not exist", sns.publish, TopicArn=topic + "2", Message="x")
        refused("InvalidParameter", "Message too long", sns.publish, TopicArn=topic, Message="x" * 262145)
        refused("InvalidParameter", "Empty message", sns.publish, TopicArn=topic, Message="")
        refused("InvalidParameter", "Subject", sns.publish, TopicArn=topic, Message="x", Subject="x" * 101)
        refused("InvalidParameter", "No default entry", sns.publish, TopicArn=topic, Message="{}", MessageStructure="json")
        refused("ParameterValueInvalid", "to a number", sns.publish, TopicArn=topic, Message="x", MessageAttributes=dict(n=number("x")))
        refused("InvalidParameter", "protocol", sns.subscribe, TopicArn=topic, Protocol="pigeon", Endpoint="x")
        refused("InvalidParameter", "nested filter policy", sns.subscribe, TopicArn=topic, Protocol="sqs", Endpoint=whole[1] + "x", Attributes=dict(FilterPolicy='{"a":{"b":[1]}}'))
        refused("InvalidParameter", "FilterPolicy", sns.subscribe, TopicArn=topic, Protocol="sqs", Endpoint=whole[1] + "x", Attributes=dict(FilterPolicy='{"a":"b"}'))
        refused("InvalidParameter", "Attributes", sns.subscribe, TopicArn=topic, Protocol="sqs", Endpoint=whole[1], Attributes=dict(RawMessageDelivery="true"))
        refused("InvalidParameter", "Attribute maxReceiveCount is unknown", sns.subscribe, TopicArn=topic, Protocol="sqs", Endpoint=whole[1] + "x", Attributes=dict(RedrivePolicy=json.dumps(dict(deadLetterTargetArn=whole[1], maxReceiveCount=3))))
        refused("InvalidParameter", "Token", sns.confirm_subscription, TopicArn=topic, Token="x")
        refused("EmptyBatchRequest", "", sns.publish_batch, TopicArn=topic, PublishBatchRequestEntries=[])
        refused("ResourceNotFound", "Resource does not exist", sns.list_tags_for_resource, ResourceArn=topic + "2")
        sns.delete_topic(TopicArn=topic)
        sns.delete_topic(TopicArn=topic)
        refused("NotFound", "Topic does not exist", sns.get_topic_attributes, TopicArn=topic)
        """));

    [Fact]
    public async Task Fifo_topics_keep_their_order_in_fifo_queues() => await Succeed(ClientProcess.Boto3(server.Address, """
        sns, sqs = client("sns"), client("sqs")
        topic = sns.create_topic(Name="steps.fifo", Attributes=dict(FifoTopic="true", ContentBasedDeduplication="true"))["TopicArn"]
        url = sqs.create_queue(QueueName="steps.fifo", Attributes=dict(FifoQueue="true", VisibilityTimeout="60"))["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        steps = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=dict(RawMessageDelivery="true"))["SubscriptionArn"]
        first = sns.publish(TopicArn=topic, Message="0", MessageGroupId="g")
        again = sns.publish(TopicArn=topic, Message="0", MessageGroupId="g")
        assert first["MessageId"] == again["MessageId"] and first["SequenceNumber"] == again["SequenceNumber"]
        for start in range(1, 21, 10):
            batch = sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[dict(Id=str(n), Message=str(n), MessageGroupId="g") for n in range(start, start + 10)])
            assert len(batch["Successful"]) == 10, batch
        plain = sqs.create_queue(QueueName="plain-letters")["QueueUrl"]
        letters = sqs.get_queue_attributes(QueueUrl=plain, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        try:
            sns.set_subscription_attributes(SubscriptionArn=steps, AttributeName="RedrivePolicy", AttributeValue=json.dumps(dict(deadLetterTargetArn=letters)))
            raise AssertionError("What has an order does not end where there is none.")
        except sns.exceptions.InvalidParameterException as error:
            assert "must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic" in str(error), error
        bodies = []
        while more := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            bodies += [message["Body"] for message in more]
            for message in more:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        assert bodies == [str(n) for n in range(21)], bodies
        for problem, arguments in [("MessageGroupId", dict(Message="x")), ("Invalid protocol type", None)]:
            try:
                sns.publish(TopicArn=topic, **arguments) if arguments else sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint="arn:aws:lambda:eu-central-1:123456789012:function:f")
                raise AssertionError(problem)
            except sns.exceptions.InvalidParameterException as error:
                assert problem in str(error), error
        """));

    [Fact]
    public async Task The_command_line_publishes_to_a_function_that_lets_the_topic_in()
    {
        await server.CreateAsync("subscriber", """
            const { SQSClient, SendMessageCommand, GetQueueUrlCommand } = require('@aws-sdk/client-sqs');
            const sqs = new SQSClient({});
            exports.handler = async event => {
              const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'told' }));
              await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
            };
            """, new JsonObject { ["MemorySize"] = 512 });
        await Succeed(Aws("sqs", "create-queue", "--queue-name", "told"));
        await Succeed(Aws("sqs", "create-queue", "--queue-name", "not-let-in"));
        var topic = JsonElement.Parse((await Aws("sns", "create-topic", "--name", "told")).Succeeded).GetProperty("TopicArn").GetString()!;
        var function = topic.Replace(":sns:", ":lambda:", StringComparison.Ordinal).Replace(":told", ":function:subscriber", StringComparison.Ordinal);
        var dead = topic.Replace(":sns:", ":sqs:", StringComparison.Ordinal).Replace(":told", ":not-let-in", StringComparison.Ordinal);
        await Succeed(Aws(
            "sns", "subscribe", "--topic-arn", topic, "--protocol", "lambda", "--notification-endpoint", function, "--attributes",
            JsonSerializer.Serialize(new Dictionary<string, string> { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{dead}}"}""" })));

        await Succeed(Aws("sns", "publish", "--topic-arn", topic, "--message", "too early"));
        Assert.Contains("too early", (await Receive("not-let-in")).Succeeded, StringComparison.Ordinal);

        await Succeed(Aws(
            "lambda", "add-permission", "--function-name", "subscriber", "--statement-id", "topic", "--action", "lambda:InvokeFunction", "--principal", "sns.amazonaws.com",
            "--source-arn", topic));
        await Succeed(Aws("sns", "publish", "--topic-arn", topic, "--subject", "Now", "--message", "in time", "--message-attributes", """{"n":{"DataType":"Number","StringValue":"7"}}"""));
        var told = JsonElement.Parse((await Receive("told")).Succeeded).GetProperty("Messages")[0].GetProperty("Body").GetString()!;
        var record = JsonElement.Parse(told).GetProperty("Records")[0];
        Assert.Equal(("aws:sns", "1.0"), (record.GetProperty("EventSource").GetString(), record.GetProperty("EventVersion").GetString()));
        Assert.StartsWith(topic + ":", record.GetProperty("EventSubscriptionArn").GetString(), StringComparison.Ordinal);
        var message = record.GetProperty("Sns");
        Assert.Equal(("Now", "in time", topic), (message.GetProperty("Subject").GetString(), message.GetProperty("Message").GetString(), message.GetProperty("TopicArn").GetString()));
        Assert.Equal("""{"n":{"Type":"Number","Value":"7"}}""", message.GetProperty("MessageAttributes").GetRawText());
    }

    Task<ClientOutcome> Aws(params string[] arguments) => ClientProcess.Aws(server.Address, arguments);

    Task<ClientOutcome> Receive(string queue) =>
        Aws("sqs", "receive-message", "--queue-url", $"{server.Address}{WholeServer.Account}/{queue}", "--wait-time-seconds", "20");

    static async Task Succeed(Task<ClientOutcome> client)
    {
        var outcome = await client;
        Assert.True(outcome.ExitCode == 0, outcome.Error + outcome.Output);
    }
}
