using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>Scan: all items of a table or an index, or of one of the segments into which parallel scans divide it.</summary>
static class ScanOperation
{
    public static Task Scan(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.QueryRequest);
        TableNames.Require(request.TableName);
        new Validation().RequireQuery(request).ThrowIfAny();
        RequestRules.RequireOneKind(
            [("ProjectionExpression", request.ProjectionExpression), ("FilterExpression", request.FilterExpression)],
            [("AttributesToGet", request.AttributesToGet), ("ScanFilter", request.ScanFilter), ("ConditionalOperator", request.ConditionalOperator)],
            request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var wanted = WantedAttributes.Read(request);
        var legacyFilter = RequestRules.ConditionOf(request.ScanFilter, request.ConditionalOperator);
        ItemPaging.RequireStartValues(request);
        RequireSegment(request);
        var expressions = new RequestExpressions(
            request.ExpressionAttributeNames, request.ExpressionAttributeValues, filter: request.FilterExpression, projection: request.ProjectionExpression);
        var (table, index) = ItemPaging.TreeOf(http, request);
        if (request.ExclusiveStartKey is { } startKey) ItemPaging.RequireStart(table, index, startKey);
        var filter = expressions.Filter ?? legacyFilter;
        ItemRules.RequireScalarKeys(table, [.. MentionedPaths.In(filter), .. expressions.Projection?.Paths ?? []]);
        var (start, end) = TableRange.Of(table, index, request.Segment ?? 0, request.TotalSegments ?? 1);
        var walk = new ItemWalk(table, index, start, end) { LimitMax = request.Limit ?? int.MaxValue, After = request.ExclusiveStartKey, Filter = filter };
        return ItemPaging.AnswerAsync(http, request, walk, wanted, expressions.Projection);
    }

    static void RequireSegment(QueryRequest request)
    {
        if (request.Segment is not null && request.TotalSegments is null)
            throw DynamoErrors.Invalid("The TotalSegments parameter is required but was not present in the request when Segment parameter is present");
        if (request.TotalSegments is not { } total) return;
        if (request.Segment is not { } segment)
            throw DynamoErrors.Invalid("The Segment parameter is required but was not present in the request when parameter TotalSegments is present");
        if (segment >= total)
            throw DynamoErrors.Invalid(
                $"The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {total}");
    }
}
