using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>The JSON of DynamoDB, made at compile time: names as the API has them, absent fields left out.</summary>
[JsonSerializable(typeof(TableRequest))]
[JsonSerializable(typeof(CreateTableRequest))]
[JsonSerializable(typeof(UpdateTableRequest))]
[JsonSerializable(typeof(ListTablesRequest))]
[JsonSerializable(typeof(ListTablesAnswer))]
[JsonSerializable(typeof(TableAnswer))]
[JsonSerializable(typeof(TableDescriptionAnswer))]
[JsonSerializable(typeof(UpdateTimeToLiveRequest))]
[JsonSerializable(typeof(TimeToLiveAnswer))]
[JsonSerializable(typeof(TimeToLiveDescriptionAnswer))]
[JsonSerializable(typeof(TagRequest))]
[JsonSerializable(typeof(TagsAnswer))]
[JsonSerializable(typeof(LimitsAnswer))]
[JsonSerializable(typeof(EndpointsAnswer))]
[JsonSerializable(typeof(UpdateContinuousBackupsRequest))]
[JsonSerializable(typeof(ContinuousBackupsAnswer))]
[JsonSerializable(typeof(GetItemRequest))]
[JsonSerializable(typeof(GetItemAnswer))]
[JsonSerializable(typeof(WriteItemRequest))]
[JsonSerializable(typeof(WriteItemAnswer))]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(QueryAnswer))]
[JsonSerializable(typeof(BatchGetRequest))]
[JsonSerializable(typeof(BatchGetAnswer))]
[JsonSerializable(typeof(BatchWriteRequest))]
[JsonSerializable(typeof(BatchWriteAnswer))]
[JsonSerializable(typeof(TransactGetRequest))]
[JsonSerializable(typeof(TransactGetAnswer))]
[JsonSerializable(typeof(TransactWriteRequest))]
[JsonSerializable(typeof(TransactWriteAnswer))]
[JsonSerializable(typeof(StatementRequest))]
[JsonSerializable(typeof(StatementAnswer))]
[JsonSerializable(typeof(StatementsRequest))]
[JsonSerializable(typeof(StatementsAnswer))]
[JsonSerializable(typeof(StreamRequest))]
[JsonSerializable(typeof(ListStreamsAnswer))]
[JsonSerializable(typeof(DescribeStreamAnswer))]
[JsonSerializable(typeof(ShardIteratorAnswer))]
[JsonSerializable(typeof(GetRecordsAnswer))]
sealed partial class DynamoJson : JsonSerializerContext
{
    // Items may be 32 levels deep, each of which takes two of JSON's.
    const int DepthMax = 256;

    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static DynamoJson Wire { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = Encoder,
        MaxDepth = DepthMax,
    });
}
