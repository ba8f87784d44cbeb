using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>Query: items of one partition of a table or an index, in the order of their sort keys.</summary>
static class QueryOperation
{
    public static Task Query(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.QueryRequest);
        TableNames.Require(request.TableName);
        new Validation().RequireQuery(request).ThrowIfAny();
        RequestRules.RequireOneKind(
            [("ProjectionExpression", request.ProjectionExpression), ("FilterExpression", request.FilterExpression), ("KeyConditionExpression", request.KeyConditionExpression)],
            // The older form of key conditions goes with the newer filters.
            [
                ("AttributesToGet", request.AttributesToGet), ("QueryFilter", request.QueryFilter), ("ConditionalOperator", request.ConditionalOperator),
                ("KeyConditions", request.KeyConditionExpression is null ? null : request.KeyConditions),
            ],
            request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var legacyFilter = RequestRules.ConditionOf(request.QueryFilter, request.ConditionalOperator);
        var wanted = WantedAttributes.Read(request);
        ItemPaging.RequireStartValues(request);
        if (request.KeyConditions is null && request.KeyConditionExpression is null)
            throw DynamoErrors.Invalid("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        var expressions = ExpressionsOf(request);
        var conditions = ConditionsOf(request, expressions);
        var (table, index) = ItemPaging.TreeOf(http, request);
        var (start, end) = conditions.RangeIn(table, index);
        if (request.ExclusiveStartKey is { } startKey)
        {
            ItemPaging.RequireStart(table, index, startKey);
            conditions.RequireWithin(index?.Key ?? table.Key, startKey);
        }
        var filter = expressions.Filter ?? legacyFilter;
        RequireNoKeys(index?.Key ?? table.Key, filter, request);
        ItemRules.RequireScalarKeys(table, [.. MentionedPaths.In(filter), .. expressions.Projection?.Paths ?? []]);
        var walk = new ItemWalk(table, index, start, end)
        {
            IsBackward = request.ScanIndexForward == false,
            LimitMax = request.Limit ?? int.MaxValue,
            After = request.ExclusiveStartKey,
            Filter = filter,
        };
        return ItemPaging.AnswerAsync(http, request, walk, wanted, expressions.Projection);
    }

    /// <summary>What a request says of keys, whatever else it says.</summary>
    /// <exception cref="AwsException">It says nothing that could be read.</exception>
    public static KeyConditions ConditionsOf(QueryRequest request) => ConditionsOf(request, ExpressionsOf(request));

    static RequestExpressions ExpressionsOf(QueryRequest request) => new(
        request.ExpressionAttributeNames, request.ExpressionAttributeValues, keyCondition: request.KeyConditionExpression, filter: request.FilterExpression,
        projection: request.ProjectionExpression);

    static KeyConditions ConditionsOf(QueryRequest request, RequestExpressions expressions) =>
        expressions.KeyCondition is { } condition ? KeyConditions.Of(condition)
        : new((request.KeyConditions ?? []).ToDictionary(one => one.Key, one => one.Value.ToCondition().OnKey()));

    // What the key condition can say, the filter must not.
    static void RequireNoKeys(KeySchema key, Condition? filter, QueryRequest request)
    {
        var mentioned = MentionedPaths.In(filter).Select(path => path.Attribute).ToHashSet(StringComparer.Ordinal);
        foreach (var name in key.Names)
            if (mentioned.Contains(name))
                throw DynamoErrors.Invalid(
                    $"{(request.QueryFilter is null ? "Filter Expression" : "QueryFilter")} can only contain non-primary key attributes: Primary key attribute: {name}");
    }
}
