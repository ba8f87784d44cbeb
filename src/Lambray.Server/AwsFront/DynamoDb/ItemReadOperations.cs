using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>GetItem. All reads are consistent; what a caller asks for decides only what it would have cost.</summary>
static class ItemReadOperations
{
    public static Task GetItem(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.GetItemRequest);
        TableNames.Require(request.TableName);
        new Validation().RequireCapacity(request.ReturnConsumedCapacity).Require(request.Key is not null, null, "key", "Member must not be null").ThrowIfAny();
        var projection = ProjectionOf(request);
        var table = RequestRules.Table(http, request.TableName);
        RequireKey(table, request.Key!, projection);
        var item = DynamoDoor.Service<ItemReader>(http).Find(table, request.Key!);
        var units = CapacityUnits.OfReads(http, table, [item is null ? 0 : ItemSize.Of(item)], request.ConsistentRead ?? false);
        return DynamoDoor.WriteAsync(http, new GetItemAnswer(Projected(item, projection), units.Shown(request.ReturnConsumedCapacity)), DynamoJson.Wire.GetItemAnswer);
    }

    public static Projection? ProjectionOf(GetItemRequest request)
    {
        RequestRules.RequireOneKind(
            [("ProjectionExpression", request.ProjectionExpression)], [("AttributesToGet", request.AttributesToGet)], request.ExpressionAttributeNames, values: null);
        ItemRules.RequireValues(request.Key);
        return RequestRules.ProjectionOf(request.AttributesToGet)
            ?? new RequestExpressions(request.ExpressionAttributeNames, values: null, projection: request.ProjectionExpression).Projection;
    }

    public static void RequireKey(TableModel table, MapValue key, Projection? projection)
    {
        ItemRules.RequireKey(table, key);
        ItemRules.RequireScalarKeys(table, projection?.Paths ?? []);
    }

    public static MapValue? Projected(MapValue? item, Projection? projection) => item is null || projection is null ? item : projection.Of(item);
}
