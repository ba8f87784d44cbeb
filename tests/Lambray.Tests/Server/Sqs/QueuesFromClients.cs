using Xunit;

namespace Lambray.Tests.Server.Sqs;

/// <summary>SQS as real clients use it, in both of its protocols: boto3 and the AWS CLI of Debian write forms, the SDK for JavaScript JSON.</summary>
public sealed class QueuesFromClients(WholeServer server) : IClassFixture<WholeServer>
{
    [Fact]
    public async Task Boto3_sends_receives_and_deletes_with_all_that_messages_have() => await Succeed(ClientProcess.Boto3(server.Address, """
        sqs = client("sqs")
        url = sqs.create_queue(QueueName="whole", Attributes=dict(VisibilityTimeout="60", DelaySeconds="0"), tags=dict(team="shop"))["QueueUrl"]
        assert sqs.create_queue(QueueName="whole", Attributes=dict(VisibilityTimeout="60"))["QueueUrl"] == url
        try:
            sqs.create_queue(QueueName="whole", Attributes=dict(VisibilityTimeout="61"))
            raise AssertionError("Another timeout, and no refusal.")
        except sqs.exceptions.QueueNameExists as error:
            assert "VisibilityTimeout" in str(error)
        sent = sqs.send_message(QueueUrl=url, MessageBody="größer <&> \U0001f642", MessageAttributes={
            "count": dict(DataType="Number", StringValue="12.5"), "kind.of": dict(DataType="String.label", StringValue="x"), "raw": dict(DataType="Binary", BinaryValue=bytes(range(256))),
        }, MessageSystemAttributes=dict(AWSTraceHeader=dict(DataType="String", StringValue="Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")))
        assert {"MD5OfMessageBody", "MD5OfMessageAttributes", "MD5OfMessageSystemAttributes", "MessageId"} <= sent.keys(), sent
        # boto3 compares the digests of what it receives by itself.
        [message] = sqs.receive_message(QueueUrl=url, AttributeNames=["All"], MessageAttributeNames=["All"])["Messages"]
        assert (message["MessageId"], message["Body"]) == (sent["MessageId"], "größer <&> \U0001f642")
        assert message["MessageAttributes"]["raw"] == dict(DataType="Binary", BinaryValue=bytes(range(256)))
        assert message["MessageAttributes"]["count"] == dict(DataType="Number", StringValue="12.5")
        assert message["MD5OfMessageAttributes"] == sent["MD5OfMessageAttributes"]
        system = message["Attributes"]
        assert system["ApproximateReceiveCount"] == "1" and system["AWSTraceHeader"].startswith("Root=1-5759e988"), system
        assert system["SentTimestamp"] <= system["ApproximateFirstReceiveTimestamp"] and system["SenderId"] == "AKIDEXAMPLE"
        counts = lambda: [sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]["ApproximateNumberOfMessages" + of] for of in ("", "NotVisible", "Delayed")]
        assert counts() == ["0", "1", "0"]
        assert "Messages" not in sqs.receive_message(QueueUrl=url)
        # Given back at once, it is received again, by another receipt.
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
        [again] = sqs.receive_message(QueueUrl=url, AttributeNames=["ApproximateReceiveCount"], MessageAttributeNames=["kind.*"])["Messages"]
        assert again["Attributes"] == dict(ApproximateReceiveCount="2") and list(again["MessageAttributes"]) == ["kind.of"]
        assert again["ReceiptHandle"] != message["ReceiptHandle"]
        try:
            sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=9)
            raise AssertionError("An old receipt hides nothing.")
        except sqs.exceptions.MessageNotInflight:
            pass
        sqs.delete_message(QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])
        sqs.delete_message(QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])
        assert counts() == ["0", "0", "0"]

        batch = sqs.send_message_batch(QueueUrl=url, Entries=[dict(Id=f"n{n}", MessageBody=f"body {n}", DelaySeconds=900 if n == 8 else 0) for n in range(9)]
            + [dict(Id="late", MessageBody="x", DelaySeconds=901)])
        assert [entry["Id"] for entry in batch["Failed"]] == ["late"] and batch["Failed"][0]["Code"] == "InvalidParameterValue", batch
        assert len(batch["Successful"]) == 9 and counts() == ["8", "0", "1"], counts()
        received = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
        assert [message["Body"] for message in received] == [f"body {n}" for n in range(8)]
        entries = [dict(Id=str(n), ReceiptHandle=message["ReceiptHandle"]) for n, message in enumerate(received)]
        hidden = sqs.change_message_visibility_batch(QueueUrl=url, Entries=[dict(entry, VisibilityTimeout=0 if entry["Id"] == "3" else 90) for entry in entries])
        assert len(hidden["Successful"]) == 8 and counts() == ["1", "7", "1"]
        deleted = sqs.delete_message_batch(QueueUrl=url, Entries=entries + [dict(Id="bad", ReceiptHandle="nonsense")])
        assert len(deleted["Successful"]) == 8 and deleted["Failed"][0]["Code"] == "ReceiptHandleIsInvalid", deleted
        assert counts() == ["0", "0", "1"]
        sqs.purge_queue(QueueUrl=url)
        assert counts() == ["0", "0", "0"]
        try:
            sqs.purge_queue(QueueUrl=url)
            raise AssertionError("Twice in a minute.")
        except sqs.exceptions.PurgeQueueInProgress:
            pass

        queue = boto3.resource("sqs", endpoint_url=sqs.meta.endpoint_url).get_queue_by_name(QueueName="whole")
        assert queue.attributes["QueueArn"].endswith(":whole")
        queue.send_messages(Entries=[dict(Id="a", MessageBody="by resource")])
        [message] = queue.receive_messages(WaitTimeSeconds=1)
        assert message.body == "by resource"
        message.delete()

        sqs.tag_queue(QueueUrl=url, Tags=dict(more="1", team="pay"))
        sqs.untag_queue(QueueUrl=url, TagKeys=["more"])
        assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == dict(team="pay")
        sqs.add_permission(QueueUrl=url, Label="friends", AWSAccountIds=["111122223333"], Actions=["SendMessage", "ReceiveMessage"])
        [statement] = json.loads(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]["Policy"])["Statement"]
        assert statement["Sid"] == "friends" and statement["Action"] == ["SQS:SendMessage", "SQS:ReceiveMessage"] and statement["Resource"].endswith(":whole"), statement
        sqs.remove_permission(QueueUrl=url, Label="friends")
        assert "Attributes" not in sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])
        for number in range(5):
            sqs.create_queue(QueueName=f"paged-{number}")
        pages = list(sqs.get_paginator("list_queues").paginate(QueueNamePrefix="paged-", PaginationConfig=dict(PageSize=2)))
        assert [len(page["QueueUrls"]) for page in pages] == [2, 2, 1], pages
        sqs.delete_queue(QueueUrl=url)
        try:
            sqs.get_queue_url(QueueName="whole")
            raise AssertionError("It is gone.")
        except sqs.exceptions.QueueDoesNotExist as error:
            assert error.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue", error.response
        """));

    [Fact]
    public async Task What_a_queue_does_not_take_is_refused_in_the_words_of_AWS() => await Succeed(ClientProcess.Boto3(server.Address, """
        sqs = client("sqs", parameter_validation=False)
        def refused(code, text, call, **arguments):
            try:
                call(**arguments)
            except botocore.exceptions.ClientError as error:
                assert error.response["Error"]["Code"] == code and text in error.response["Error"]["Message"], error.response["Error"]
            else:
                raise AssertionError(f"{text} {arguments}: not refused")
        create = sqs.create_queue
        refused("InvalidParameterValue", "Can only include alphanumeric characters", create, QueueName="no spaces")
        refused("InvalidParameterValue", "must end with .fifo", create, QueueName="nofifo", Attributes=dict(FifoQueue="true"))
        refused("InvalidAttributeName", "FifoQueue", create, QueueName="no", Attributes=dict(FifoQueue="false"))
        refused("InvalidAttributeName", "Unknown Attribute Colour", create, QueueName="no", Attributes=dict(Colour="red"))
        refused("InvalidAttributeName", "ContentBasedDeduplication", create, QueueName="no", Attributes=dict(ContentBasedDeduplication="true"))
        for name, value in dict(VisibilityTimeout="43201", DelaySeconds="-1", MessageRetentionPeriod="59", MaximumMessageSize="1023", ReceiveMessageWaitTimeSeconds="21", Policy="{").items():
            refused("InvalidAttributeValue", f"Invalid value for the parameter {name}.", create, QueueName="no", Attributes={name: value})
        missing = "arn:aws:sqs:eu-central-1:123456789012:nowhere"
        refused("InvalidParameterValue", "Dead letter target does not exist", create, QueueName="no", Attributes=dict(RedrivePolicy=json.dumps(dict(deadLetterTargetArn=missing, maxReceiveCount=3))))
        url = create(QueueName="small", Attributes=dict(MaximumMessageSize="1024"))["QueueUrl"]
        send = lambda **arguments: sqs.send_message(QueueUrl=url, **arguments)
        text = dict(DataType="String", StringValue="x")
        send(MessageBody="x" * 1024)
        refused("InvalidParameterValue", "Message must be shorter than 1024 bytes", send, MessageBody="x" * 1017, MessageAttributes=dict(a=text))
        refused("InvalidMessageContents", "Invalid characters found", send, MessageBody="bell \x07")
        refused("MissingParameter", "MessageBody", send, MessageBody="")
        refused("InvalidParameterValue", "DelaySeconds must be >= 0 and <= 900", send, MessageBody="x", DelaySeconds=901)
        refused("InvalidParameterValue", "exceeds the allowed maximum [10]", send, MessageBody="x", MessageAttributes={f"a{n}": text for n in range(11)})
        refused("InvalidParameterValue", "invalid message attribute type", send, MessageBody="x", MessageAttributes=dict(a=dict(DataType="Date", StringValue="x")))
        refused("InvalidParameterValue", "to a number", send, MessageBody="x", MessageAttributes=dict(a=dict(DataType="Number", StringValue="x")))
        refused("InvalidParameterValue", "MessageDeduplicationId", send, MessageBody="x", MessageDeduplicationId="d")
        receive = lambda **arguments: sqs.receive_message(QueueUrl=url, **arguments)
        refused("InvalidParameterValue", "Must be between 1 and 10", receive, MaxNumberOfMessages=11)
        refused("InvalidParameterValue", "WaitTimeSeconds", receive, WaitTimeSeconds=21)
        batch = lambda entries: sqs.send_message_batch(QueueUrl=url, Entries=entries)
        entry = dict(Id="a", MessageBody="x")
        refused("AWS.SimpleQueueService.EmptyBatchRequest", "at least one SendMessageBatchRequestEntry", batch, entries=[])
        refused("AWS.SimpleQueueService.TooManyEntriesInBatchRequest", "You have sent 11", batch, entries=[dict(entry, Id=str(n)) for n in range(11)])
        refused("AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "Id a repeated", batch, entries=[entry, entry])
        refused("AWS.SimpleQueueService.InvalidBatchEntryId", "at most 80", batch, entries=[dict(entry, Id="a b")])
        refused("ReceiptHandleIsInvalid", '"nonsense"', sqs.delete_message, QueueUrl=url, ReceiptHandle="nonsense")
        refused("InvalidAttributeName", "Unknown Attribute No", sqs.get_queue_attributes, QueueUrl=url, AttributeNames=["No"])
        refused("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.", sqs.send_message, QueueUrl=url + "er", MessageBody="x")
        fifo = create(QueueName="strict.fifo", Attributes=dict(FifoQueue="true"))["QueueUrl"]
        send = lambda **arguments: sqs.send_message(QueueUrl=fifo, MessageBody="x", **arguments)
        refused("MissingParameter", "MessageGroupId", send)
        refused("InvalidParameterValue", "ContentBasedDeduplication enabled or MessageDeduplicationId", send, MessageGroupId="g")
        refused("InvalidParameterValue", "not valid for this queue type", send, MessageGroupId="g", MessageDeduplicationId="d", DelaySeconds=1)
        refused("InvalidAttributeValue", "FifoThroughputLimit", sqs.set_queue_attributes, QueueUrl=fifo, Attributes=dict(FifoThroughputLimit="perMessageGroupId"))
        sqs.set_queue_attributes(QueueUrl=fifo, Attributes=dict(FifoThroughputLimit="perMessageGroupId", DeduplicationScope="messageGroup"))
        """));

    [Fact]
    public async Task Fifo_queues_keep_the_order_of_groups_and_take_nothing_twice() => await Succeed(ClientProcess.Boto3(server.Address, """
        sqs = client("sqs")
        url = sqs.create_queue(QueueName="ordered.fifo", Attributes=dict(FifoQueue="true", ContentBasedDeduplication="true", VisibilityTimeout="60"))["QueueUrl"]
        def send(body, group, **more):
            return sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId=group, **more)
        first = send("a1", "a")
        assert send("a1", "a")["MessageId"] == first["MessageId"], "By content it is the same."
        assert send("a1", "a", MessageDeduplicationId="other")["MessageId"] != first["MessageId"]
        numbers = [int(send(f"{group}{n}", group)["SequenceNumber"]) for n in (2, 3) for group in "ab"]
        assert numbers == sorted(numbers) and len(str(numbers[0])) == 20

        def receive(most, **more):
            return sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=most, AttributeNames=["All"], **more).get("Messages", [])
        two = receive(2)
        assert [m["Body"] for m in two] == ["a1", "a1"] and {m["Attributes"]["MessageGroupId"] for m in two} == {"a"}
        # Nothing more of this group while some of it is out.
        others = receive(10, ReceiveRequestAttemptId="lost answer")
        assert [m["Body"] for m in others] == ["b2", "b3"], others
        again = receive(10, ReceiveRequestAttemptId="lost answer")
        assert [(m["Body"], m["ReceiptHandle"]) for m in again] == [(m["Body"], m["ReceiptHandle"]) for m in others]
        assert receive(10) == []
        sqs.delete_message(QueueUrl=url, ReceiptHandle=two[0]["ReceiptHandle"])
        assert receive(10) == []
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=two[1]["ReceiptHandle"], VisibilityTimeout=0)
        assert [m["Body"] for m in receive(10)] == ["a1", "a2", "a3"], "The one that came back is the first."
        try:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=two[1]["ReceiptHandle"])
            raise AssertionError("That receipt has expired.")
        except botocore.exceptions.ClientError as error:
            assert "The receipt handle has expired" in str(error)
        """));

    [Fact]
    public async Task Messages_received_too_often_go_to_the_dead_letter_queue_and_come_back_by_a_task() =>
        Assert.Equal("done", (await ClientProcess.Node("sqs.mjs", server.Address.ToString())).Succeeded.Trim());

    [Fact]
    public async Task The_command_line_waits_for_a_message_until_it_comes()
    {
        await Succeed(ClientProcess.Aws(server.Address, "sqs", "create-queue", "--queue-name", "waited", "--attributes", "VisibilityTimeout=60,DelaySeconds=1"));
        var url = $"{server.Address}{WholeServer.Account}/waited";
        await Succeed(ClientProcess.Aws(server.Address, "sqs", "send-message", "--queue-url", url, "--message-body", "worth waiting for"));
        var received = await ClientProcess.Aws(server.Address, "sqs", "receive-message", "--queue-url", url, "--wait-time-seconds", "20", "--attribute-names", "All");
        Assert.Contains("worth waiting for", received.Succeeded, StringComparison.Ordinal);
        var listed = await ClientProcess.Aws(server.Address, "sqs", "list-queues", "--queue-name-prefix", "waited");
        Assert.Contains("/waited", listed.Succeeded, StringComparison.Ordinal);
    }

    static async Task Succeed(Task<ClientOutcome> client)
    {
        var outcome = await client;
        Assert.True(outcome.ExitCode == 0, outcome.Error + outcome.Output);
    }
}
