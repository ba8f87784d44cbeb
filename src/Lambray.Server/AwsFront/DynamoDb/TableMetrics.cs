using System.Collections.Concurrent;
using Lambray.Aws;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.Metrics;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>What CloudWatch is told of tables ("DynamoDB metrics and dimensions" in the Developer Guide).</summary>
sealed class TableMetrics(MetricStore metrics, TimeProvider time)
{
    readonly ConcurrentDictionary<(string Name, string Value, string Table), ResourceMetrics> known = [];

    public async Task ServeAsync(HttpContext http, DynamoRequest request, RequestDelegate serve)
    {
        var began = time.GetTimestamp();
        try
        {
            await serve(http);
        }
        catch (AwsException error)
        {
            if (request.Table is { } failed && error.Code == DynamoErrors.ConditionalCheckFailed) Of(failed).Record("ConditionalCheckFailedRequests", 1, MetricUnit.Count);
            else if (error.Status == StatusCodes.Status400BadRequest) Everything.Record("UserErrors", 1, MetricUnit.Count);
            throw;
        }
        if (request.Table is not { } table) return;
        Of(table, "Operation", request.Operation).Record("SuccessfulRequestLatency", time.GetElapsedTime(began).TotalMilliseconds, MetricUnit.Milliseconds);
        if (request is { Operation: "Query" or "Scan", Count: { } count }) Of(table, "Operation", request.Operation).Record("ReturnedItemCount", count, MetricUnit.Count);
        foreach (var units in request.Spent) Spend(units);
    }

    void Spend(CapacityUnits units)
    {
        var name = units.IsRead ? "ConsumedReadCapacityUnits" : "ConsumedWriteCapacityUnits";
        Of(units.Table.Name).Record(name, units.OfTable, MetricUnit.Count);
        foreach (var (index, spent) in units.OfGlobalIndexes) Of(units.Table.Name, "GlobalSecondaryIndexName", index).Record(name, spent, MetricUnit.Count);
    }

    ResourceMetrics Everything => Of("", "", "");

    ResourceMetrics Of(string table, string dimension = "", string value = "") => known.GetOrAdd((dimension, value, table), key => new ResourceMetrics(
        metrics, "AWS/DynamoDB",
        [.. key.Table.Length > 0 ? new[] { new MetricDimension("TableName", key.Table) } : [], .. key.Name.Length > 0 ? new[] { new MetricDimension(key.Name, key.Value) } : []], time));
}
