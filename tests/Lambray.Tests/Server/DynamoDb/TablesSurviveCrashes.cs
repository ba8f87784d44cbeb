using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Xunit;

namespace Lambray.Tests.Server.DynamoDb;

/// <summary>What a table has acknowledged survives <c>kill -9</c>, with its index entries and its stream's records.</summary>
public sealed class TablesSurviveCrashes
{
    const int Writers = 4;
    const int Kills = 2;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_table_index_and_stream_agree()
    {
        using var data = new TemporaryDirectory();
        var acknowledged = new ConcurrentDictionary<string, int>();
        using (var first = await ServerProcess.StartAsync(data, null, "--isolation", "process"))
        {
            await CallAsync(first, "CreateTable", """
                {"TableName":"crashing","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"all","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"},
                 "GlobalSecondaryIndexes":[{"IndexName":"by-all","KeySchema":[{"AttributeName":"all","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]}
                """);
            await WriteUntilKilledAsync(first, acknowledged);
        }
        for (var kill = 1; kill < Kills; kill++)
        {
            using var next = await ServerProcess.StartAsync(data, null, "--isolation", "process");
            await WriteUntilKilledAsync(next, acknowledged);
        }

        using var last = await ServerProcess.StartAsync(data, null, "--isolation", "process");
        var items = CountsOf((await CallAsync(last, "Scan", """{"TableName":"crashing"}""")).GetProperty("Items"));
        // A killed server may have made one more change than it could say.
        foreach (var (id, count) in acknowledged) Assert.InRange(items[id], count, count + Kills);
        var indexed = await CallAsync(last, "Query", """{"TableName":"crashing","IndexName":"by-all","KeyConditionExpression":"#a = :a","ExpressionAttributeNames":{"#a":"all"},"ExpressionAttributeValues":{":a":{"S":"x"}}}""");
        Assert.Equal(items.OrderBy(item => item.Key), CountsOf(indexed.GetProperty("Items")).OrderBy(item => item.Key));
        Assert.Equal(Writers, (await CallAsync(last, "DescribeTable", """{"TableName":"crashing"}""")).GetProperty("Table").GetProperty("ItemCount").GetInt32());
        foreach (var changes in (await RecordsAsync(last)).GroupBy(record => record.Id)) Assert.Equal(Enumerable.Range(1, items[changes.Key]), changes.Select(record => record.Count));
    }

    static async Task WriteUntilKilledAsync(ServerProcess server, ConcurrentDictionary<string, int> acknowledged)
    {
        var before = acknowledged.Values.Sum();
        var atWork = Enumerable.Range(0, Writers).Select(writer => CountAsync(server, $"w{writer}", acknowledged)).ToArray();
        var share = Random.Shared.Next(50, 250);
        await Eventually.HoldsAsync(() => Task.FromResult(acknowledged.Values.Sum() - before >= share));
        await server.KillAsync();
        await Task.WhenAll(atWork);
    }

    static async Task CountAsync(ServerProcess server, string id, ConcurrentDictionary<string, int> acknowledged)
    {
        try
        {
            while (true)
            {
                var answer = await CallAsync(server, "UpdateItem", $$$"""
                    {"TableName":"crashing","Key":{"id":{"S":"{{{id}}}"}},"UpdateExpression":"ADD n :one SET #a = :x","ExpressionAttributeNames":{"#a":"all"},
                     "ExpressionAttributeValues":{":one":{"N":"1"},":x":{"S":"x"}},"ReturnValues":"UPDATED_NEW"}
                    """);
                acknowledged[id] = NumberOf(answer.GetProperty("Attributes"));
            }
        }
        catch (HttpRequestException)
        {
            // The server is dead.
        }
    }

    static async Task<List<(string Id, int Count)>> RecordsAsync(ServerProcess server)
    {
        var stream = (await CallAsync(server, "ListStreams", "{}", "DynamoDBStreams_20120810")).GetProperty("Streams")[0].GetProperty("StreamArn").GetString();
        var shard = (await CallAsync(server, "DescribeStream", $$"""{"StreamArn":"{{stream}}"}""", "DynamoDBStreams_20120810")).GetProperty("StreamDescription").GetProperty("Shards")[0].GetProperty("ShardId").GetString();
        var place = await CallAsync(server, "GetShardIterator", $$"""{"StreamArn":"{{stream}}","ShardId":"{{shard}}","ShardIteratorType":"TRIM_HORIZON"}""", "DynamoDBStreams_20120810");
        var (iterator, records) = (place.GetProperty("ShardIterator").GetString(), new List<(string, int)>());
        while (true)
        {
            var page = await CallAsync(server, "GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""", "DynamoDBStreams_20120810");
            if (page.GetProperty("Records").GetArrayLength() == 0) return records;
            records.AddRange(page.GetProperty("Records").EnumerateArray().Select(record => record.GetProperty("dynamodb").GetProperty("NewImage"))
                .Select(image => (image.GetProperty("id").GetProperty("S").GetString()!, NumberOf(image))));
            iterator = page.GetProperty("NextShardIterator").GetString();
        }
    }

    static Dictionary<string, int> CountsOf(JsonElement items) => items.EnumerateArray().ToDictionary(item => item.GetProperty("id").GetProperty("S").GetString()!, NumberOf);

    static int NumberOf(JsonElement item) => int.Parse(item.GetProperty("n").GetProperty("N").GetString()!, CultureInfo.InvariantCulture);

    static async Task<JsonElement> CallAsync(ServerProcess server, string operation, string body, string service = "DynamoDB_20120810")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body) };
        request.Headers.Add("X-Amz-Target", $"{service}.{operation}");
        using var answer = await server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == HttpStatusCode.OK ? JsonElement.Parse(text) : throw new InvalidOperationException(text);
    }
}
