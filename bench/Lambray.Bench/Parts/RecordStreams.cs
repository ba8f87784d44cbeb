using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Bench.Figures;
using Lambray.Bench.Functions;
using Lambray.Bench.Processes;
using Lambray.Resources.Kinesis;
using Lambray.Storage.Rocks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lambray.Bench.Parts;

/// <summary>Streams: records put and read in a second beside the bare store; from a record, and from a change of a table, to the function that is fed with it.</summary>
static class RecordStreams
{
    const int Rounds = 3;
    const int Requests = 200;
    const int PerRequest = 100;
    const int PageRecords = 1_000;
    const long PageBytes = 10 * 1024 * 1024;

    static readonly byte[] Data = Encoding.UTF8.GetBytes(new string('x', 300));

    public static async Task RunAsync(Workplace place)
    {
        var directory = Directory.CreateTempSubdirectory("lambray-bench-");
        try
        {
            await CompareStoreAsync(place, directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
        await FeedAsync(place);
    }

    static async Task CompareStoreAsync(Workplace place, string directory)
    {
        await using var database = KinesisDatabase.Open(directory);
        await using var streams = new DataStreams(database, new AwsHome("000000000000", "us-east-1"), TimeProvider.System, NullLogger<DataStreams>.Instance);
        await streams.CreateAsync("clicks", shards: 1, design => design);
        var stream = streams.Get("clicks");
        using var bare = RocksDatabase.Open(Path.Combine(directory, "bare"), [new("records", 16 * 1024)], new RocksMemory(64 << 20, 64 << 20));
        var rounds = new List<(double BarePut, double Put, double BareRead, double Read)>();
        for (var round = 0; round < Rounds; round++)
        {
            var tip = stream.Tip;
            rounds.Add((PutBare(bare, round), await PutAsync(stream), ReadBare(bare, round), Read(stream, tip)));
        }
        var table = new Table(place.Output, $"Records of {Data.Length} bytes, {PerRequest} at once", "per second", "of bare");
        await table.WriteHeadAsync();
        await table.WriteRowAsync("store: put, synced", Text.PerSecond(rounds.Select(one => one.BarePut).Median()), Text.Share(1));
        await table.WriteRowAsync("put", Text.PerSecond(rounds.Select(one => one.Put).Median()), Text.Share(rounds.Select(one => one.Put / one.BarePut).Median()));
        await table.WriteRowAsync("store: walk", Text.PerSecond(rounds.Select(one => one.BareRead).Median()), Text.Share(1));
        await table.WriteRowAsync("read", Text.PerSecond(rounds.Select(one => one.Read).Median()), Text.Share(rounds.Select(one => one.Read / one.BareRead).Median()));
    }

    static double PutBare(RocksDatabase bare, int round) => PerSecond(() =>
    {
        for (var request = 0; request < Requests; request++)
        {
            using var batch = new RocksBatch();
            for (var record = 0; record < PerRequest; record++) batch.Put(bare.Tables[0], Key(round, (request * PerRequest) + record), Data);
            bare.Write(batch, sync: true);
        }
    });

    static async Task<double> PutAsync(DataStream stream)
    {
        var started = Stopwatch.GetTimestamp();
        for (var request = 0; request < Requests; request++)
            await stream.PutAsync([.. Enumerable.Range(request * PerRequest, PerRequest).Select(number => new NewRecord(number.ToString(CultureInfo.InvariantCulture), Data))]);
        return Requests * PerRequest / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static double ReadBare(RocksDatabase bare, int round) => PerSecond(() =>
    {
        using var cursor = bare.Walk(bare.Tables[0], Key(round, 0), Key(round + 1, 0));
        var count = 0;
        for (; cursor.MoveNext(); count++) _ = cursor.Value.ToArray();
        RequireAll(count);
    });

    static double Read(DataStream stream, long from) => PerSecond(() =>
    {
        var count = 0;
        while (stream.Read(0, from, PageRecords, PageBytes) is { Records.Count: > 0 } page)
        {
            count += page.Records.Count;
            from = page.Next;
        }
        RequireAll(count);
    });

    static void RequireAll(int count)
    {
        if (count != Requests * PerRequest) throw new InvalidDataException($"{count} records of {Requests * PerRequest} were read.");
    }

    static double PerSecond(Action run)
    {
        var started = Stopwatch.GetTimestamp();
        run();
        return Requests * PerRequest / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // In the order of the bytes.
    static byte[] Key(int round, int number) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{round:D3}{number:D9}"));

    static async Task FeedAsync(Workplace place)
    {
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0);
        using var http = new HttpClient { BaseAddress = lambray.Address };
        var function = new ForwardingFunction(http);
        await function.CreateAsync();
        await function.CallAsync("Kinesis_20131202.CreateStream", """{"StreamName":"clicks","ShardCount":1}""");
        var described = JsonElement.Parse(await function.CallAsync("DynamoDB_20120810.CreateTable", """
            {"TableName":"orders","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
             "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"}}
            """));
        var table = new Table(place.Output, "Over HTTP, until the Node.js function has sent a message", "median", "p99");
        await table.WriteHeadAsync();
        await function.WriteTripsAsync(table, "asynchronous invoke", () => function.InvokeAsync("Event"));
        await function.MapAsync("arn:aws:kinesis:us-east-1:000000000000:stream/clicks", ""","StartingPosition":"TRIM_HORIZON" """);
        await function.WriteTripsAsync(table, "record of Kinesis", () => function.CallAsync("Kinesis_20131202.PutRecord", """{"StreamName":"clicks","PartitionKey":"k","Data":"eA=="}"""));
        await function.MapAsync(described.GetProperty("TableDescription").GetProperty("LatestStreamArn").GetString()!, ""","StartingPosition":"TRIM_HORIZON" """);
        await function.WriteTripsAsync(table, "change of a table", () => function.CallAsync("DynamoDB_20120810.PutItem", $$$"""{"TableName":"orders","Item":{"id":{"S":"{{{Guid.NewGuid()}}}"} } }"""));
    }
}
