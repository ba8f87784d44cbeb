using Xunit;

namespace Lambray.Tests.Server.Authentication;

/// <summary>Buckets and topics deliver to queues and topics whose policies let them.</summary>
public sealed class LettingServicesIn(SignedServer strict) : IClassFixture<SignedServer>
{
    // What differs is only what a queue without any policy does.
    const string Script = """
        s3, sns, sqs = client("s3"), client("sns"), client("sqs")
        def queue(name):
            url = sqs.create_queue(QueueName=name)["QueueUrl"]
            return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        def policy(service, action, resource, **condition):
            return json.dumps(dict(Version="2012-10-17", Statement=[dict(Effect="Allow", Principal=dict(Service=service), Action=action, Resource=resource, Condition=condition)]))
        def let(queue, service, **condition):
            sqs.set_queue_attributes(QueueUrl=queue[0], Attributes=dict(Policy=policy(service, "sqs:SendMessage", queue[1], **condition)))
        def received(queue):
            return [message["Body"] for message in sqs.receive_message(QueueUrl=queue[0], WaitTimeSeconds=20)["Messages"]]
        def notifies(**configuration):
            try:
                s3.put_bucket_notification_configuration(Bucket="told", NotificationConfiguration=configuration)
                return True
            except botocore.exceptions.ClientError as error:
                assert "Unable to validate the following destination configurations" in str(error), error
                return False
        s3.create_bucket(Bucket="told", CreateBucketConfiguration=dict(LocationConstraint="eu-central-1"))
        to_queue = lambda queue: dict(QueueConfigurations=[dict(QueueArn=queue[1], Events=["s3:ObjectCreated:*"])])
        account = queue("account")[1].split(":")[4]

        plain = queue("plain")
        assert notifies(**to_queue(plain)) == (not strict)
        told = queue("told")
        let(told, "s3.amazonaws.com", ArnLike={"aws:SourceArn": "arn:aws:s3:::another"})
        assert not notifies(**to_queue(told))
        let(told, "s3.amazonaws.com", ArnLike={"aws:SourceArn": "arn:aws:s3:::told"}, StringEquals={"aws:SourceAccount": account})
        assert notifies(**to_queue(told))
        assert json.loads(received(told)[0])["Event"] == "s3:TestEvent"

        topic = sns.create_topic(Name="told")["TopicArn"]
        to_topic = dict(TopicConfigurations=[dict(TopicArn=topic, Events=["s3:ObjectCreated:*"])])
        assert notifies(**to_topic) == (not strict)
        sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy("s3.amazonaws.com", "sns:Publish", topic, StringEquals={"aws:SourceAccount": "111122223333"}))
        assert not notifies(**to_topic)
        sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy("s3.amazonaws.com", "sns:Publish", topic, StringEquals={"aws:SourceAccount": account}))
        assert notifies(**to_topic)

        dead = queue("dead")
        let(dead, "sns.amazonaws.com", ArnEquals={"aws:SourceArn": topic})
        subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=told[1], Attributes=dict(RedrivePolicy=json.dumps(dict(deadLetterTargetArn=dead[1])), RawMessageDelivery="true"))
        sns.publish(TopicArn=topic, Message="not let in")
        assert received(dead) == ["not let in"]
        let(told, "sns.amazonaws.com", ArnEquals={"aws:SourceArn": topic})
        sns.publish(TopicArn=topic, Message="let in")
        assert received(told) == ["let in"]
        """;

    [Fact]
    public async Task A_strict_server_wants_a_policy_for_all_that_is_delivered() => await Succeed(
        ClientProcess.Boto3(strict.Address, "strict = True\n" + Script, strict.Root));

    [Fact]
    public async Task Another_keeps_to_the_policies_that_there_are()
    {
        await using var server = await WholeServer.StartAsync();
        await Succeed(ClientProcess.Boto3(server.Address, "strict = False\n" + Script));
    }

    static async Task Succeed(Task<ClientOutcome> client)
    {
        var outcome = await client;
        Assert.True(outcome.ExitCode == 0, outcome.Error + outcome.Output);
    }
}
