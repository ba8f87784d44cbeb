using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.PartiQl;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Server.AwsFront.DynamoDb;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>
/// Permissions of DynamoDB's operations: on the table, its index or its stream; batches and transactions on each of their tables. With the keys of
/// partitions that are asked for, by which policies give users rows of their own ("Using IAM policy conditions for fine-grained access control").
/// </summary>
static class DynamoPermissions
{
    public static IEnumerable<Permission> Of(HttpContext http, string operation, AwsHome home)
    {
        if (http.Request.Body is not MemoryStream { Length: > 0 } body || Parse(body) is not { ValueKind: JsonValueKind.Object } request) return [new Permission($"dynamodb:{operation}")];
        var keys = new LeadingKeys(http.RequestServices.GetRequiredService<TableDirectory>());
        var accesses = operation switch
        {
            "BatchGetItem" or "BatchWriteItem" => Members(request, "RequestItems").Select(table => new Access(operation, TableArn(table.Name, home), keys.OfBatch(table.Name, table.Value))),
            "TransactGetItems" => Elements(request, "TransactItems").SelectMany(action => OfAction(action, home, keys, _ => "GetItem")),
            "TransactWriteItems" => Elements(request, "TransactItems").SelectMany(action => OfAction(action, home, keys, name => name == "ConditionCheck" ? "ConditionCheckItem" : $"{name}Item")),
            "ExecuteStatement" => OfStatement(request, home, keys),
            "BatchExecuteStatement" => Elements(request, "Statements").SelectMany(one => OfStatement(one, home, keys)),
            "ExecuteTransaction" => Elements(request, "TransactStatements").SelectMany(one => OfStatement(one, home, keys)),
            "GetRecords" => [new Access("GetRecords", Text(request, "ShardIterator")?.Split('|')[0] ?? "*", [])],
            "ListTables" or "DescribeLimits" or "DescribeEndpoints" => [new Access(operation, "*", [])],
            "ListStreams" => [new Access("ListStreams", Text(request, "TableName") is { } name ? $"{TableArn(name, home)}/stream/*" : "*", [])],
            _ => [OfOne(operation, request, home, keys)],
        };
        return accesses.GroupBy(access => (access.Action, access.Resource)).Select(same => PermissionOf(operation, request, [.. same]));
    }

    // Of many accesses to one resource, every key is in the request.
    static Permission PermissionOf(string operation, JsonElement request, IReadOnlyList<Access> accesses)
    {
        var keys = accesses.SelectMany(access => access.Keys).Distinct().ToArray();
        return new Permission($"dynamodb:{accesses[0].Action}", accesses[0].Resource)
        {
            Describe = context =>
            {
                if (keys.Length > 0) context.Set("dynamodb:LeadingKeys", keys);
                if (accesses.Any(access => access.IsFullScan is not null)) context.Set("dynamodb:FullTableScan", accesses.Any(access => access.IsFullScan == true) ? "true" : "false");
                context.Set("dynamodb:Select", Text(request, "Select")).Set("dynamodb:ReturnValues", Text(request, "ReturnValues"))
                    .Set("dynamodb:ReturnConsumedCapacity", Text(request, "ReturnConsumedCapacity"))
                    .Set("dynamodb:EnclosingOperation", operation == accesses[0].Action ? null : operation);
            },
        };
    }

    static Access OfOne(string operation, JsonElement request, AwsHome home, LeadingKeys keys)
    {
        if ((Text(request, "StreamArn") ?? Text(request, "ResourceArn")) is { } arn) return new Access(operation, arn, []);
        if (Text(request, "TableName") is not { } table) return new Access(operation, "*", []);
        var resource = TableArn(table, home);
        if (Text(request, "IndexName") is { } index) resource = $"{resource}/index/{index}";
        return new Access(operation, resource, operation == "Query" ? keys.OfQuery(table, request) : keys.OfItem(table, request));
    }

    static IEnumerable<Access> OfAction(JsonElement action, AwsHome home, LeadingKeys keys, Func<string, string> nameOf) =>
        action.ValueKind != JsonValueKind.Object ? []
        : action.EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.Object && Text(part.Value, "TableName") is not null)
            .Select(part => new Access(nameOf(part.Name), TableArn(Text(part.Value, "TableName")!, home), keys.OfItem(Text(part.Value, "TableName")!, part.Value)));

    // PartiQL's actions have names of their own.
    static IEnumerable<Access> OfStatement(JsonElement request, AwsHome home, LeadingKeys keys)
    {
        try
        {
            var asked = LeadingKeys.Read(request, DynamoJson.Wire.StatementRequest);
            var statement = PartiQlParser.Read(asked?.Statement ?? "", asked?.Parameters, inTransaction: true);
            var (resource, found) = (TableArn(statement.Table, home), keys.OfStatement(statement));
            return statement switch
            {
                SelectStatement select => [new Access("PartiQLSelect", select.Index is { } index ? $"{resource}/index/{index}" : resource, found) { IsFullScan = found.Count == 0 }],
                ExistsStatement => [new Access("PartiQLSelect", resource, found) { IsFullScan = found.Count == 0 }],
                InsertStatement => [new Access("PartiQLInsert", resource, found)],
                UpdateStatement => [new Access("PartiQLUpdate", resource, found)],
                _ => [new Access("PartiQLDelete", resource, found)],
            };
        }
        // What cannot be read is for those who may all; the operation will say what is wrong with it.
        catch (AwsException)
        {
            return ((string[])["Select", "Insert", "Update", "Delete"]).Select(kind => new Access($"PartiQL{kind}", "*", []));
        }
    }

    static string TableArn(string nameOrArn, AwsHome home) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn : home.Regional("dynamodb", $"table/{nameOrArn}").ToString();

    static JsonElement? Parse(MemoryStream body)
    {
        try
        {
            return JsonElement.Parse(body.ToArray());
        }
        // The operation will say what is wrong with it.
        catch (JsonException)
        {
            return null;
        }
    }

    static JsonElement.ObjectEnumerator Members(JsonElement request, string name) =>
        request.TryGetProperty(name, out var members) && members.ValueKind == JsonValueKind.Object ? members.EnumerateObject() : default;

    static JsonElement.ArrayEnumerator Elements(JsonElement request, string name) =>
        request.TryGetProperty(name, out var elements) && elements.ValueKind == JsonValueKind.Array ? elements.EnumerateArray() : default;

    static string? Text(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // One of what an operation does, on one resource.
    sealed record Access(string Action, string Resource, IReadOnlyList<string> Keys)
    {
        public bool? IsFullScan { get; init; }
    }
}
