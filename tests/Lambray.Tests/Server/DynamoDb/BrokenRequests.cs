using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.DynamoDb;

/// <summary>Requests that are broken in every way are the sender's mistake, never the server's.</summary>
public sealed class BrokenRequests(WholeServer server) : IClassFixture<WholeServer>
{
    const int BreaksOfEach = 120;

    static readonly (string Operation, string Request)[] Whole =
    [
        ("CreateTable", """
            {"TableName":"other","BillingMode":"PROVISIONED","ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1},"Tags":[{"Key":"a","Value":"b"}],
             "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"s","AttributeType":"N"}],"KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}],
             "LocalSecondaryIndexes":[{"IndexName":"local","KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}],"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["x"]}}]}
            """),
        ("UpdateTable", """{"TableName":"broken","AttributeDefinitions":[{"AttributeName":"g","AttributeType":"S"}],"GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"none"}}],"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"}}"""),
        ("UpdateTimeToLive", """{"TableName":"broken","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"until"}}"""),
        ("PutItem", """{"TableName":"broken","Item":{"p":{"S":"a"},"s":{"N":"1"},"l":{"L":[{"S":"x"},{"M":{"y":{"BOOL":true}}}]},"ns":{"NS":["1","2"]},"b":{"B":"AAE="}},"ConditionExpression":"attribute_not_exists(#p) OR size(l) > :n","ExpressionAttributeNames":{"#p":"p"},"ExpressionAttributeValues":{":n":{"N":"1"}}}"""),
        ("PutItem", """{"TableName":"broken","Item":{"p":{"S":"a"},"s":{"N":"1"}},"Expected":{"x":{"ComparisonOperator":"IN","AttributeValueList":[{"S":"1"},{"S":"2"}]},"y":{"Exists":false}},"ConditionalOperator":"OR"}"""),
        ("UpdateItem", """{"TableName":"broken","Key":{"p":{"S":"a"},"s":{"N":"1"}},"UpdateExpression":"SET a.b[1] = if_not_exists(c, :v) + :w REMOVE l[0] ADD n :w DELETE ss :s","ExpressionAttributeValues":{":v":{"N":"1"},":w":{"N":"2"},":s":{"SS":["x"]}},"ReturnValues":"ALL_NEW"}"""),
        ("UpdateItem", """{"TableName":"broken","Key":{"p":{"S":"a"},"s":{"N":"1"}},"AttributeUpdates":{"x":{"Action":"ADD","Value":{"N":"1"}},"y":{"Action":"DELETE"}}}"""),
        ("DeleteItem", """{"TableName":"broken","Key":{"p":{"S":"b"},"s":{"N":"1e2"}},"ConditionExpression":"p = :p AND NOT contains(l, :p)","ExpressionAttributeValues":{":p":{"S":"b"}}}"""),
        ("GetItem", """{"TableName":"broken","Key":{"p":{"S":"a"},"s":{"N":"1"}},"ProjectionExpression":"l[1].y, #n","ExpressionAttributeNames":{"#n":"ns"},"ReturnConsumedCapacity":"TOTAL"}"""),
        ("Query", """{"TableName":"broken","KeyConditionExpression":"p = :p AND s BETWEEN :a AND :b","FilterExpression":"x IN (:a, :b) OR attribute_type(y, :t)","ExpressionAttributeValues":{":p":{"S":"a"},":a":{"N":"1"},":b":{"N":"2"},":t":{"S":"S"}},"ExclusiveStartKey":{"p":{"S":"a"},"s":{"N":"1"}},"Limit":3}"""),
        ("Query", """{"TableName":"broken","KeyConditions":{"p":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"a"}]},"s":{"ComparisonOperator":"BETWEEN","AttributeValueList":[{"N":"1"},{"N":"2"}]}},"QueryFilter":{"x":{"ComparisonOperator":"NOT_NULL"}},"AttributesToGet":["x","p"]}"""),
        ("Scan", """{"TableName":"broken","ScanFilter":{"x":{"ComparisonOperator":"CONTAINS","AttributeValueList":[{"S":"1"}]}},"Segment":0,"TotalSegments":2,"Select":"COUNT"}"""),
        ("BatchGetItem", """{"RequestItems":{"broken":{"Keys":[{"p":{"S":"a"},"s":{"N":"1"}},{"p":{"S":"a"},"s":{"N":"2"}}],"AttributesToGet":["x"]}}}"""),
        ("BatchWriteItem", """{"RequestItems":{"broken":[{"PutRequest":{"Item":{"p":{"S":"a"},"s":{"N":"3"}}}},{"DeleteRequest":{"Key":{"p":{"S":"a"},"s":{"N":"4"}}}}]}}"""),
        ("TransactGetItems", """{"TransactItems":[{"Get":{"TableName":"broken","Key":{"p":{"S":"a"},"s":{"N":"1"}}}}]}"""),
        ("TransactWriteItems", """{"TransactItems":[{"Put":{"TableName":"broken","Item":{"p":{"S":"t"},"s":{"N":"1"}}}},{"ConditionCheck":{"TableName":"broken","Key":{"p":{"S":"a"},"s":{"N":"1"}},"ConditionExpression":"attribute_exists(p)"}},{"Update":{"TableName":"broken","Key":{"p":{"S":"a"},"s":{"N":"2"}},"UpdateExpression":"SET x = :x","ExpressionAttributeValues":{":x":{"NULL":true}}}}],"ClientRequestToken":"once"}"""),
        ("ExecuteStatement", """{"Statement":"SELECT x, y[0].z FROM \"broken\" WHERE p = ? AND (s IN [1, 2] OR begins_with(x, 'a')) ORDER BY s DESC","Parameters":[{"S":"a"}],"Limit":2}"""),
        ("BatchExecuteStatement", """{"Statements":[{"Statement":"INSERT INTO broken VALUE {'p': 'b', 's': 1, 'x': <<1, 2>>}"},{"Statement":"UPDATE broken SET x = set_add(x, ?) REMOVE y WHERE p = 'b' AND s = 1 RETURNING ALL OLD *","Parameters":[{"NS":["3"]}]}]}"""),
        ("ExecuteTransaction", """{"TransactStatements":[{"Statement":"EXISTS(SELECT * FROM broken WHERE p = 'a' AND s = 1 AND x IS MISSING)"},{"Statement":"DELETE FROM broken WHERE p = ? AND s = ?","Parameters":[{"S":"b"},{"N":"1"}]}]}"""),
        ("TagResource", """{"ResourceArn":"arn:aws:dynamodb:eu-central-1:123456789012:table/broken","Tags":[{"Key":"a","Value":"b"}]}"""),
        ("ListTables", """{"ExclusiveStartTableName":"a","Limit":3}"""),
        ("DescribeStream", """{"StreamArn":"arn:aws:dynamodb:eu-central-1:123456789012:table/broken/stream/2026-01-01T00:00:00.000","Limit":1,"ExclusiveStartShardId":"shardId-00000000000000000000-00000000"}"""),
        ("GetShardIterator", """{"StreamArn":"arn:aws:dynamodb:eu-central-1:123456789012:table/broken/stream/2026-01-01T00:00:00.000","ShardId":"shardId-00000000000000000000-00000000","ShardIteratorType":"AT_SEQUENCE_NUMBER","SequenceNumber":"1"}"""),
        ("GetRecords", """{"ShardIterator":"arn:aws:dynamodb:eu-central-1:123456789012:table/broken/stream/2026-01-01T00:00:00.000|1|abc","Limit":1}"""),
    ];

    // What can stand anywhere, and is right almost nowhere.
    static readonly string[] Wrong = ["null", "[]", "{}", "[null]", "\"\"", "0", "-1", "1e400", "true", "\"p\"", "{\"S\":\"x\"}", "{\"N\":\"1e999\"}", "{\"S\":\"x\",\"N\":\"1\"}", "{\"L\":[null]}", "{\"M\":{\"a\":null}}", "{\"NS\":[null]}", "{\"X\":1}", "[[]]", "99999999999999999999"];

    static readonly string[] Words = ["(", ")", ",", "=", "<>", "AND", "OR", "NOT", "BETWEEN", "IN", "size", "[", "]", "[0]", ".", "#", ":", ":v", "#n", "SET", "+", "''", "\"", "1", "attribute_exists(", "<<", "{", "?", " ", "é", "\u0000"];

    [Fact]
    public async Task Are_never_the_servers_fault()
    {
        await server.Send("CreateTable", """
            {"TableName":"broken","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"s","AttributeType":"N"}],
             "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}]}
            """);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        foreach (var (operation, whole) in Whole)
            for (var number = 0; number < BreaksOfEach; number++)
            {
                var broken = number % 3 == 0 ? WithOtherWords(whole, random) : WithAnother(whole, random);
                var (status, answer) = await server.Send(operation, broken);
                Assert.True(
                    status is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotImplemented && !answer.Contains("InternalServerError", StringComparison.Ordinal),
                    $"{operation} {broken}: {(int)status} {answer} (seed {seed})");
            }
    }

    [Theory]
    [InlineData("GetItem", """{"TableName":"broken","Key":{"p":{"S":"a"}},"AttributesToGet":[null]}""")]
    [InlineData("BatchGetItem", """{"RequestItems":{"broken":{"Keys":[null]}}}""")]
    [InlineData("BatchWriteItem", """{"RequestItems":{"broken":null}}""")]
    [InlineData("TransactWriteItems", """{"TransactItems":[null]}""")]
    [InlineData("PutItem", """{"TableName":"broken","Item":{"p":{"S":"a"}},"ExpressionAttributeNames":{"#a":null}}""")]
    public async Task A_null_in_a_list_or_a_map_cannot_be_read(string operation, string request)
    {
        var (status, answer) = await server.Send(operation, request);
        Assert.Equal((HttpStatusCode.BadRequest, "com.amazon.coral.service#SerializationException"), (status, (string?)JsonNode.Parse(answer)!["__type"]));
    }

    /// <summary>One of its values, however deep, is something else.</summary>
    static string WithAnother(string request, Random random)
    {
        var root = JsonNode.Parse(request)!;
        var places = new List<Action<JsonNode?>>();
        Gather(root, places);
        places[random.Next(places.Count)](JsonNode.Parse(Wrong[random.Next(Wrong.Length)]));
        return root.ToJsonString();
    }

    /// <summary>A few words stand somewhere in its texts.</summary>
    static string WithOtherWords(string request, Random random)
    {
        var root = JsonNode.Parse(request)!;
        var texts = new List<Action<JsonNode?>>();
        var values = new List<string>();
        Gather(root, texts, values);
        var one = random.Next(values.Count);
        var text = new StringBuilder(values[one]);
        for (var words = random.Next(1, 4); words > 0; words--) text.Insert(random.Next(text.Length + 1), string.Create(CultureInfo.InvariantCulture, $" {Words[random.Next(Words.Length)]}"));
        if (random.Next(2) == 0) text.Remove(0, random.Next(text.Length));
        texts[one](text.ToString());
        return root.ToJsonString();
    }

    /// <param name="texts">When given, only places of texts are gathered, and what stands there.</param>
    static void Gather(JsonNode node, List<Action<JsonNode?>> places, List<string>? texts = null)
    {
        var members = node switch
        {
            JsonObject map => map.Select(member => (member.Value, Put: (Action<JsonNode?>)(other => map[member.Key] = other))),
            JsonArray list => list.Select((element, index) => (element, (Action<JsonNode?>)(other => list[index] = other))),
            _ => [],
        };
        foreach (var (value, put) in members.ToArray())
        {
            if (texts is null) places.Add(put);
            else if (value?.GetValueKind() == System.Text.Json.JsonValueKind.String)
            {
                places.Add(put);
                texts.Add((string)value!);
            }
            if (value is not null) Gather(value, places, texts);
        }
    }
}

static class DynamoRequests
{
    public static async Task<(HttpStatusCode Status, string Answer)> Send(this WholeServer server, string operation, string request)
    {
        using var content = new StringContent(request);
        content.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        using var answer = await server.Http.PostAsync("/", content, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
