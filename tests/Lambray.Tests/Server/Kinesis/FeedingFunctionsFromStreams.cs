using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Resources.Kinesis;
using Lambray.Resources.Sqs;
using Lambray.Server.Hosting;
using Lambray.Tests.Server.Tracing;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Kinesis;

/// <summary>Functions that Lambda feeds from streams of Kinesis.</summary>
public sealed class FeedingFunctionsFromStreams(FeedingFunctionsFromStreams.Fixture server) : IClassFixture<FeedingFunctionsFromStreams.Fixture>
{
    const string Arn = $"arn:aws:kinesis:{WholeServer.Region}:{WholeServer.Account}:stream/";
    const string Destination = $"arn:aws:sqs:{WholeServer.Region}:{WholeServer.Account}:given-up";

    static readonly Dictionary<string, string> Nothing = [];

    /// <summary>Plain processes, with a function that fails as its records ask for; causes are followed all the way.</summary>
    public sealed class Fixture() : WholeServer(config => config with { Isolation = IsolationMode.Process, FullCausalChain = true }, time: null)
    {
        public DataStreams Streams => Services.GetRequiredService<DataStreams>();

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await CreateAsync("worker", """
                exports.handler = async ({ Records }) => {
                  console.log(JSON.stringify(Records));
                  const bodies = Records.map(record => Buffer.from(record.kinesis.data, 'base64').toString());
                  if (bodies.includes('throw')) throw new Error('asked for');
                  return { batchItemFailures: Records.filter((_, n) => bodies[n].startsWith('fail')).map(record => ({ itemIdentifier: record.kinesis.sequenceNumber })) };
                };
                """, new JsonObject { ["Timeout"] = 4, ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" } });
            await CreateAsync("changes", """
                exports.handler = async ({ Records }) => {
                  console.log(JSON.stringify(Records));
                  if (Records.some(record => record.dynamodb.Keys.id.S === 'bad')) throw new Error('asked for');
                };
                """);
            await Services.GetRequiredService<QueueDirectory>().CreateAsync("given-up", Nothing, Nothing);
        }

        public async Task<DataStream> CreateStreamAsync(string name, int shards = 1)
        {
            await Streams.CreateAsync(name, shards, stream => stream);
            return Streams.Get(name);
        }

        public async Task<string> MapAsync(string stream, string settings = "")
        {
            var made = (await SendAsync(HttpMethod.Post, "/2015-03-31/event-source-mappings", $$"""{"FunctionName":"worker","EventSourceArn":"{{Arn}}{{stream}}","StartingPosition":"TRIM_HORIZON"{{settings}}}"""))
                .Succeeded.GetProperty("UUID").GetString()!;
            await StateAsync(made, "Enabled");
            return made;
        }

        public Task StateAsync(string mapping, string state) => Eventually.HoldsAsync(async () => (await MappingAsync(mapping)).GetProperty("State").GetString() == state);

        public async Task<JsonElement> MappingAsync(string mapping) => (await SendAsync(HttpMethod.Get, $"/2015-03-31/event-source-mappings/{mapping}")).Succeeded;

        /// <summary>The records that the function was given of a stream so far, by invocation.</summary>
        public async Task<IReadOnlyList<JsonElement>> GivenAsync(string stream) =>
            [.. (await LoggedAsync("worker")).Where(batch => batch[0].GetProperty("eventSourceARN").GetString() == Arn + stream)];

        /// <summary>The batches that a function has logged.</summary>
        public async Task<IReadOnlyList<JsonElement>> LoggedAsync(string function) =>
            [.. from message in await MessagesAsync(function)
                where message.Contains("eventSourceARN", StringComparison.Ordinal)
                select JsonElement.Parse(message[message.IndexOf('[', StringComparison.Ordinal)..])];
    }

    [Fact]
    public async Task A_function_gets_records_as_AWS_writes_them_and_the_mapping_tells_how_it_went()
    {
        var stream = await server.CreateStreamAsync("plain");
        var number = (await stream.PutAsync([new NewRecord("key <1>", "größer"u8.ToArray())]))[0];
        var uuid = await server.MapAsync("plain");
        var record = (await GivenAsync("plain", 1))[0][0];

        Assert.Equal(["kinesis", "eventSource", "eventVersion", "eventID", "eventName", "invokeIdentityArn", "awsRegion", "eventSourceARN"], record.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ("aws:kinesis", "1.0", $"shardId-000000000000:{number}", "aws:kinesis:record", WholeServer.UnknownRole, WholeServer.Region, $"{Arn}plain"),
            (Text(record, "eventSource"), Text(record, "eventVersion"), Text(record, "eventID"), Text(record, "eventName"), Text(record, "invokeIdentityArn"), Text(record, "awsRegion"), Text(record, "eventSourceARN")));
        var kinesis = record.GetProperty("kinesis");
        Assert.Equal(("1.0", "key <1>", number.ToString(), "größer"), (Text(kinesis, "kinesisSchemaVersion"), Text(kinesis, "partitionKey"), Text(kinesis, "sequenceNumber"), Decoded(record)));
        Assert.Equal(number.Arrival.ToUnixTimeMilliseconds() / 1000.0, kinesis.GetProperty("approximateArrivalTimestamp").GetDouble(), 3);
        await Eventually.HoldsAsync(async () => Text(await server.MappingAsync(uuid), "LastProcessingResult") == "OK");

        // Switched off it takes nothing, switched on it goes on where it was; deleted, it is gone.
        (await server.SendAsync(HttpMethod.Put, $"/2015-03-31/event-source-mappings/{uuid}", """{"Enabled":false}""")).Succeeded.GetProperty("State");
        await server.StateAsync(uuid, "Disabled");
        await stream.PutAsync([new NewRecord("k", "later"u8.ToArray())]);
        (await server.SendAsync(HttpMethod.Put, $"/2015-03-31/event-source-mappings/{uuid}", """{"Enabled":true}""")).Succeeded.GetProperty("State");
        Assert.Equal(["größer", "later"], (await GivenAsync("plain", 2)).SelectMany(batch => batch.EnumerateArray()).Select(Decoded));
        await server.StateAsync(uuid, "Enabled");
        (await server.SendAsync(HttpMethod.Delete, $"/2015-03-31/event-source-mappings/{uuid}")).Succeeded.GetProperty("State");
        await Eventually.HoldsAsync(async () => (await server.SendAsync(HttpMethod.Get, $"/2015-03-31/event-source-mappings/{uuid}")).Status == System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_fails_for_good_is_told_to_a_queue_and_kept_whole_in_a_bucket()
    {
        var stream = await server.CreateStreamAsync("failing");
        await server.MapAsync("failing", $$"""
            ,"BatchSize":3,"MaximumRetryAttempts":1,"FunctionResponseTypes":["ReportBatchItemFailures"],"DestinationConfig":{"OnFailure":{"Destination":"{{Destination}}"} }
            """);
        await stream.PutAsync([.. ((string[])["good", "fail", "fine"]).Select(data => new NewRecord("k", Encoding.UTF8.GetBytes(data)))]);
        var queue = server.Services.GetRequiredService<QueueDirectory>().Get("given-up");
        await Eventually.HoldsAsync(() => queue.Counts().Visible == 1, "the queue is told");
        var told = JsonElement.Parse((await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1), TimeSpan.Zero, null, TestContext.Current.CancellationToken)).Single().Message.Body);
        Assert.Equal(("RetryAttemptsExhausted", 2), (Text(told.GetProperty("requestContext"), "condition"), told.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32()));
        Assert.Equal((2, $"{Arn}failing"), (told.GetProperty("KinesisBatchInfo").GetProperty("batchSize").GetInt32(), Text(told.GetProperty("KinesisBatchInfo"), "streamArn")));
        Assert.Equal(["good,fail,fine", "fail,fine", "fail,fine"], (await GivenAsync("failing", 7)).Select(Bodies));

        await server.CreateStreamAsync("thrown");
        var made = await ClientProcess.Boto3(server.Address, $"""
            client("s3").create_bucket(Bucket="given-up", CreateBucketConfiguration=dict(LocationConstraint="{WholeServer.Region}"))
            """);
        Assert.Equal("", made.Succeeded);
        var uuid = await server.MapAsync("thrown", ""","MaximumRetryAttempts":0,"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:s3:::given-up"}}""");
        await server.Streams.Get("thrown").PutAsync([new NewRecord("k", "throw"u8.ToArray())]);
        var kept = await ClientProcess.Boto3(server.Address, $$"""
            import time
            s3 = client("s3")
            while not (found := s3.list_objects_v2(Bucket="given-up").get("Contents")): time.sleep(0.05)
            assert found[0]["Key"].startswith("aws/lambda/{{uuid}}/shardId-000000000000/20"), found
            record = json.load(s3.get_object(Bucket="given-up", Key=found[0]["Key"])["Body"])
            assert json.loads(record["payload"])["Records"][0]["kinesis"]["data"] == "dGhyb3c=" and record["responseContext"]["functionError"] == "Unhandled", record
            """);
        Assert.Equal("", kept.Succeeded.Trim());
        await Eventually.HoldsAsync(async () => Text(await server.MappingAsync(uuid), "LastProcessingResult") == "PROBLEM: Function call failed");
    }

    [Fact]
    public async Task Filters_look_into_the_data_and_everything_is_counted()
    {
        var stream = await server.CreateStreamAsync("sieved");
        var uuid = await server.MapAsync("sieved", """
            ,"MaximumBatchingWindowInSeconds":1,"MetricsConfig":{"Metrics":["EventCount"]},"FilterCriteria":{"Filters":[{"Pattern":"{\"data\":{\"price\":[{\"numeric\":[\">\",10]}]},\"partitionKey\":[\"shop\"]}"}]}
            """);
        (string Key, string Data)[] records = [("shop", """{"price":5}"""), ("shop", """{"price":50}"""), ("shop", "no JSON"), ("else", """{"price":50}"""), ("shop", """{"price":51}""")];
        await stream.PutAsync([.. records.Select(record => new NewRecord(record.Key, Encoding.UTF8.GetBytes(record.Data)))]);
        Assert.Equal(["""{"price":50},{"price":51}"""], (await GivenAsync("sieved", 2)).Select(Bodies));
        var metrics = await ClientProcess.Boto3(server.Address, $$"""
            import datetime
            now = datetime.datetime.now(datetime.timezone.utc)
            def points(name, dimension, value, statistic):
                return [point[statistic] for point in client("cloudwatch").get_metric_statistics(Namespace="AWS/Lambda", MetricName=name, Dimensions=[dict(Name=dimension, Value=value)],
                    StartTime=now - datetime.timedelta(minutes=5), EndTime=now + datetime.timedelta(minutes=1), Period=3600, Statistics=[statistic])["Datapoints"]]
            print([sum(points(name, "EventSourceMappingUUID", "{{uuid}}", "Sum")) for name in ("PolledEventCount", "FilteredOutEventCount", "InvokedEventCount")])
            assert 0 < max(points("IteratorAge", "FunctionName", "worker", "Maximum")) < 60000
            """);
        Assert.Equal("[5.0, 3.0, 2.0]", metrics.Succeeded.Trim());
    }

    [Fact]
    public async Task With_the_full_causal_chain_the_function_is_in_its_producers_trace_behind_the_stream()
    {
        await server.CreateStreamAsync("followed");
        await server.MapAsync("followed");
        var (id, call) = (StoredTrace.Begin().Id, SegmentId.New());
        await CallAsync("Kinesis_20131202.PutRecord", """{"StreamName":"followed","PartitionKey":"k","Data":"Z29vZA=="}""", $"Root={id};Parent={call};Sampled=1");

        var documents = (await StoredTrace.WithAsync(server.Http, id, "followed", "worker", "worker")).Select(document => JsonElement.Parse(document)).ToArray();
        var stream = documents.Single(document => Text(document, "origin") == "AWS::Kinesis::Stream");
        Assert.Equal((call.ToString(), $"{Arn}followed"), (Text(stream, "parent_id"), Text(stream, "resource_arn")));
        Assert.Equal(Text(stream, "id"), Text(documents.Single(document => Text(document, "origin") == "AWS::Lambda"), "parent_id"));
    }

    [Fact]
    public async Task With_the_full_causal_chain_the_function_is_in_the_trace_of_who_changed_the_item()
    {
        var created = await CallAsync("DynamoDB_20120810.CreateTable", """
            {"TableName":"pursued","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
            "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}}
            """);
        using var mapping = new StringContent($$"""{"FunctionName":"changes","EventSourceArn":"{{Text(created.GetProperty("TableDescription"), "LatestStreamArn")}}","StartingPosition":"TRIM_HORIZON"}""");
        using var mapped = await server.Http.PostAsync("/2015-03-31/event-source-mappings", mapping, TestContext.Current.CancellationToken);
        mapped.EnsureSuccessStatusCode();
        var (id, call) = (StoredTrace.Begin().Id, SegmentId.New());
        await CallAsync("DynamoDB_20120810.PutItem", """{"TableName":"pursued","Item":{"id":{"S":"x"}}}""", $"Root={id};Parent={call};Sampled=1");

        var documents = (await StoredTrace.WithAsync(server.Http, id, "pursued", "changes", "changes")).Select(document => JsonElement.Parse(document)).ToArray();
        var table = documents.Single(document => Text(document, "origin") == "AWS::DynamoDB::Table");
        Assert.Equal(call.ToString(), Text(table, "parent_id"));
        Assert.Equal(Text(table, "id"), Text(documents.Single(document => Text(document, "origin") == "AWS::Lambda"), "parent_id"));
    }

    [Fact]
    public async Task Changes_of_a_tables_items_reach_the_function_filtered_and_in_order()
    {
        var prepared = await ClientProcess.Boto3(server.Address, $$"""
            import time
            dynamo, functions, sqs = client("dynamodb"), client("lambda"), client("sqs")
            stream = dynamo.create_table(TableName="orders", BillingMode="PAY_PER_REQUEST", KeySchema=[dict(AttributeName="id", KeyType="HASH")],
                AttributeDefinitions=[dict(AttributeName="id", AttributeType="S")], StreamSpecification=dict(StreamEnabled=True, StreamViewType="NEW_AND_OLD_IMAGES"))["TableDescription"]["LatestStreamArn"]
            sqs.create_queue(QueueName="changes-given-up")
            mapping = functions.create_event_source_mapping(FunctionName="changes", EventSourceArn=stream, StartingPosition="LATEST", BatchSize=10, MaximumRetryAttempts=0,
                FilterCriteria=dict(Filters=[dict(Pattern=json.dumps(dict(eventName=["INSERT", "MODIFY"])))]), BisectBatchOnFunctionError=True,
                DestinationConfig=dict(OnFailure=dict(Destination="arn:aws:sqs:{{WholeServer.Region}}:{{WholeServer.Account}}:changes-given-up")))
            # From the moment when it was asked for.
            for n in range(12): dynamo.put_item(TableName="orders", Item=dict(id=dict(S=f"order {n % 3}"), n=dict(N=str(n))))
            dynamo.delete_item(TableName="orders", Key=dict(id=dict(S="order 0")))
            dynamo.put_item(TableName="orders", Item=dict(id=dict(S="bad"), n=dict(N="99")))
            url = sqs.get_queue_url(QueueName="changes-given-up")["QueueUrl"]
            [message] = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"]
            told = json.loads(message["Body"])
            info = told["DDBStreamBatchInfo"]
            assert (info["batchSize"], info["streamArn"], told["requestContext"]["condition"]) == (1, stream, "RetryAttemptsExhausted"), told
            assert len(info["approximateArrivalOfFirstRecord"]) == len("2026-01-01T00:00:00Z"), info
            """);
        Assert.Equal("", prepared.Succeeded.Trim());
        // Other tests' tables feed it too.
        var records = (await server.LoggedAsync("changes")).SelectMany(batch => batch.EnumerateArray())
            .Where(record => Text(record, "eventSourceARN")!.Contains(":table/orders/", StringComparison.Ordinal)).DistinctBy(record => Text(record, "eventID")).ToArray();
        Assert.Equal(
            [.. Enumerable.Range(0, 12).Select(n => $"{n}"), "99"],
            records.Select(record => record.GetProperty("dynamodb").GetProperty("NewImage").GetProperty("n").GetProperty("N").GetString()));
        Assert.Equal(["INSERT", "INSERT", "INSERT", "MODIFY"], records.Take(4).Select(record => Text(record, "eventName")));
        Assert.Equal(["eventID", "eventName", "eventVersion", "eventSource", "awsRegion", "dynamodb", "eventSourceARN"], records[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal("0", records[3].GetProperty("dynamodb").GetProperty("OldImage").GetProperty("n").GetProperty("N").GetString());
    }

    [Fact]
    public async Task A_stream_that_is_not_there_is_refused_and_one_that_comes_back_is_read()
    {
        var refusal = await server.SendAsync(HttpMethod.Post, "/2015-03-31/event-source-mappings", $$"""{"FunctionName":"worker","EventSourceArn":"{{Arn}}missing","StartingPosition":"LATEST"}""");
        Assert.Equal("InvalidParameterValueException", refusal.Code);
        Assert.Contains($"Stream not found: {Arn}missing", refusal.Body, StringComparison.Ordinal);

        var stream = await server.CreateStreamAsync("again");
        var uuid = await server.MapAsync("again");
        await stream.PutAsync([new NewRecord("k", "before"u8.ToArray())]);
        await server.Streams.SplitAsync("again", "shardId-000000000000", HashKeyRange.Text(UInt128.MaxValue / 2));
        await GivenAsync("again", 1);
        await server.Streams.DeleteAsync("again", withConsumers: true);
        await Eventually.HoldsAsync(async () => Text(await server.MappingAsync(uuid), "LastProcessingResult")!.StartsWith("PROBLEM", StringComparison.Ordinal));
        stream = await server.CreateStreamAsync("again");
        await stream.PutAsync([new NewRecord("k", "after"u8.ToArray())]);
        Assert.Equal(["before", "after"], (await GivenAsync("again", 2)).SelectMany(batch => batch.EnumerateArray()).Select(Decoded));
    }

    async Task<IReadOnlyList<JsonElement>> GivenAsync(string stream, int records)
    {
        IReadOnlyList<JsonElement> given = [];
        await Eventually.HoldsAsync(async () => (given = await server.GivenAsync(stream)).Sum(batch => batch.GetArrayLength()) >= records, () => $"{given.Count} batches of {stream}");
        return given;
    }

    static string Bodies(JsonElement batch) => string.Join(',', batch.EnumerateArray().Select(Decoded));

    static string Decoded(JsonElement record) => Encoding.UTF8.GetString(record.GetProperty("kinesis").GetProperty("data").GetBytesFromBase64());

    static string? Text(JsonElement json, string field) => json.TryGetProperty(field, out var value) ? value.GetString() : null;

    async Task<JsonElement> CallAsync(string target, string body, string? trace = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body) };
        request.Headers.Add("X-Amz-Target", target);
        if (trace is not null) request.Headers.Add(TraceHeader.Name, trace);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
