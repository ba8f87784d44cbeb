using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sqs;
using Lambray.Server.Hosting;
using Lambray.Tests.Server.Tracing;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Sqs;

/// <summary>Functions that Lambda feeds from queues, and that send on what they make of it.</summary>
public sealed class FeedingFunctions(FeedingFunctions.Fixture server) : IClassFixture<FeedingFunctions.Fixture>
{
    const string Arn = $"arn:aws:sqs:{WholeServer.Region}:{WholeServer.Account}:";

    static readonly Dictionary<string, string> Nothing = [];

    /// <summary>Plain processes, with a function that reports failures as its messages ask for.</summary>
    public sealed class Fixture() : WholeServer(config => config with { Isolation = IsolationMode.Process }, time: null)
    {
        public QueueDirectory Queues => Services.GetRequiredService<QueueDirectory>();

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await CreateAsync("worker", """
                exports.handler = async ({ Records }) => {
                  console.log(JSON.stringify(Records));
                  if (Records.some(record => record.body === 'throw')) throw new Error('asked for');
                  if (Records.some(record => record.body === 'nonsense')) return { batchItemFailures: [{ itemIdentifier: 'of no record' }] };
                  return { batchItemFailures: Records.filter(record => record.body.startsWith('fail')).map(record => ({ itemIdentifier: record.messageId })) };
                };
                """, new JsonObject { ["Timeout"] = 2, ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" } });
        }

        public async Task<MessageQueue> CreateQueueAsync(string name, params (string Name, string Value)[] attributes) =>
            await Queues.CreateAsync(name, attributes.ToDictionary(one => one.Name, one => one.Value), Nothing);

        public async Task<string> MapAsync(string queue, string settings = "")
        {
            var made = (await SendAsync(HttpMethod.Post, "/2015-03-31/event-source-mappings", $$"""{"FunctionName":"worker","EventSourceArn":"{{Arn}}{{queue}}"{{settings}}}"""))
                .Succeeded.GetProperty("UUID").GetString()!;
            await Eventually.HoldsAsync(async () =>
                (await SendAsync(HttpMethod.Get, $"/2015-03-31/event-source-mappings/{made}")).Succeeded.GetProperty("State").GetString() is "Enabled");
            return made;
        }

        /// <summary>The records that the function was given of a queue so far, by invocation.</summary>
        public async Task<IReadOnlyList<JsonElement>> GivenAsync(string queue) =>
            [.. from message in await MessagesAsync("worker")
                where message.Contains($"{Arn}{queue}\"", StringComparison.Ordinal)
                select JsonElement.Parse(message[message.IndexOf('[', StringComparison.Ordinal)..])];
    }

    [Fact]
    public async Task A_message_reaches_the_function_as_AWS_shapes_it_and_is_gone_then()
    {
        var queue = await server.CreateQueueAsync("shaped");
        await server.MapAsync("shaped");
        var (sender, _) = StoredTrace.Begin();
        await queue.SendAsync([new NewMessage("hello", new Dictionary<string, MessageAttribute>
        {
            ["kind"] = new("String", "greeting", null),
            ["raw"] = new("Binary", null, [1, 2]),
        }) { TraceHeader = $"Root={sender};Parent=53995c3f42cd8ad8;Sampled=1", SenderId = "AIDAEXAMPLE" }]);

        await Eventually.HoldsAsync(() => queue.Counts() == (0, 0, 0), "the message is done");

        var record = (await GivenAsync("shaped", 1))[0][0];
        Assert.Equal(
            ["messageId", "receiptHandle", "body", "attributes", "messageAttributes", "md5OfMessageAttributes", "md5OfBody", "eventSource", "eventSourceARN", "awsRegion"],
            record.EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            ["ApproximateReceiveCount", "AWSTraceHeader", "SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp"],
            record.GetProperty("attributes").EnumerateObject().Select(field => field.Name));
        Assert.Equal(("hello", "aws:sqs", WholeServer.Region), (Text(record, "body"), Text(record, "eventSource"), Text(record, "awsRegion")));
        Assert.Equal("""{"stringValue":"greeting","stringListValues":[],"binaryListValues":[],"dataType":"String"}""", record.GetProperty("messageAttributes").GetProperty("kind").GetRawText());
        Assert.Equal("AQI=", Text(record.GetProperty("messageAttributes").GetProperty("raw"), "binaryValue"));
    }

    [Fact]
    public async Task Records_that_are_reported_come_again_alone_and_end_as_dead_letters()
    {
        var dead = await server.CreateQueueAsync("half-dead");
        var queue = await server.CreateQueueAsync("half", ("VisibilityTimeout", "2"), ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{Arn}}half-dead","maxReceiveCount":2}"""));
        await queue.SendAsync([new NewMessage("good"), new NewMessage("fail"), new NewMessage("fine")]);
        await server.MapAsync("half", ""","FunctionResponseTypes":["ReportBatchItemFailures"]""");

        await Eventually.HoldsAsync(() => dead.Counts().Visible == 1, "the failing one is a dead letter");

        Assert.Equal((0, 0, 0), queue.Counts());
        Assert.Equal(["good,fail,fine", "fail"], (await GivenAsync("half", 4)).Select(Bodies));
        var letter = (await dead.ReceiveAsync(1, TimeSpan.FromMinutes(1), TimeSpan.Zero, null, TestContext.Current.CancellationToken)).Single();
        Assert.Equal(("fail", $"{Arn}half"), (letter.Message.Body, letter.Message.DeadLetterSource));
    }

    [Fact]
    public async Task A_batch_fails_whole_when_the_function_does_or_answers_nonsense()
    {
        var dead = await server.CreateQueueAsync("whole-dead");
        var queue = await server.CreateQueueAsync("wholly", ("VisibilityTimeout", "2"), ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{Arn}}whole-dead","maxReceiveCount":1}"""));
        await server.MapAsync("wholly", ""","FunctionResponseTypes":["ReportBatchItemFailures"]""");
        await queue.SendAsync([new NewMessage("throw"), new NewMessage("beside it")]);
        await queue.SendAsync([new NewMessage("nonsense")]);

        await Eventually.HoldsAsync(() => dead.Counts().Visible == 3, "all three are dead letters");
    }

    [Fact]
    public async Task What_filters_refuse_is_deleted_and_counted()
    {
        var queue = await server.CreateQueueAsync("sieved");
        var uuid = await server.MapAsync("sieved",
            ""","MaximumBatchingWindowInSeconds":1,"BatchSize":100,"MetricsConfig":{"Metrics":["EventCount"]},"FilterCriteria":{"Filters":[{"Pattern":"{\"body\":{\"price\":[{\"numeric\":[\">\",10]}]}}"}]}""");
        await queue.SendAsync([new NewMessage("""{"price":5}"""), new NewMessage("""{"price":50}"""), new NewMessage("no JSON"), new NewMessage("""{"price":51}""")]);

        await Eventually.HoldsAsync(() => queue.Counts() == (0, 0, 0), "the queue is empty");

        // One window gathers what came in it.
        Assert.Equal(["""{"price":50},{"price":51}"""], (await GivenAsync("sieved", 2)).Select(Bodies));
        var metrics = await ClientProcess.Boto3(server.Address, $$"""
            import datetime
            now = datetime.datetime.now(datetime.timezone.utc)
            def total(name):
                points = client("cloudwatch").get_metric_statistics(Namespace="AWS/Lambda", MetricName=name, Dimensions=[dict(Name="EventSourceMappingUUID", Value="{{uuid}}")],
                    StartTime=now - datetime.timedelta(minutes=5), EndTime=now + datetime.timedelta(minutes=1), Period=3600, Statistics=["Sum"])["Datapoints"]
                return sum(point["Sum"] for point in points)
            print([total(name) for name in ("PolledEventCount", "FilteredOutEventCount", "InvokedEventCount", "DeletedEventCount")])
            """);
        Assert.Equal("[4.0, 2.0, 2.0, 2.0]", metrics.Succeeded.Trim());
    }

    [Fact]
    public async Task A_fifo_queue_is_worked_at_in_order_and_a_mapping_that_is_switched_off_takes_nothing()
    {
        var queue = await server.CreateQueueAsync("lined.fifo", ("FifoQueue", "true"), ("ContentBasedDeduplication", "true"));
        var uuid = await server.MapAsync("lined.fifo", ""","BatchSize":3""");
        for (var number = 0; number < 12; number++) await queue.SendAsync([new NewMessage($"{number}") { GroupId = $"group {number % 2}" }]);
        await Eventually.HoldsAsync(() => queue.Counts() == (0, 0, 0), "the queue is empty");
        var records = (await GivenAsync("lined.fifo", 12)).SelectMany(batch => batch.EnumerateArray()).ToArray();
        Assert.Equal(12, records.Length);
        foreach (var group in records.GroupBy(record => Text(record.GetProperty("attributes"), "MessageGroupId")))
        {
            var numbers = group.Select(record => Text(record.GetProperty("attributes"), "SequenceNumber")).ToArray();
            Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
        }

        (await server.SendAsync(HttpMethod.Put, $"/2015-03-31/event-source-mappings/{uuid}", """{"Enabled":false}""")).Succeeded.GetProperty("State");
        await Eventually.HoldsAsync(async () =>
            (await server.SendAsync(HttpMethod.Get, $"/2015-03-31/event-source-mappings/{uuid}")).Succeeded.GetProperty("State").GetString() is "Disabled");
        await queue.SendAsync([new NewMessage("left alone") { GroupId = "group 0" }]);
        Assert.Equal((1, 0, 0), queue.Counts());
    }

    [Fact]
    public async Task The_functions_trace_is_linked_to_those_of_the_senders()
    {
        var queue = await server.CreateQueueAsync("linked");
        var senders = Enumerable.Range(0, 2).Select(_ => (Root: StoredTrace.Begin().Id, Call: SegmentId.New())).ToArray();
        await queue.SendAsync([.. senders.Select(sender => new NewMessage("traced") { TraceHeader = $"Root={sender.Root};Parent={sender.Call};Sampled=1;Lineage=1:abcdef01:3" })]);
        await server.MapAsync("linked");
        await Eventually.HoldsAsync(() => queue.Counts() == (0, 0, 0), "the message is done");

        var own = await FindTraceAsync(senders[0].Root);
        var documents = await StoredTrace.WithAsync(server.Http, own, "worker", "worker");
        var service = documents.Select(document => JsonElement.Parse(document)).Single(document => Text(document, "origin") == "AWS::Lambda");
        Assert.Equal(
            senders.Select(sender => (sender.Root.ToString(), sender.Call.ToString(), "parent")).Order(),
            service.GetProperty("links").EnumerateArray().Select(link =>
                (Text(link, "trace_id")!, Text(link, "id")!, Text(link.GetProperty("attributes"), "aws.xray.reserved.reference_type")!)).Order());
        Assert.DoesNotContain(own, senders.Select(sender => sender.Root));
    }

    [Fact]
    public async Task Outcomes_of_events_and_those_that_failed_go_to_queues_and_topics()
    {
        var letters = await server.CreateQueueAsync("letters");
        var outcomes = await server.CreateQueueAsync("outcomes");
        var told = await ClientProcess.Boto3(server.Address, $$"""
            sns = client("sns")
            topic = sns.create_topic(Name="failures")["TopicArn"]
            sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="{{Arn}}outcomes", Attributes=dict(RawMessageDelivery="true"))
            """);
        Assert.Equal("", told.Succeeded);
        await server.CreateAsync("ending", "exports.handler = async ({ good }) => { if (!good) throw new Error('no good'); return 'fine'; };", new JsonObject
        {
            ["DeadLetterConfig"] = new JsonObject { ["TargetArn"] = $"{Arn}letters" },
        });
        (await server.SendAsync(HttpMethod.Put, "/2019-09-25/functions/ending/event-invoke-config", $$"""
            {"MaximumRetryAttempts":0,"DestinationConfig":{"OnSuccess":{"Destination":"{{Arn}}outcomes"},"OnFailure":{"Destination":"{{Arn.Replace(":sqs:", ":sns:", StringComparison.Ordinal)}}failures"} } }
            """)).Succeeded.GetProperty("FunctionArn");
        var (id, header) = StoredTrace.Begin();
        await server.InvokeAsync("ending", """{"good":true}""", "Event", header);
        await server.InvokeAsync("ending", """{"good":false}""", "Event");
        await Eventually.HoldsAsync(() => (letters.Counts().Visible, outcomes.Counts().Visible) == (1, 2), "all have been told");

        var letter = (await ReceiveAsync(letters)).Single().Message;
        Assert.Equal("""{"good":false}""", letter.Body);
        Assert.Equal(("200", "no good"), (letter.Attributes["ErrorCode"].Text, letter.Attributes["ErrorMessage"].Text));
        Assert.NotNull(letter.Attributes["RequestID"].Text);
        var records = (await ReceiveAsync(outcomes)).ToDictionary(message => Text(JsonElement.Parse(message.Message.Body).GetProperty("requestContext"), "condition")!, message => message.Message);
        Assert.StartsWith($"Root={id};Parent=", records["Success"].TraceHeader, StringComparison.Ordinal);
        Assert.Equal("no good", Text(JsonElement.Parse(records["RetriesExhausted"].Body).GetProperty("responsePayload"), "errorMessage"));
    }

    async Task<TraceId> FindTraceAsync(TraceId sender)
    {
        TraceId? found = null;
        await Eventually.HoldsAsync(async () => (found = await LookForTraceAsync(sender)) is not null, () => $"No trace is linked to {sender}.");
        return found!.Value;
    }

    async Task<TraceId?> LookForTraceAsync(TraceId sender)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var answer = await server.Http.PostAsync("/TraceSummaries", new StringContent($$"""{"StartTime":{{now - 600}},"EndTime":{{now + 60}}}"""));
        foreach (var summary in JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("TraceSummaries").EnumerateArray())
        {
            Assert.True(TraceId.TryParse(Text(summary, "Id"), out var id));
            if (id != sender && (await StoredTrace.ReadAsync(server.Http, id)).Any(document => document.Contains(sender.ToString(), StringComparison.Ordinal))) return id;
        }
        return null;
    }

    async Task<IReadOnlyList<JsonElement>> GivenAsync(string queue, int records)
    {
        IReadOnlyList<JsonElement> given = [];
        await Eventually.HoldsAsync(async () => (given = await server.GivenAsync(queue)).Sum(batch => batch.GetArrayLength()) >= records);
        return given;
    }

    static Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(MessageQueue queue) =>
        queue.ReceiveAsync(10, TimeSpan.FromMinutes(1), TimeSpan.Zero, null, TestContext.Current.CancellationToken);

    static string Bodies(JsonElement batch) => string.Join(',', batch.EnumerateArray().Select(record => Text(record, "body")));

    static string? Text(JsonElement json, string field) => json.TryGetProperty(field, out var value) ? value.GetString() : null;
}
