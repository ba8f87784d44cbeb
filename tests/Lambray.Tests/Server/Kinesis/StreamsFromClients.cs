using System.Formats.Cbor;
using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Lambray.Tests.Server.Kinesis;

/// <summary>Kinesis as real clients use it, and in CBOR, as the SDKs for Java do.</summary>
public sealed class StreamsFromClients(WholeServer server) : IClassFixture<WholeServer>
{
    [Fact]
    public async Task Boto3_puts_reads_and_reshards() => await Succeed(ClientProcess.Boto3(server.Address, """
        import hashlib, datetime, time
        kinesis = client("kinesis")
        def refused(code, call, **arguments):
            try:
                call(**arguments)
                raise AssertionError(f"No {code} of {arguments}")
            except botocore.exceptions.ClientError as error:
                assert error.response["Error"]["Code"] == code, error
                return str(error)
        kinesis.create_stream(StreamName="orders", ShardCount=2)
        kinesis.get_waiter("stream_exists").wait(StreamName="orders")
        assert "already exists" in refused("ResourceInUseException", kinesis.create_stream, StreamName="orders", ShardCount=1)
        description = kinesis.describe_stream(StreamName="orders")["StreamDescription"]
        arn = description["StreamARN"]
        assert arn == "arn:aws:kinesis:eu-central-1:123456789012:stream/orders", arn
        assert (description["StreamStatus"], description["RetentionPeriodHours"], description["EncryptionType"], description["HasMoreShards"]) == ("ACTIVE", 24, "NONE", False)
        assert [(shard["ShardId"], int(shard["HashKeyRange"]["StartingHashKey"]), int(shard["HashKeyRange"]["EndingHashKey"])) for shard in description["Shards"]] == [
            ("shardId-000000000000", 0, 2**127 - 1), ("shardId-000000000001", 2**127, 2**128 - 1)]

        # By the digest of the key, or where the producer says.
        shard_of = lambda key: "shardId-" + str(int(int.from_bytes(hashlib.md5(key.encode()).digest(), "big") >= 2**127)).zfill(12)
        first = kinesis.put_record(StreamName="orders", Data=bytes(range(256)), PartitionKey="größe")
        assert first["ShardId"] == shard_of("größe") and len(first["SequenceNumber"]) == 56, first
        batch = kinesis.put_records(StreamName="orders", Records=[dict(Data=f"record {n}", PartitionKey=f"key {n % 7}") for n in range(100)] + [dict(Data=b"", PartitionKey="x", ExplicitHashKey="0")])
        assert batch["FailedRecordCount"] == 0 and [record["ShardId"] for record in batch["Records"]] == [shard_of(f"key {n % 7}") for n in range(100)] + ["shardId-000000000000"]
        numbers = [int(record["SequenceNumber"]) for record in batch["Records"]]
        assert numbers == sorted(set(numbers)) and numbers[0] > int(first["SequenceNumber"])
        assert "ExplicitHashKey" in refused("InvalidArgumentException", kinesis.put_record, StreamName="orders", Data=b"x", PartitionKey="x", ExplicitHashKey=str(2**128))
        refused("ValidationException", kinesis.put_record, StreamName="orders", Data=b"x" * 1048576, PartitionKey="too long with its key")
        refused("ResourceNotFoundException", kinesis.put_record, StreamName="nowhere", Data=b"x", PartitionKey="x")

        def iterator(shard, kind, **at):
            return kinesis.get_shard_iterator(StreamName="orders", ShardId=shard, ShardIteratorType=kind, **at)["ShardIterator"]
        def read(token, limit=10000):
            records = []
            while token:
                page = kinesis.get_records(ShardIterator=token, Limit=limit)
                records += page["Records"]
                token = page.get("NextShardIterator")
                if not page["Records"] and page["MillisBehindLatest"] == 0: break
            return records, page
        shards = ["shardId-000000000000", "shardId-000000000001"]
        everything = [record for shard in shards for record in read(iterator(shard, "TRIM_HORIZON"), limit=7)[0]]
        assert len(everything) == 102
        [sent] = [record for record in everything if record["PartitionKey"] == "größe"]
        assert sent["Data"] == bytes(range(256)) and abs((sent["ApproximateArrivalTimestamp"] - datetime.datetime.now(datetime.timezone.utc)).total_seconds()) < 60
        for key in range(7):
            assert [record["Data"].decode() for record in everything if record["PartitionKey"] == f"key {key}"] == [f"record {n}" for n in range(100) if n % 7 == key]
        middle = batch["Records"][50]
        at = read(iterator(middle["ShardId"], "AT_SEQUENCE_NUMBER", StartingSequenceNumber=middle["SequenceNumber"]))[0]
        after = read(iterator(middle["ShardId"], "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=middle["SequenceNumber"]))[0]
        assert at[0]["SequenceNumber"] == middle["SequenceNumber"] and [r["SequenceNumber"] for r in at[1:]] == [r["SequenceNumber"] for r in after]
        assert len(read(iterator(shards[0], "AT_TIMESTAMP", Timestamp=time.time() - 3600))[0]) + len(read(iterator(shards[1], "AT_TIMESTAMP", Timestamp=time.time() - 3600))[0]) == 102
        refused("InvalidArgumentException", kinesis.get_shard_iterator, StreamName="orders", ShardId=shards[0], ShardIteratorType="AT_TIMESTAMP", Timestamp=time.time() + 3600)
        refused("InvalidArgumentException", kinesis.get_shard_iterator, StreamName="orders", ShardId=shards[0], ShardIteratorType="AT_SEQUENCE_NUMBER", StartingSequenceNumber="12")
        refused("InvalidArgumentException", kinesis.get_records, ShardIterator="nonsense")
        latest = iterator(shards[0], "LATEST")
        assert read(latest)[0] == []
        kinesis.put_record(StreamName="orders", Data=b"new", PartitionKey="x", ExplicitHashKey="1")
        assert [record["Data"] for record in read(latest)[0]] == [b"new"]

        # A shard that is split ends, and tells who goes on.
        refused("InvalidArgumentException", kinesis.split_shard, StreamName="orders", ShardToSplit=shards[0], NewStartingHashKey="1")
        kinesis.split_shard(StreamName="orders", ShardToSplit=shards[0], NewStartingHashKey=str(2**126))
        refused("InvalidArgumentException", kinesis.split_shard, StreamName="orders", ShardToSplit=shards[0], NewStartingHashKey=str(2**126))
        records, last = read(iterator(shards[0], "TRIM_HORIZON"))
        assert records[-1]["Data"] == b"new" and "NextShardIterator" not in last
        assert [(child["ShardId"], child["ParentShards"]) for child in last["ChildShards"]] == [("shardId-000000000002", [shards[0]]), ("shardId-000000000003", [shards[0]])]
        assert kinesis.put_record(StreamName="orders", Data=b"low", PartitionKey="x", ExplicitHashKey="0")["ShardId"] == "shardId-000000000002"
        kinesis.merge_shards(StreamName="orders", ShardToMerge="shardId-000000000003", AdjacentShardToMerge=shards[1])
        refused("InvalidArgumentException", kinesis.merge_shards, StreamName="orders", ShardToMerge="shardId-000000000002", AdjacentShardToMerge=shards[1])
        listed = kinesis.list_shards(StreamName="orders")["Shards"]
        merged = listed[-1]
        assert (merged["ParentShardId"], merged["AdjacentParentShardId"]) == ("shardId-000000000003", shards[1]), merged
        assert ["EndingSequenceNumber" in shard["SequenceNumberRange"] for shard in listed] == [True, True, False, True, False]
        names = lambda **filter: [shard["ShardId"][-1] for shard in kinesis.list_shards(StreamName="orders", ShardFilter=filter)["Shards"]]
        assert names(Type="AT_LATEST") == ["2", "4"] and names(Type="AT_TRIM_HORIZON") == ["0", "1"] and names(Type="FROM_TRIM_HORIZON") == list("01234")
        assert names(Type="AFTER_SHARD_ID", ShardId="shardId-000000000002") == ["3", "4"]
        assert names(Type="FROM_TIMESTAMP", Timestamp=time.time() + 1) == ["2", "4"]
        page = kinesis.list_shards(StreamName="orders", MaxResults=3, ShardFilter=dict(Type="FROM_TRIM_HORIZON"))
        assert [shard["ShardId"][-1] for shard in page["Shards"] + kinesis.list_shards(NextToken=page["NextToken"])["Shards"]] == list("01234")
        scaled = kinesis.update_shard_count(StreamName="orders", TargetShardCount=4, ScalingType="UNIFORM_SCALING")
        assert (scaled["CurrentShardCount"], scaled["TargetShardCount"]) == (2, 4)
        open_shards = sorted((int(shard["HashKeyRange"]["StartingHashKey"]), int(shard["HashKeyRange"]["EndingHashKey"]))
            for shard in kinesis.list_shards(StreamName="orders", ShardFilter=dict(Type="AT_LATEST"))["Shards"])
        assert open_shards == [(n * 2**126, (n + 1) * 2**126 - 1) for n in range(4)], open_shards
        refused("InvalidArgumentException", kinesis.update_shard_count, StreamName="orders", TargetShardCount=9, ScalingType="UNIFORM_SCALING")
        kinesis.delete_stream(StreamName="orders")
        refused("ResourceNotFoundException", kinesis.get_records, ShardIterator=latest)
        kinesis.get_waiter("stream_not_exists").wait(StreamName="orders")
        """));

    [Fact]
    public async Task Boto3_sets_what_streams_have_and_registers_consumers() => await Succeed(ClientProcess.Boto3(server.Address, """
        kinesis = client("kinesis")
        def refused(code, call, **arguments):
            try:
                call(**arguments)
                raise AssertionError(f"No {code} of {arguments}")
            except botocore.exceptions.ClientError as error:
                assert error.response["Error"]["Code"] == code, error
                return str(error)
        kinesis.create_stream(StreamName="settings", StreamModeDetails=dict(StreamMode="ON_DEMAND"))
        summary = lambda: kinesis.describe_stream_summary(StreamName="settings")["StreamDescriptionSummary"]
        arn = summary()["StreamARN"]
        assert (summary()["OpenShardCount"], summary()["StreamModeDetails"]["StreamMode"], summary()["ConsumerCount"]) == (4, "ON_DEMAND", 0)
        refused("ValidationException", kinesis.update_shard_count, StreamName="settings", TargetShardCount=4, ScalingType="UNIFORM_SCALING")
        kinesis.update_stream_mode(StreamARN=arn, StreamModeDetails=dict(StreamMode="PROVISIONED"))
        kinesis.increase_stream_retention_period(StreamName="settings", RetentionPeriodHours=48)
        assert "existing retention period (48 hours)" in refused("InvalidArgumentException", kinesis.increase_stream_retention_period, StreamName="settings", RetentionPeriodHours=47)
        refused("InvalidArgumentException", kinesis.decrease_stream_retention_period, StreamName="settings", RetentionPeriodHours=23)
        kinesis.start_stream_encryption(StreamName="settings", EncryptionType="KMS", KeyId="alias/aws/kinesis")
        assert kinesis.put_record(StreamName="settings", Data=b"x", PartitionKey="x")["EncryptionType"] == "KMS"
        assert kinesis.enable_enhanced_monitoring(StreamName="settings", ShardLevelMetrics=["IncomingBytes"])["DesiredShardLevelMetrics"] == ["IncomingBytes"]
        assert len(kinesis.enable_enhanced_monitoring(StreamName="settings", ShardLevelMetrics=["ALL"])["DesiredShardLevelMetrics"]) == 7
        assert len(kinesis.disable_enhanced_monitoring(StreamName="settings", ShardLevelMetrics=["IncomingBytes"])["DesiredShardLevelMetrics"]) == 6
        assert (summary()["RetentionPeriodHours"], summary()["EncryptionType"], summary()["KeyId"], len(summary()["EnhancedMonitoring"][0]["ShardLevelMetrics"])) == (48, "KMS", "alias/aws/kinesis", 6)
        kinesis.stop_stream_encryption(StreamName="settings", EncryptionType="KMS", KeyId="alias/aws/kinesis")
        kinesis.add_tags_to_stream(StreamName="settings", Tags=dict(team="shop", stage="test"))
        kinesis.remove_tags_from_stream(StreamName="settings", TagKeys=["stage"])
        assert kinesis.list_tags_for_stream(StreamName="settings")["Tags"] == [dict(Key="team", Value="shop")]

        consumer = kinesis.register_stream_consumer(StreamARN=arn, ConsumerName="reader")["Consumer"]
        assert consumer["ConsumerStatus"] == "CREATING" and consumer["ConsumerARN"].startswith(arn + "/consumer/reader:")
        refused("ResourceInUseException", kinesis.register_stream_consumer, StreamARN=arn, ConsumerName="reader")
        assert kinesis.describe_stream_consumer(ConsumerARN=consumer["ConsumerARN"])["ConsumerDescription"]["ConsumerStatus"] == "ACTIVE"
        kinesis.register_stream_consumer(StreamARN=arn, ConsumerName="writer")
        assert [found["ConsumerName"] for page in kinesis.get_paginator("list_stream_consumers").paginate(StreamARN=arn, PaginationConfig=dict(PageSize=1)) for found in page["Consumers"]] == ["reader", "writer"]
        refused("ResourceInUseException", kinesis.delete_stream, StreamName="settings", EnforceConsumerDeletion=False)
        kinesis.deregister_stream_consumer(StreamARN=arn, ConsumerName="reader")
        refused("ResourceNotFoundException", kinesis.describe_stream_consumer, StreamARN=arn, ConsumerName="reader")
        for n in range(5): kinesis.create_stream(StreamName=f"listed{n}", ShardCount=1)
        assert [name for page in kinesis.get_paginator("list_streams").paginate(PaginationConfig=dict(PageSize=2)) for name in page["StreamNames"] if name.startswith("listed")] == [f"listed{n}" for n in range(5)]
        assert kinesis.describe_limits()["OpenShardCount"] >= 9
        try:
            kinesis.subscribe_to_shard(ConsumerARN=consumer["ConsumerARN"], ShardId="shardId-000000000000", StartingPosition=dict(Type="LATEST"))
            raise AssertionError("There is no fan-out.")
        except botocore.exceptions.ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 501 and "SubscribeToShard" in str(error), error
        kinesis.delete_stream(StreamName="settings", EnforceConsumerDeletion=True)
        """));

    [Fact]
    public async Task The_command_line_makes_a_stream_puts_and_reads()
    {
        async Task<string> Aws(params string[] arguments) => (await ClientProcess.Aws(server.Address, ["kinesis", .. arguments])).Succeeded;
        await Aws("create-stream", "--stream-name", "shell", "--shard-count", "1");
        await Aws("wait", "stream-exists", "--stream-name", "shell");
        await Aws("put-record", "--stream-name", "shell", "--partition-key", "k", "--data", "aGVsbG8=");
        var iterator = (await Aws("get-shard-iterator", "--stream-name", "shell", "--shard-id", "shardId-000000000000", "--shard-iterator-type", "TRIM_HORIZON", "--query", "ShardIterator")).Trim().Trim('"');
        Assert.Contains("\"Data\": \"aGVsbG8=\"", await Aws("get-records", "--shard-iterator", iterator), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_in_CBOR()
    {
        await SendAsync("CreateStream", map => map.Text("StreamName", "binary").Whole("ShardCount", 1));
        var put = await SendAsync("PutRecord", map => map.Text("StreamName", "binary").Bytes("Data", [0, 1, 255]).Text("PartitionKey", "k"));
        var iterator = await SendAsync("GetShardIterator", map => map.Text("StreamName", "binary").Text("ShardId", "shardId-000000000000").Text("ShardIteratorType", "AT_TIMESTAMP")
            .Time("Timestamp", DateTimeOffset.UnixEpoch.AddDays(20_000)));
        var read = await SendAsync("GetRecords", map => map.Text("ShardIterator", (string)iterator["ShardIterator"]!));

        var record = (Dictionary<string, object?>)Assert.Single((List<object?>)read["Records"]!)!;
        Assert.Equal(put["SequenceNumber"], record["SequenceNumber"]);
        Assert.Equal<byte>([0, 1, 255], (byte[])record["Data"]!);
        var arrival = DateTimeOffset.FromUnixTimeMilliseconds((long)record["ApproximateArrivalTimestamp"]!);
        Assert.InRange(TimeProvider.System.GetUtcNow() - arrival, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        Assert.Equal(0L, read["MillisBehindLatest"]);
        var refusal = await SendAsync("DescribeStream", map => map.Text("StreamName", "nowhere"), HttpStatusCode.BadRequest);
        Assert.Equal("ResourceNotFoundException", refusal["__type"]);
    }

    async Task<Dictionary<string, object?>> SendAsync(string operation, Func<CborMap, CborMap> fields, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(fields(new CborMap()).Encode()) };
        request.Headers.Add("X-Amz-Target", $"Kinesis_20131202.{operation}");
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-cbor-1.1");
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(("application/x-amz-cbor-1.1", expected), (answer.Content.Headers.ContentType?.MediaType, answer.StatusCode));
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return body.Length == 0 ? [] : (Dictionary<string, object?>)CborMap.Read(new CborReader(body))!;
    }

    static async Task Succeed(Task<ClientOutcome> client) => Assert.Equal("", (await client).Succeeded.Trim());

    sealed class CborMap
    {
        readonly CborWriter writer = new(CborConformanceMode.Lax, convertIndefiniteLengthEncodings: true);

        public CborMap() => writer.WriteStartMap(null);

        public CborMap Text(string name, string value) => With(name, () => writer.WriteTextString(value));

        public CborMap Whole(string name, int value) => With(name, () => writer.WriteInt32(value));

        public CborMap Bytes(string name, byte[] value) => With(name, () => writer.WriteByteString(value));

        public CborMap Time(string name, DateTimeOffset value) => With(name, () =>
        {
            writer.WriteTag(CborTag.UnixTimeSeconds);
            writer.WriteInt64(value.ToUnixTimeMilliseconds());
        });

        public byte[] Encode()
        {
            writer.WriteEndMap();
            return writer.Encode();
        }

        public static object? Read(CborReader reader)
        {
            switch (reader.PeekState())
            {
                case CborReaderState.StartMap:
                    var map = new Dictionary<string, object?>();
                    for (reader.ReadStartMap(); reader.PeekState() != CborReaderState.EndMap;) map[reader.ReadTextString()] = Read(reader);
                    reader.ReadEndMap();
                    return map;
                case CborReaderState.StartArray:
                    var list = new List<object?>();
                    for (reader.ReadStartArray(); reader.PeekState() != CborReaderState.EndArray;) list.Add(Read(reader));
                    reader.ReadEndArray();
                    return list;
                case CborReaderState.Tag:
                    reader.ReadTag();
                    return Read(reader);
                case CborReaderState.ByteString:
                    return reader.ReadByteString();
                case CborReaderState.TextString:
                    return reader.ReadTextString();
                default:
                    return reader.ReadInt64();
            }
        }

        CborMap With(string name, Action write)
        {
            writer.WriteTextString(name);
            write();
            return this;
        }
    }
}
