using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Legacy;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>PutItem, UpdateItem and DeleteItem.</summary>
static class ItemWriteOperations
{
    public static Task PutItem(HttpContext http) => ServeAsync(http, PutOf);

    public static Task UpdateItem(HttpContext http) => ServeAsync(http, UpdateOf);

    public static Task DeleteItem(HttpContext http) => ServeAsync(http, DeleteOf);

    /// <summary>What is asked for, which may still not fit its table: <see cref="ItemRules.RequireFit"/> says.</summary>
    /// <exception cref="AwsException">The request breaks a rule, or its table is not there.</exception>
    public static ItemPut PutOf(HttpContext http, WriteItemRequest request)
    {
        if (request.Item is not { } item) throw Missing("item");
        RequestRules.RequireOneKind(
            [("ConditionExpression", request.ConditionExpression)], [("Expected", request.Expected)], request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        ItemRules.RequireValues(item);
        if (request.ReturnValues is not (null or "ALL_OLD" or "NONE")) throw DynamoErrors.Invalid("ReturnValues can only be ALL_OLD or NONE");
        RequireSize(item);
        var condition = ConditionOf(request, new RequestExpressions(request.ExpressionAttributeNames, request.ExpressionAttributeValues, condition: request.ConditionExpression));
        return new ItemPut(RequestRules.Table(http, request.TableName), item) { Condition = condition, ShowsFailed = ShowsFailed(request) };
    }

    /// <inheritdoc cref="PutOf"/>
    public static ItemUpdate UpdateOf(HttpContext http, WriteItemRequest request)
    {
        var key = RequireKey(request);
        RequestRules.RequireOneKind(
            [("UpdateExpression", request.UpdateExpression), ("ConditionExpression", request.ConditionExpression)],
            [("AttributeUpdates", request.AttributeUpdates), ("Expected", request.Expected)], request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        ItemRules.RequireValues(key);
        UpdateAction[] legacy = [.. (request.AttributeUpdates ?? []).Select(update => new AttributeUpdate(update.Value.Action ?? "PUT", update.Value.Value).Of(update.Key))];
        var expressions = new RequestExpressions(request.ExpressionAttributeNames, request.ExpressionAttributeValues, request.UpdateExpression, request.ConditionExpression);
        var condition = ConditionOf(request, expressions);
        var update = expressions.Update ?? new Update(legacy);
        return new ItemUpdate(RequestRules.Table(http, request.TableName), key, update) { Condition = condition, ShowsFailed = ShowsFailed(request) };
    }

    /// <inheritdoc cref="PutOf"/>
    public static ItemDelete DeleteOf(HttpContext http, WriteItemRequest request)
    {
        if (request.ReturnValues is not (null or "ALL_OLD" or "NONE")) throw DynamoErrors.Invalid("ReturnValues can only be ALL_OLD or NONE");
        var (table, key, condition) = KeyAndCondition(http, request);
        return new ItemDelete(table, key) { Condition = condition, ShowsFailed = ShowsFailed(request) };
    }

    /// <inheritdoc cref="PutOf"/>
    public static ItemCheck CheckOf(HttpContext http, WriteItemRequest request)
    {
        if (request.ConditionExpression is null) throw Missing("conditionExpression");
        var (table, key, condition) = KeyAndCondition(http, request);
        return new ItemCheck(table, key) { Condition = condition, ShowsFailed = ShowsFailed(request) };
    }

    /// <summary>How large the items of the changed item's partition are together, for tables on which that is limited.</summary>
    public static ItemCollectionMetricsWire? MetricsOf(HttpContext http, ItemWrite write, string? asked)
    {
        const double BytesPerGigabyte = 1024.0 * 1024 * 1024;
        if (asked != "SIZE" || !write.Table.LocalIndexes.Any()) return null;
        var gigabytes = Math.Floor(DynamoDoor.Service<ItemReader>(http).CollectionBytes(write.Table, write.Target) / BytesPerGigabyte);
        return new ItemCollectionMetricsWire(write.Target.Pick([write.Table.Key.Partition.Name]), [gigabytes, gigabytes + 1]);
    }

    /// <param name="asked">As <c>ReturnValues</c> names it.</param>
    public static MapValue? AttributesOf(ItemChange change, string? asked)
    {
        var shown = asked switch
        {
            "ALL_OLD" => change.Before,
            "ALL_NEW" => change.After,
            "UPDATED_OLD" => Updated(change, change.Before),
            "UPDATED_NEW" => Updated(change, change.After),
            _ => null,
        };
        return shown is { Entries.Count: 0 } ? null : shown;
    }

    public static void RequireSize(MapValue item)
    {
        if (ItemSize.Of(item) > ItemRules.ItemBytesMax) throw DynamoErrors.Invalid("Item size has exceeded the maximum allowed size");
    }

    static async Task ServeAsync(HttpContext http, Func<HttpContext, WriteItemRequest, ItemWrite> read)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.WriteItemRequest);
        TableNames.Require(request.TableName);
        DynamoDoor.Request(http).Table = request.TableName;
        new Validation().RequireCapacity(request.ReturnConsumedCapacity).RequireWrite(request).ThrowIfAny();
        var write = read(http, request);
        ItemRules.RequireFit(write);
        var change = await DynamoDoor.Service<ItemStore>(http).WriteAsync(write, SentTrace.Of(http));
        var answer = new WriteItemAnswer(
            AttributesOf(change, request.ReturnValues), CapacityUnits.OfWrites(change.Write.Table, [change]).Shown(request.ReturnConsumedCapacity),
            MetricsOf(http, change.Write, request.ReturnItemCollectionMetrics));
        await DynamoDoor.WriteAsync(http, answer, DynamoJson.Wire.WriteItemAnswer);
    }

    static MapValue? Updated(ItemChange change, MapValue? item) =>
        item is null || change.Write is not ItemUpdate { Update: var update } ? null : new Projection([.. update.Actions.Select(action => action.Path)]).Of(item);

    static (TableModel Table, MapValue Key, Condition? Condition) KeyAndCondition(HttpContext http, WriteItemRequest request)
    {
        var key = RequireKey(request);
        RequestRules.RequireOneKind(
            [("ConditionExpression", request.ConditionExpression)], [("Expected", request.Expected)], request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        ItemRules.RequireValues(key);
        var condition = ConditionOf(request, new RequestExpressions(request.ExpressionAttributeNames, request.ExpressionAttributeValues, condition: request.ConditionExpression));
        return (RequestRules.Table(http, request.TableName), key, condition);
    }

    static Condition? ConditionOf(WriteItemRequest request, RequestExpressions expressions)
    {
        if (request.ConditionalOperator is not null && request.Expected is not { Count: > 1 })
            throw DynamoErrors.InvalidValues(
                request.Expected is { Count: 1 } ? "ConditionalOperator can only be used when Filter or Expected has two or more elements" : "ConditionalOperator cannot be used without Filter or Expected");
        return expressions.Condition
            ?? AttributeCondition.Join((request.Expected ?? []).Select(expected => expected.Value.ToExpected().On(expected.Key)), request.ConditionalOperator == "OR");
    }

    static MapValue RequireKey(WriteItemRequest request) => request.Key ?? throw Missing("key");

    static bool ShowsFailed(WriteItemRequest request) => request.ReturnValuesOnConditionCheckFailure == "ALL_OLD";

    static AwsException Missing(string member) =>
        DynamoErrors.Invalid($"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");
}
