using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Server.Hosting;
using Lambray.Tests.Server.Tracing;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Server.EventBridge;

/// <summary>EventBridge as real clients use it.</summary>
public sealed class EventsFromClients(WholeServer server) : IClassFixture<WholeServer>
{
    const string Account = $"{WholeServer.Region}:{WholeServer.Account}";

    [Fact]
    public async Task The_SDK_for_JavaScript_makes_rules_and_puts_events() =>
        Assert.Equal("done", (await ClientProcess.Node("events.mjs", server.Address.ToString())).Succeeded.Trim());

    [Fact]
    public async Task Boto3_makes_buses_rules_and_targets_and_gets_what_they_send() => await Succeed(ClientProcess.Boto3(server.Address, $$$"""
        from botocore.exceptions import ClientError
        events, sqs, logs = client("events"), client("sqs"), client("logs")
        def refused(code, text, call, **arguments):
            try:
                call(**arguments)
            except ClientError as error:
                assert error.response["Error"]["Code"] == code and text in error.response["Error"]["Message"], error
            else:
                assert False, "was not refused"
        def queue(name, **attributes):
            url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
            return url, "arn:aws:sqs:{{{Account}}}:" + name
        def received(url, count=1):
            messages = []
            while len(messages) < count:
                for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=20, MessageAttributeNames=["All"], AttributeNames=["All"]).get("Messages", []):
                    messages.append(message)
                    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            return messages

        bus = events.create_event_bus(Name="shop", Tags=[dict(Key="team", Value="shop")])["EventBusArn"]
        assert bus == "arn:aws:events:{{{Account}}}:event-bus/shop"
        refused("ResourceAlreadyExistsException", "Event bus shop already exists.", events.create_event_bus, Name="shop")
        names = [one["Name"] for one in events.list_event_buses()["EventBuses"]]
        assert names == sorted(names) and {"default", "shop"} <= set(names), names
        events.put_permission(EventBusName="shop", StatementId="friends", Principal="111122223333", Action="events:PutEvents")
        assert json.loads(events.describe_event_bus(Name=bus)["Policy"])["Statement"][0]["Sid"] == "friends"
        events.remove_permission(EventBusName="shop", StatementId="friends")
        assert "Policy" not in events.describe_event_bus(Name="shop")

        refused("ValidationException", "EventPattern or ScheduleExpression must be specified", events.put_rule, Name="none")
        refused("InvalidEventPatternException", "Event pattern is not valid", events.put_rule, Name="none", EventPattern='{"source":"a"}')
        refused("ValidationException", "ScheduleExpression is not valid", events.put_rule, Name="none", ScheduleExpression="rate(1 minutes)")
        refused("ValidationException", "only on the default event bus", events.put_rule, Name="none", ScheduleExpression="rate(1 minute)", EventBusName="shop")
        refused("ResourceNotFoundException", "Event bus other does not exist.", events.put_rule, Name="none", EventPattern='{"source":["a"]}', EventBusName="other")
        pattern = json.dumps({"source": ["my.shop"], "detail": {"state": [{"anything-but": {"prefix": ["draft", "old"]} }], "price": [{"numeric": [">", 5]}],
            "$or": [{"ip": [{"cidr": "10.0.0.0/8"}]}, {"file": [{"wildcard": "*.txt"}]}, {"name": [{"equals-ignore-case": "ann"}]}]} })
        rule = events.put_rule(Name="orders", EventBusName="shop", EventPattern=pattern, Tags=[dict(Key="a", Value="1")])["RuleArn"]
        assert rule == "arn:aws:events:{{{Account}}}:rule/shop/orders"
        described = events.describe_rule(Name="orders", EventBusName="shop")
        assert described["EventPattern"] == pattern and described["State"] == "ENABLED" and described["CreatedBy"] == "{{{WholeServer.Account}}}", described
        events.tag_resource(ResourceARN=rule, Tags=[dict(Key="b", Value="2")])
        events.untag_resource(ResourceARN=rule, TagKeys=["a"])
        assert events.list_tags_for_resource(ResourceARN=rule)["Tags"] == [dict(Key="b", Value="2")]

        whole, part, lined, letters, made = queue("whole"), queue("part"), queue("lined.fifo", FifoQueue="true"), queue("letters"), queue("made")
        refused("ValidationException", "SqsParameters must be specified", events.put_targets, Rule="orders", EventBusName="shop", Targets=[dict(Id="x", Arn=lined[1])])
        refused("ValidationException", "invalid placeholder other", events.put_targets, Rule="orders", EventBusName="shop",
            Targets=[dict(Id="x", Arn=whole[1], InputTransformer=dict(InputPathsMap={}, InputTemplate='"<other>"'))])
        answer = events.put_targets(Rule="orders", EventBusName="shop", Targets=[
            dict(Id="whole", Arn=whole[1]), dict(Id="part", Arn=part[1], InputPath="$.detail.state"),
            dict(Id="lined", Arn=lined[1], SqsParameters=dict(MessageGroupId="g"), Input='{"always":"this"}'),
            dict(Id="made", Arn=made[1], InputTransformer=dict(InputPathsMap=dict(state="$.detail.state", items="$.detail.items", gone="$.detail.gone"),
                InputTemplate='{"state": <state>, "text": "It is <state><gone>.", "items": <items>, "rule": <aws.events.rule-name>}')),
            dict(Id="gone", Arn="arn:aws:sqs:{{{Account}}}:gone", DeadLetterConfig=dict(Arn=letters[1]), RetryPolicy=dict(MaximumRetryAttempts=1))])
        assert answer["FailedEntryCount"] == 0
        refused("LimitExceededException", "maximum number", events.put_targets, Rule="orders", EventBusName="shop", Targets=[dict(Id="six", Arn=whole[1])])
        refused("ValidationException", "since it has targets", events.delete_rule, Name="orders", EventBusName="shop")
        assert [target["Id"] for target in events.list_targets_by_rule(Rule="orders", EventBusName="shop")["Targets"]] == ["gone", "lined", "made", "part", "whole"]
        assert events.list_rule_names_by_target(TargetArn=part[1], EventBusName="shop")["RuleNames"] == ["orders"]

        def entry(detail, **others):
            return dict(dict(Source="my.shop", DetailType="Order", EventBusName="shop", Detail=detail if isinstance(detail, str) else json.dumps(detail)), **others)
        fits = dict(state="new \"one\"", price=7.5, ip="10.1.2.3", items=[dict(n=1)])
        put = events.put_events(Entries=[
            entry(fits, Resources=["arn:thing"]), entry(dict(fits, state="drafted")), entry(dict(fits, price=5)), entry(dict(fits, ip="11.0.0.1")), entry("no json"), entry("[]"),
            entry(fits, Source="aws.s3"), entry(fits, EventBusName="nowhere"), dict(Source="a"), entry(dict(fits, ip="-", name="ANN"))])
        codes = [one.get("ErrorCode") for one in put["Entries"]]
        assert put["FailedEntryCount"] == 4 and codes == [None, None, None, None, "MalformedDetail", "MalformedDetail", "NotAuthorizedForSourceException", None, "InvalidArgument", None], put
        refused("ValidationException", "less than or equal to 10", events.put_events, Entries=[entry(fits)] * 11)

        both = {json.loads(message["Body"])["id"]: json.loads(message["Body"]) for message in received(whole[0], 2)}
        assert set(both) == {put["Entries"][0]["EventId"], put["Entries"][9]["EventId"]}
        event = both[put["Entries"][0]["EventId"]]
        assert event["detail"] == fits and event["resources"] == ["arn:thing"] and event["source"] == "my.shop" and event["detail-type"] == "Order" and event["version"] == "0"
        assert event["account"] == "{{{WholeServer.Account}}}" and event["region"] == "{{{WholeServer.Region}}}" and event["time"].endswith("Z")
        assert {message["Body"] for message in received(part[0], 2)} == {json.dumps(fits["state"])}
        assert [message["Body"] for message in received(lined[0], 2)] == ['{"always":"this"}'] * 2
        transformed = json.loads(received(made[0], 2)[0]["Body"])
        assert transformed == dict(state=fits["state"], text=f'It is {fits["state"]}.', items=fits["items"], rule="orders"), transformed
        dead = received(letters[0], 2)[0]
        attributes = {name: value["StringValue"] for name, value in dead["MessageAttributes"].items()}
        assert json.loads(dead["Body"])["detail"]["state"] == fits["state"]
        assert attributes["RULE_ARN"] == rule and attributes["TARGET_ARN"].endswith(":gone") and attributes["ERROR_CODE"] == "NO_RESOURCE", attributes

        # To another bus, and from there to a log group and a stream.
        kinesis = client("kinesis")
        kinesis.create_stream(StreamName="all", ShardCount=1)
        kinesis.get_waiter("stream_exists").wait(StreamName="all", WaiterConfig=dict(Delay=1))
        logs.create_log_group(logGroupName="/aws/events/all")
        events.put_rule(Name="on", EventBusName="shop", EventPattern='{"detail-type":["Handed on"]}')
        events.put_targets(Rule="on", EventBusName="shop", Targets=[dict(Id="bus", Arn="arn:aws:events:{{{Account}}}:event-bus/default")])
        events.put_rule(Name="from-shop", EventPattern='{"source":["my.shop"]}')
        events.put_targets(Rule="from-shop", Targets=[dict(Id="logs", Arn="arn:aws:logs:{{{Account}}}:log-group:/aws/events/all"),
            dict(Id="stream", Arn="arn:aws:kinesis:{{{Account}}}:stream/all", KinesisParameters=dict(PartitionKeyPath="$.detail.ip"), InputPath="$.source")])
        events.put_events(Entries=[entry(fits, DetailType="Handed on")])
        import time
        deadline = time.time() + 30
        while not (found := logs.filter_log_events(logGroupName="/aws/events/all")["events"]):
            assert time.time() < deadline
        assert json.loads(found[0]["message"])["detail-type"] == "Handed on"
        iterator = kinesis.get_shard_iterator(StreamName="all", ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        while not (records := (page := kinesis.get_records(ShardIterator=iterator))["Records"]):
            iterator = page["NextShardIterator"]
            assert time.time() < deadline
        assert (records[0]["PartitionKey"], records[0]["Data"]) == ("10.1.2.3", b'"my.shop"'), records

        event = json.dumps({"id": "1", "account": "1", "source": "a", "time": "2026-01-01T00:00:00Z", "region": "r", "resources": [], "detail-type": "t", "detail": {"n": [1, 2], "s": None} })
        test = lambda pattern: events.test_event_pattern(EventPattern=json.dumps(pattern), Event=event)["Result"]
        assert test({"detail": {"n": [2], "s": [None], "x": [{"exists": False}]}}) and not test({"detail": {"n": [3]}}) and test({"source": [{"suffix": "a"}]})
        refused("ValidationException", "'id' is missing", events.test_event_pattern, EventPattern='{"source":["a"]}', Event="{}")
        removed = events.remove_targets(Rule="on", EventBusName="shop", Ids=["bus", "what"])
        assert removed["FailedEntryCount"] == 1 and removed["FailedEntries"][0]["TargetId"] == "what"
        events.delete_rule(Name="on", EventBusName="shop")
        refused("ResourceNotFoundException", "Rule on does not exist on EventBus shop.", events.describe_rule, Name="on", EventBusName="shop")
        refused("NotImplemented", "CreateArchive of EventBridge", events.create_archive, ArchiveName="a", EventSourceArn=bus)
        """));

    [Fact]
    public async Task The_CLI_schedules_a_function_and_lists_it()
    {
        await Succeed(ClientProcess.Aws(server.Address, "events", "put-rule", "--name", "nightly", "--schedule-expression", "cron(0 3 * * ? *)", "--state", "DISABLED"));
        await Succeed(ClientProcess.Aws(
            server.Address, "events", "put-targets", "--rule", "nightly", "--targets",
            $"Id=1,Arn=arn:aws:lambda:{Account}:function:any,EcsParameters={{TaskDefinitionArn=arn:aws:ecs:x}}"));
        await Succeed(ClientProcess.Aws(server.Address, "events", "enable-rule", "--name", "nightly"));

        var targets = JsonNode.Parse((await ClientProcess.Aws(server.Address, "events", "list-targets-by-rule", "--rule", "nightly")).Succeeded)!;

        Assert.Equal("arn:aws:ecs:x", (string)targets["Targets"]![0]!["EcsParameters"]!["TaskDefinitionArn"]!);
    }

    [Fact]
    public async Task A_function_is_invoked_in_the_trace_of_whoever_put_the_event_and_its_outcome_is_an_event_again()
    {
        await server.CreateAsync("consumer", "exports.handler = async event => ({ got: event.detail.n });", new JsonObject { ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" } });
        await Succeed(ClientProcess.Boto3(server.Address, $$$"""
            events, sqs, functions, s3 = client("events"), client("sqs"), client("lambda"), client("s3")
            sqs.create_queue(QueueName="outcomes")
            refused = sqs.create_queue(QueueName="unwanted")["QueueUrl"]
            rule = events.put_rule(Name="calls", EventPattern='{"source":["my.calls","aws.s3"]}')["RuleArn"]
            functions.add_permission(FunctionName="consumer", StatementId="rule", Action="lambda:InvokeFunction", Principal="events.amazonaws.com", SourceArn=rule)
            events.put_targets(Rule="calls", Targets=[dict(Id="1", Arn="arn:aws:lambda:{{{Account}}}:function:consumer", InputTransformer=dict(
                InputPathsMap=dict(n="$.detail.n", key="$.detail.object.key", type="$.detail-type", reason="$.detail.reason"), InputTemplate='{"detail":{"n":"<n><key> <type> <reason>"} }'))])
            # The policy names one rule, not this one.
            events.put_rule(Name="stranger", EventPattern='{"source":["my.calls"]}')
            events.put_targets(Rule="stranger", Targets=[dict(Id="1", Arn="arn:aws:lambda:{{{Account}}}:function:consumer", DeadLetterConfig=dict(Arn="arn:aws:sqs:{{{Account}}}:unwanted"))])
            functions.put_function_event_invoke_config(FunctionName="consumer", DestinationConfig=dict(OnSuccess=dict(Destination="arn:aws:events:{{{Account}}}:event-bus/default")))
            events.put_rule(Name="outcomes", EventPattern='{"source":["lambda"],"detail-type":["Lambda Function Invocation Result - Success"]}')
            events.put_targets(Rule="outcomes", Targets=[dict(Id="1", Arn="arn:aws:sqs:{{{Account}}}:outcomes", InputPath="$.detail.responsePayload.got")])
            s3.create_bucket(Bucket="told", CreateBucketConfiguration=dict(LocationConstraint="{{{WholeServer.Region}}}"))
            s3.put_bucket_notification_configuration(Bucket="told", NotificationConfiguration=dict(EventBridgeConfiguration={}))
            s3.put_object(Bucket="told", Key="a b.txt", Body=b"x")
            def received(url):
                while not (messages := sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20, MessageAttributeNames=["All"]).get("Messages")): pass
                sqs.delete_message(QueueUrl=url, ReceiptHandle=messages[0]["ReceiptHandle"])
                return messages[0]
            assert received("outcomes")["Body"] == '"a b.txt Object Created PutObject"'
            """));
        var (id, call) = (StoredTrace.Begin().Id, SegmentId.New());

        await Succeed(ClientProcess.Boto3(server.Address, $$$"""
            events, sqs = client("events"), client("sqs")
            events.put_events(Entries=[dict(Source="my.calls", DetailType="t", Detail='{"n":"7"}', TraceHeader="Root={{{id}}};Parent={{{call}}};Sampled=1")])
            while not (messages := sqs.receive_message(QueueUrl="outcomes", WaitTimeSeconds=20).get("Messages")): pass
            assert messages[0]["Body"] == '"7 t "', messages
            while not (messages := sqs.receive_message(QueueUrl="unwanted", WaitTimeSeconds=20, MessageAttributeNames=["All"]).get("Messages")): pass
            assert messages[0]["MessageAttributes"]["ERROR_CODE"]["StringValue"] == "NO_PERMISSIONS", messages
            """));

        var documents = (await StoredTrace.WithAsync(server.Http, id, "consumer", "consumer")).Select(document => JsonElement.Parse(document)).ToArray();
        var service = documents.Single(document => document.GetProperty("origin").GetString() == "AWS::Lambda");
        Assert.Equal(call.ToString(), service.GetProperty("parent_id").GetString());
    }

    [Fact]
    public async Task The_full_causal_chain_shows_the_bus()
    {
        await using var full = await WholeServer.StartAsync(config => config with { Isolation = IsolationMode.Process, FullCausalChain = true });
        var (id, call) = (StoredTrace.Begin().Id, SegmentId.New());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent("""{"Entries":[{"Source":"a","DetailType":"t","Detail":"{}"}]}"""),
        };
        request.Headers.Add("X-Amz-Target", "AWSEvents.PutEvents");
        request.Headers.Add(TraceHeader.Name, $"Root={id};Parent={call};Sampled=1");
        using var answer = await full.Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();

        var bus = JsonElement.Parse(Assert.Single(await StoredTrace.WithAsync(full.Http, id, "default")));

        Assert.Equal(("AWS::Events", call.ToString()), (bus.GetProperty("origin").GetString(), bus.GetProperty("parent_id").GetString()));
    }

    static async Task Succeed(Task<ClientOutcome> client) => Assert.NotNull((await client).Succeeded);
}
