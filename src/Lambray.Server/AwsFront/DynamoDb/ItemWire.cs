using Lambray.Resources.DynamoDb.Legacy;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Server.AwsFront.DynamoDb;

sealed record GetItemRequest
{
    public string? TableName { get; init; }

    public MapValue? Key { get; init; }

    public IReadOnlyList<string>? AttributesToGet { get; init; }

    public bool? ConsistentRead { get; init; }

    public string? ReturnConsumedCapacity { get; init; }

    public string? ProjectionExpression { get; init; }

    public Dictionary<string, string>? ExpressionAttributeNames { get; init; }
}

sealed record GetItemAnswer(MapValue? Item, ConsumedCapacityWire? ConsumedCapacity);

/// <summary>PutItem, UpdateItem and DeleteItem: each reads its own fields of these.</summary>
record WriteItemRequest
{
    public string? TableName { get; init; }

    public MapValue? Item { get; init; }

    public MapValue? Key { get; init; }

    public Dictionary<string, ExpectedWire>? Expected { get; init; }

    public Dictionary<string, AttributeUpdateWire>? AttributeUpdates { get; init; }

    public string? ConditionalOperator { get; init; }

    public string? ReturnValues { get; init; }

    public string? ReturnConsumedCapacity { get; init; }

    public string? ReturnItemCollectionMetrics { get; init; }

    public string? UpdateExpression { get; init; }

    public string? ConditionExpression { get; init; }

    public Dictionary<string, string>? ExpressionAttributeNames { get; init; }

    public Dictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    public string? ReturnValuesOnConditionCheckFailure { get; init; }
}

sealed record ExpectedWire(AttributeValue? Value, bool? Exists, string? ComparisonOperator, IReadOnlyList<AttributeValue>? AttributeValueList)
{
    public ExpectedAttribute ToExpected() => new(Value, Exists, ComparisonOperator, AttributeValueList);
}

sealed record AttributeUpdateWire(AttributeValue? Value, string? Action);

sealed record ConditionWire(IReadOnlyList<AttributeValue>? AttributeValueList, string? ComparisonOperator)
{
    public AttributeCondition ToCondition() => new AttributeCondition(ComparisonOperator!, AttributeValueList ?? []).Checked();
}

sealed record WriteItemAnswer(MapValue? Attributes, ConsumedCapacityWire? ConsumedCapacity, ItemCollectionMetricsWire? ItemCollectionMetrics);

sealed record ItemCollectionMetricsWire(MapValue ItemCollectionKey, IReadOnlyList<double> SizeEstimateRangeGB);

sealed record QueryRequest
{
    public string? TableName { get; init; }

    public string? IndexName { get; init; }

    public string? Select { get; init; }

    public IReadOnlyList<string>? AttributesToGet { get; init; }

    public int? Limit { get; init; }

    public bool? ConsistentRead { get; init; }

    public Dictionary<string, ConditionWire>? KeyConditions { get; init; }

    public Dictionary<string, ConditionWire>? QueryFilter { get; init; }

    public Dictionary<string, ConditionWire>? ScanFilter { get; init; }

    public string? ConditionalOperator { get; init; }

    public bool? ScanIndexForward { get; init; }

    public MapValue? ExclusiveStartKey { get; init; }

    public string? ReturnConsumedCapacity { get; init; }

    public int? TotalSegments { get; init; }

    public int? Segment { get; init; }

    public string? ProjectionExpression { get; init; }

    public string? FilterExpression { get; init; }

    public string? KeyConditionExpression { get; init; }

    public Dictionary<string, string>? ExpressionAttributeNames { get; init; }

    public Dictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }
}

sealed record QueryAnswer(IReadOnlyList<MapValue>? Items, int Count, int ScannedCount, MapValue? LastEvaluatedKey, ConsumedCapacityWire? ConsumedCapacity);

sealed record KeysRequest
{
    public IReadOnlyList<MapValue>? Keys { get; init; }

    public IReadOnlyList<string>? AttributesToGet { get; init; }

    public bool? ConsistentRead { get; init; }

    public string? ProjectionExpression { get; init; }

    public Dictionary<string, string>? ExpressionAttributeNames { get; init; }
}

sealed record BatchGetRequest(Dictionary<string, KeysRequest>? RequestItems, string? ReturnConsumedCapacity);

sealed record BatchGetAnswer(
    Dictionary<string, IReadOnlyList<MapValue>> Responses, Dictionary<string, KeysRequest> UnprocessedKeys, IReadOnlyList<ConsumedCapacityWire>? ConsumedCapacity);

sealed record PutRequestWire(MapValue? Item);

sealed record DeleteRequestWire(MapValue? Key);

sealed record WriteRequestWire(PutRequestWire? PutRequest, DeleteRequestWire? DeleteRequest);

sealed record BatchWriteRequest(
    Dictionary<string, IReadOnlyList<WriteRequestWire>>? RequestItems, string? ReturnConsumedCapacity, string? ReturnItemCollectionMetrics);

sealed record BatchWriteAnswer(
    Dictionary<string, IReadOnlyList<WriteRequestWire>> UnprocessedItems, IReadOnlyList<ConsumedCapacityWire>? ConsumedCapacity,
    Dictionary<string, IReadOnlyList<ItemCollectionMetricsWire>>? ItemCollectionMetrics);

sealed record TransactGetItemWire(GetItemRequest? Get);

sealed record TransactGetRequest(IReadOnlyList<TransactGetItemWire>? TransactItems, string? ReturnConsumedCapacity);

sealed record ItemWire(MapValue? Item);

sealed record TransactGetAnswer(IReadOnlyList<ItemWire> Responses, IReadOnlyList<ConsumedCapacityWire>? ConsumedCapacity);

sealed record TransactWriteItemWire(WriteItemRequest? ConditionCheck, WriteItemRequest? Put, WriteItemRequest? Delete, WriteItemRequest? Update);

sealed record TransactWriteRequest(
    IReadOnlyList<TransactWriteItemWire>? TransactItems, string? ReturnConsumedCapacity, string? ReturnItemCollectionMetrics, string? ClientRequestToken);

sealed record TransactWriteAnswer(IReadOnlyList<ConsumedCapacityWire>? ConsumedCapacity, Dictionary<string, IReadOnlyList<ItemCollectionMetricsWire>>? ItemCollectionMetrics);
