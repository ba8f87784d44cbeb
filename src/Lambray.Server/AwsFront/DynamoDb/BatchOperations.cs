using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>BatchGetItem and BatchWriteItem: many items at once, each for itself.</summary>
static class BatchOperations
{
    const int GetsMax = 100;
    const int WritesMax = 25;
    const int AnswerBytesMax = 16 * 1024 * 1024;

    public static Task BatchGetItem(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.BatchGetRequest);
        new Validation().RequireCapacity(request.ReturnConsumedCapacity).ThrowIfAny();
        var asked = RequireItems(request.RequestItems);
        if (asked.Values.Any(keys => keys.Keys is not { Count: > 0 }))
            throw DynamoErrors.Invalid("1 validation error detected: Value '[]' at 'requestItems.member.keys' failed to satisfy constraint: Member must have length greater than or equal to 1");
        if (asked.Values.Sum(keys => keys.Keys!.Count) > GetsMax) throw DynamoErrors.Invalid("Too many items requested for the BatchGetItem call");
        var (responses, left, units) = (new Dictionary<string, IReadOnlyList<MapValue>>(), new Dictionary<string, KeysRequest>(), new List<CapacityUnits>());
        var bytesLeft = AnswerBytesMax;
        // All are looked at before any is answered.
        var tables = asked.Select(keys => (keys.Key, Get: GetOf(keys.Key, keys.Value), keys.Value.Keys, Table: RequestRules.Table(http, keys.Key))).ToArray();
        foreach (var (name, get, keys, table) in tables)
        {
            var projection = ItemReadOperations.ProjectionOf(get);
            foreach (var key in keys!) ItemReadOperations.RequireKey(table, key, projection);
            if (keys.Distinct().Count() < keys.Count) throw DynamoErrors.Invalid("Provided list of item keys contains duplicates");
            var (found, sizes, unread) = (new List<MapValue>(), new List<int>(), new List<MapValue>());
            foreach (var key in keys)
            {
                if (bytesLeft <= 0)
                {
                    unread.Add(key);
                    continue;
                }
                var item = DynamoDoor.Service<ItemReader>(http).Find(table, key);
                sizes.Add(item is null ? 0 : ItemSize.Of(item));
                bytesLeft -= sizes[^1];
                if (ItemReadOperations.Projected(item, projection) is { } shown) found.Add(shown);
            }
            responses[name] = found;
            if (unread.Count > 0) left[name] = asked[name] with { Keys = unread };
            units.Add(CapacityUnits.OfReads(table, sizes, get.ConsistentRead ?? false));
        }
        DynamoDoor.Request(http).Count = responses.Values.Sum(items => items.Count);
        return DynamoDoor.WriteAsync(http, new BatchGetAnswer(responses, left, Shown(units, request.ReturnConsumedCapacity)), DynamoJson.Wire.BatchGetAnswer);
    }

    public static async Task BatchWriteItem(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.BatchWriteRequest);
        new Validation().RequireCapacity(request.ReturnConsumedCapacity).ThrowIfAny();
        var asked = RequireItems(request.RequestItems);
        if (asked.Values.Any(writes => writes.Count == 0))
            throw DynamoErrors.Invalid("1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]");
        if (asked.Values.Sum(writes => writes.Count) > WritesMax) throw DynamoErrors.Invalid("Too many items requested for the BatchWriteItem call");
        ItemWrite[] writes = [.. asked.SelectMany(table => table.Value.Select(write => WriteOf(http, table.Key, write)))];
        if (writes.Select(write => (write.Table.Name, write.Table.KeyOf(write.Target))).Distinct().Count() < writes.Length)
            throw DynamoErrors.Invalid("Provided list of item keys contains duplicates");
        var changes = await DynamoDoor.Service<ItemStore>(http).WriteAllAsync(writes, SentTrace.Of(http));
        var units = changes.GroupBy(change => change.Write.Table.Name).Select(group => CapacityUnits.OfWrites(group.First().Write.Table, group));
        await DynamoDoor.WriteAsync(
            http, new BatchWriteAnswer([], Shown(units, request.ReturnConsumedCapacity), Metrics(http, writes, request.ReturnItemCollectionMetrics)), DynamoJson.Wire.BatchWriteAnswer);
    }

    internal static IReadOnlyList<ConsumedCapacityWire>? Shown(IEnumerable<CapacityUnits> units, string? asked) =>
        asked is "TOTAL" or "INDEXES" ? [.. units.Select(table => table.Shown(asked)!)] : null;

    internal static Dictionary<string, IReadOnlyList<ItemCollectionMetricsWire>>? Metrics(HttpContext http, IEnumerable<ItemWrite> writes, string? asked)
    {
        if (asked != "SIZE") return null;
        return writes.Where(write => write.Table.LocalIndexes.Any()).GroupBy(write => write.Table.Name)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<ItemCollectionMetricsWire>)[.. group.Select(write => ItemWriteOperations.MetricsOf(http, write, asked)!)]);
    }

    static Dictionary<string, T> RequireItems<T>(Dictionary<string, T>? items)
    {
        if (items is null) throw DynamoErrors.Invalid("1 validation error detected: Value null at 'requestItems' failed to satisfy constraint: Member must not be null");
        if (items.Count == 0)
            throw DynamoErrors.Invalid("1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1");
        foreach (var name in items.Keys) TableNames.Require(name);
        return items;
    }

    static GetItemRequest GetOf(string table, KeysRequest keys)
    {
        foreach (var key in keys.Keys!) ItemRules.RequireValues(key);
        return new GetItemRequest
        {
            TableName = table,
            AttributesToGet = keys.AttributesToGet,
            ConsistentRead = keys.ConsistentRead,
            ProjectionExpression = keys.ProjectionExpression,
            ExpressionAttributeNames = keys.ExpressionAttributeNames,
        };
    }

    static ItemWrite WriteOf(HttpContext http, string table, WriteRequestWire write)
    {
        if (write.PutRequest is null == write.DeleteRequest is null)
            throw DynamoErrors.Invalid("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        ItemWrite read = write.PutRequest is { } put
            ? ItemWriteOperations.PutOf(http, new WriteItemRequest { TableName = table, Item = put.Item })
            : ItemWriteOperations.DeleteOf(http, new WriteItemRequest { TableName = table, Key = write.DeleteRequest!.Key });
        ItemRules.RequireFit(read);
        return read;
    }
}
