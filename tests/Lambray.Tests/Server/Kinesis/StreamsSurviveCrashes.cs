using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Kinesis;

/// <summary>Records that were acknowledged survive <c>kill -9</c>, and a function that was in the midst of them gets every one, each key in its order.</summary>
public sealed class StreamsSurviveCrashes
{
    const string Arn = $"arn:aws:kinesis:us-east-1:{WholeServer.Account}:stream/";
    const int Kills = 3;
    const int Keys = 5;

    int numbers;

    // Writes what it gets into another stream, which remembers how it came; fails now and then on the way.
    const string Forward = """
        const http = require('http');
        const put = records => new Promise((resolve, reject) => http.request(process.env.AWS_ENDPOINT_URL, {
          method: 'POST', headers: { 'X-Amz-Target': 'Kinesis_20131202.PutRecords' },
        }, answer => answer.resume().on('end', () => answer.statusCode === 200 ? resolve() : reject(new Error(answer.statusCode)))).on('error', reject)
          .end(JSON.stringify({ StreamName: 'told', Records: records })));
        exports.handler = async ({ Records }) => {
          await put(Records.map(({ kinesis }) => ({ PartitionKey: kinesis.partitionKey, Data: kinesis.data })));
          if (Math.random() < 0.2) throw new Error('after the fact');
        };
        """;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_skipped_and_keys_keep_their_order()
    {
        using var data = new TemporaryDirectory();
        var acknowledged = new ConcurrentQueue<int>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await ServerProcess.StartAsync(data, null, "--isolation", "process");
            if (kill == 0)
            {
                await CallAsync(server, "CreateStream", new JsonObject { ["StreamName"] = "work", ["ShardCount"] = 2 });
                await CallAsync(server, "CreateStream", new JsonObject { ["StreamName"] = "told", ["ShardCount"] = 1 });
                await server.CreateAsync("forward", Forward, new JsonObject { ["Timeout"] = 4 });
                using var made = await server.Http.PostAsync("/2015-03-31/event-source-mappings", new StringContent(
                    $$"""{"FunctionName":"forward","EventSourceArn":"{{Arn}}work","StartingPosition":"TRIM_HORIZON","BatchSize":7,"ParallelizationFactor":2}"""), TestContext.Current.CancellationToken);
                made.EnsureSuccessStatusCode();
            }
            var putting = PutAsync(server, acknowledged);
            var share = acknowledged.Count + Random.Shared.Next(40, 150);
            await Eventually.HoldsAsync(() => acknowledged.Count >= share, "records are put");
            // One of the shards is no more, its children go on.
            if (kill == 1) await SplitAsync(server);
            await server.KillAsync();
            await putting;
        }

        using var last = await ServerProcess.StartAsync(data, null, "--isolation", "process");
        var kept = await ReadAllAsync(last, "work");
        Assert.Empty(acknowledged.Except(kept));
        Assert.Equal(kept.Distinct().Count(), kept.Count);
        List<int> told = [];
        await Eventually.HoldsAsync(async () => kept.TrueForAll((told = await ReadAllAsync(last, "told")).Contains), () => $"Never told of: {string.Join(',', kept.Except(told))}");
        foreach (var key in told.GroupBy(number => number % Keys))
        {
            // What was at work when the server died, or failed, comes again, from there on and in order.
            var first = key.Distinct().ToArray();
            Assert.Equal(first.Order(), first);
        }
    }

    async Task PutAsync(ServerProcess server, ConcurrentQueue<int> acknowledged)
    {
        try
        {
            while (true)
            {
                // What a killed server has not answered is never put again: it may be there.
                var number = numbers++;
                await CallAsync(server, "PutRecord", new JsonObject
                {
                    ["StreamName"] = "work",
                    ["PartitionKey"] = $"key {number % Keys}",
                    ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture))),
                });
                acknowledged.Enqueue(number);
            }
        }
        catch (HttpRequestException)
        {
            // The server is dead.
        }
    }

    static async Task SplitAsync(ServerProcess server) => await CallAsync(server, "SplitShard", new JsonObject
    {
        ["StreamName"] = "work",
        ["ShardToSplit"] = "shardId-000000000000",
        ["NewStartingHashKey"] = (UInt128.MaxValue / 4).ToString(CultureInfo.InvariantCulture),
    });

    // Shard by shard in the order of their numbers: parents come before their children.
    static async Task<List<int>> ReadAllAsync(ServerProcess server, string stream)
    {
        var read = new List<int>();
        foreach (var shard in (await CallAsync(server, "ListShards", new JsonObject { ["StreamName"] = stream })).GetProperty("Shards").EnumerateArray())
        {
            var iterator = (await CallAsync(server, "GetShardIterator", new JsonObject
            {
                ["StreamName"] = stream,
                ["ShardId"] = shard.GetProperty("ShardId").GetString(),
                ["ShardIteratorType"] = "TRIM_HORIZON",
            })).GetProperty("ShardIterator").GetString();
            var page = await CallAsync(server, "GetRecords", new JsonObject { ["ShardIterator"] = iterator });
            Assert.Equal(0, page.GetProperty("MillisBehindLatest").GetInt64());
            read.AddRange(page.GetProperty("Records").EnumerateArray().Select(record =>
                int.Parse(Encoding.UTF8.GetString(record.GetProperty("Data").GetBytesFromBase64()), CultureInfo.InvariantCulture)));
        }
        return read;
    }

    static async Task<JsonElement> CallAsync(ServerProcess server, string operation, JsonObject fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(fields.ToJsonString()) };
        request.Headers.Add("X-Amz-Target", $"Kinesis_20131202.{operation}");
        using var answer = await server.Http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{operation}: {body}");
        return JsonElement.Parse(body.Length == 0 ? "{}" : body);
    }
}
