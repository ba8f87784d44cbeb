using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lambray.Aws;
using Lambray.Bench.Figures;
using Lambray.Bench.Processes;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Streams;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;
using Lambray.Storage.Rocks;

namespace Lambray.Bench.Parts;

/// <summary>DynamoDB: items put, got and queried in a second beside the bare store, and over HTTP; what queries and pages cost in a small table and in one of a million items.</summary>
static class TablesBesideStore
{
    const int Rounds = 3;
    const int Clients = 16;
    const int PerClient = 500;
    const int Small = 10_000;
    const int Large = 1_000_000;
    const int FillBatch = 500;
    const int SortsPerPartition = 100;
    const int QueryItems = 20;
    const int Queries = 2_000;
    const int Requests = 2_000;

    static readonly string Body = new('x', 300);

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
        await ServeAsync(place);
    }

    static async Task CompareStoreAsync(Workplace place, string directory)
    {
        using var database = DynamoDatabase.Open(directory);
        await using var turns = new WriteTurns(database);
        var home = new AwsHome("000000000000", "us-east-1");
        var streams = new TableStreams(database, turns, home, TimeProvider.System);
        var tables = new TableDirectory(database, turns, streams, home);
        var items = new ItemStore(database, turns, tables, streams, new TransactionTokens(database, turns, TimeProvider.System), TimeProvider.System);
        var reader = new ItemReader(database);
        using var bare = RocksDatabase.Open(Path.Combine(directory, "bare"), [new("items", 4 * 1024, LookedUp: true)], new RocksMemory(64 << 20, 64 << 20));
        var (small, large) = (await tables.CreateAsync(Plan("small"), null), await tables.CreateAsync(Plan("large"), null));

        var table = new Table(place.Output, $"Items of 330 bytes, {Clients} at once", "per second", "of bare");
        await table.WriteHeadAsync();
        var puts = new List<(double Bare, double Ours)>();
        for (var round = 0; round < Rounds; round++) puts.Add((PutBare(bare, round), await PutAsync(items, small, round)));
        await table.WriteRowAsync("store: put, synced", Text.PerSecond(puts.Select(one => one.Bare).Median()), Text.Share(1));
        await table.WriteRowAsync("put", Text.PerSecond(puts.Select(one => one.Ours).Median()), Text.Share(puts.Select(one => one.Ours / one.Bare).Median()));
        var gets = new List<(double Bare, double Ours)>();
        for (var round = 0; round < Rounds; round++)
            gets.Add((PerSecond(number => bare.Find(bare.Tables[0], BareKey(number))), PerSecond(number => reader.Find(small, ItemOf(number, "")))));
        await table.WriteRowAsync("store: find, one thread", Text.PerSecond(gets.Select(one => one.Bare).Median()), Text.Share(1));
        await table.WriteRowAsync("get, one thread", Text.PerSecond(gets.Select(one => one.Ours).Median()), Text.Share(gets.Select(one => one.Ours / one.Bare).Median()));

        await FillAsync(items, small, Small);
        await FillAsync(items, large, Large);
        var growth = new Table(place.Output, $"Queries of {QueryItems} items, one thread", "10,000 items", "a million", "ratio");
        await growth.WriteHeadAsync();
        await CompareAsync(growth, "from a sort key on", size => Query(reader, size == Small ? small : large, size, isBackward: false));
        await CompareAsync(growth, "backward", size => Query(reader, size == Small ? small : large, size, isBackward: true));
        await CompareAsync(growth, "next page of a scan", size => Page(reader, size == Small ? small : large, size));
    }

    static async Task CompareAsync(Table growth, string name, Func<int, TimeSpan> measure)
    {
        var rounds = Enumerable.Range(0, Rounds).Select(_ => (Small: measure(Small), Large: measure(Large))).ToArray();
        await growth.WriteRowAsync(
            name, Text.Duration(rounds.Select(one => one.Small).Order().ElementAt(Rounds / 2)), Text.Duration(rounds.Select(one => one.Large).Order().ElementAt(Rounds / 2)),
            Text.Share(rounds.Select(one => one.Large / one.Small).Median()));
    }

    static TableModel Plan(string name)
    {
        var key = new KeySchema(new KeyAttribute("p", AttributeType.S), new KeyAttribute("s", AttributeType.N));
        return new TableModel
        {
            Name = name, Number = 0, Id = Guid.NewGuid(), CreationTime = TimeProvider.System.GetUtcNow(), Key = key, Attributes = [.. key.Attributes], BillingMode = BillingMode.PayPerRequest,
            Throughput = ThroughputModel.None,
        };
    }

    static MapValue ItemOf(int number, string body)
    {
        var item = new Dictionary<string, AttributeValue>
        {
            ["p"] = new StringValue(Partition(number)), ["s"] = new NumberValue(DynamoNumber.Of(number % SortsPerPartition)),
        };
        if (body.Length > 0) item["body"] = new StringValue(body);
        return new MapValue(item);
    }

    static string Partition(int number) => string.Create(CultureInfo.InvariantCulture, $"partition-{number / SortsPerPartition}");

    // An item that is put again as it was is not written.
    static string BodyOf(int round) => string.Create(CultureInfo.InvariantCulture, $"{Body}{round}");

    static byte[] BareKey(int number) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Partition(number)}/{number % SortsPerPartition:D3}"));

    // As many at once as clients send, with one sync, as the best writer could.
    static double PutBare(RocksDatabase bare, int round)
    {
        var body = Encoding.UTF8.GetBytes(BodyOf(round));
        var started = Stopwatch.GetTimestamp();
        for (var turn = 0; turn < PerClient; turn++)
        {
            using var batch = new RocksBatch();
            for (var client = 0; client < Clients; client++) batch.Put(bare.Tables[0], BareKey((turn * Clients) + client), body);
            bare.Write(batch, sync: true);
        }
        return Clients * PerClient / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static async Task<double> PutAsync(ItemStore items, TableModel table, int round)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var turn = 0; turn < PerClient; turn++) await items.WriteAsync(new ItemPut(table, ItemOf((turn * Clients) + client, BodyOf(round))));
        })));
        return Clients * PerClient / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static double PerSecond(Func<int, object?> find)
    {
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; number < Clients * PerClient; number++)
            if (find(number) is null) throw new InvalidDataException($"Item {number} is not there.");
        return Clients * PerClient / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static async Task FillAsync(ItemStore items, TableModel table, int count)
    {
        for (var number = 0; number < count; number += FillBatch)
            await items.WriteAllAsync(Enumerable.Range(number, FillBatch).Select(one => new ItemPut(table, ItemOf(one, Body))));
    }

    static TimeSpan Query(ItemReader reader, TableModel table, int size, bool isBackward)
    {
        var random = new Random(size);
        var started = Stopwatch.GetTimestamp();
        for (var query = 0; query < Queries; query++)
        {
            var conditions = new KeyConditions(new Dictionary<string, KeyTest>
            {
                ["p"] = new(KeyOperator.Equal, new StringValue(Partition(random.Next(size)))),
                ["s"] = new(isBackward ? KeyOperator.Less : KeyOperator.GreaterOrEqual, new NumberValue(DynamoNumber.Of(SortsPerPartition / 2))),
            });
            var (start, end) = conditions.RangeIn(table, index: null);
            RequireWhole(reader.Read(new ItemWalk(table, null, start, end) { LimitMax = QueryItems, IsBackward = isBackward }));
        }
        return Stopwatch.GetElapsedTime(started) / Queries;
    }

    // From any place in the table on.
    static TimeSpan Page(ItemReader reader, TableModel table, int size)
    {
        var random = new Random(size);
        var (start, end) = TableRange.Of(table, index: null);
        var started = Stopwatch.GetTimestamp();
        for (var page = 0; page < Queries; page++) reader.Read(new ItemWalk(table, null, start, end) { LimitMax = QueryItems, After = ItemOf(random.Next(size), "") });
        return Stopwatch.GetElapsedTime(started) / Queries;
    }

    static void RequireWhole(ItemPage page)
    {
        if (page.Items.Count != QueryItems) throw new InvalidDataException($"A query found {page.Items.Count} items.");
    }

    static async Task ServeAsync(Workplace place)
    {
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0);
        using var http = new HttpClient { BaseAddress = lambray.Address };
        await CallAsync(http, "CreateTable", """
            {"TableName":"served","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"s","AttributeType":"N"}],
             "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}]}
            """);
        var table = new Table(place.Output, "Over HTTP, one after the other", "median", "p99");
        await table.WriteHeadAsync();
        await WriteAsync(table, "PutItem", http, number => $$$$"""{"TableName":"served","Item":{"p":{"S":"p"},"s":{"N":"{{{{number}}}}"},"body":{"S":"{{{{Body}}}}"}}}""");
        await WriteAsync(table, "GetItem", http, number => $$$$"""{"TableName":"served","Key":{"p":{"S":"p"},"s":{"N":"{{{{number}}}}"}}}""");
        await WriteAsync(table, "Query", http, number => $$$$"""
            {"TableName":"served","Limit":{{{{QueryItems}}}},"KeyConditionExpression":"p = :p AND s > :s","ExpressionAttributeValues":{":p":{"S":"p"},":s":{"N":"{{{{number / 2}}}}"}}}
            """);
    }

    static async Task WriteAsync(Table table, string operation, HttpClient http, Func<int, string> body)
    {
        var taken = new List<TimeSpan>();
        for (var number = 0; number < Requests; number++)
        {
            var started = Stopwatch.GetTimestamp();
            await CallAsync(http, operation, body(number));
            taken.Add(Stopwatch.GetElapsedTime(started));
        }
        // The first ones are compiled.
        TimeSpan[] warm = [.. taken.Skip(Requests / 4).Order()];
        await table.WriteRowAsync(operation, Text.Duration(warm.Percentile(0.5)), Text.Duration(warm.Percentile(0.99)));
    }

    static async Task CallAsync(HttpClient http, string operation, string body)
    {
        using var content = new StringContent(body);
        content.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        using var answer = await http.PostAsync("/", content);
        if (!answer.IsSuccessStatusCode) throw new InvalidDataException(await answer.Content.ReadAsStringAsync());
    }
}
