using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.PartiQl;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>Permissions of DynamoDB's operations: on the table, its index or its stream; batches and transactions on each of their tables.</summary>
static class DynamoPermissions
{
    public static IEnumerable<Permission> Of(HttpContext http, string operation, AwsHome home)
    {
        if (http.Request.Body is not MemoryStream { Length: > 0 } body || Parse(body) is not { ValueKind: JsonValueKind.Object } request) return [new Permission($"dynamodb:{operation}")];
        var permissions = operation switch
        {
            "BatchGetItem" or "BatchWriteItem" => Members(request, "RequestItems").Select(table => new Permission($"dynamodb:{operation}", TableArn(table.Name, home))),
            "TransactGetItems" => Elements(request, "TransactItems").SelectMany(action => OfAction(action, home, _ => "GetItem")),
            "TransactWriteItems" => Elements(request, "TransactItems").SelectMany(action => OfAction(action, home, name => name == "ConditionCheck" ? "ConditionCheckItem" : $"{name}Item")),
            "ExecuteStatement" => OfStatement(request, home),
            "BatchExecuteStatement" => Elements(request, "Statements").SelectMany(one => OfStatement(one, home)),
            "ExecuteTransaction" => Elements(request, "TransactStatements").SelectMany(one => OfStatement(one, home)),
            "GetRecords" => [new Permission("dynamodb:GetRecords", Text(request, "ShardIterator")?.Split('|')[0] ?? "*")],
            "ListTables" or "DescribeLimits" or "DescribeEndpoints" => [new Permission($"dynamodb:{operation}")],
            "ListStreams" => [new Permission("dynamodb:ListStreams", Text(request, "TableName") is { } name ? $"{TableArn(name, home)}/stream/*" : "*")],
            _ => [OfOne(http, operation, request, home)],
        };
        return [.. permissions.DistinctBy(permission => (permission.Action, permission.Resource))];
    }

    static Permission OfOne(HttpContext http, string operation, JsonElement request, AwsHome home)
    {
        if ((Text(request, "StreamArn") ?? Text(request, "ResourceArn")) is { } arn) return new Permission($"dynamodb:{operation}", arn);
        if (Text(request, "TableName") is not { } table) return new Permission($"dynamodb:{operation}");
        var resource = TableArn(table, home);
        if (Text(request, "IndexName") is { } index) resource = $"{resource}/index/{index}";
        return new Permission($"dynamodb:{operation}", resource) { Describe = context => context.Set("dynamodb:LeadingKeys", LeadingKey(http, table, request)) };
    }

    // By which policies give users rows of their own.
    static string? LeadingKey(HttpContext http, string table, JsonElement request)
    {
        if (http.RequestServices.GetRequiredService<TableDirectory>().Find(table) is not { } model) return null;
        if (!request.TryGetProperty("Key", out var item) && !request.TryGetProperty("Item", out item)) return null;
        return item.ValueKind == JsonValueKind.Object && item.TryGetProperty(model.Key.Partition.Name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().FirstOrDefault().Value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null
            : null;
    }

    static IEnumerable<Permission> OfAction(JsonElement action, AwsHome home, Func<string, string> nameOf) =>
        action.ValueKind != JsonValueKind.Object ? []
        : action.EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.Object && Text(part.Value, "TableName") is not null)
            .Select(part => new Permission($"dynamodb:{nameOf(part.Name)}", TableArn(Text(part.Value, "TableName")!, home)));

    // PartiQL's actions have names of their own.
    static IEnumerable<Permission> OfStatement(JsonElement request, AwsHome home)
    {
        try
        {
            var statement = PartiQlParser.Read(Text(request, "Statement") ?? "", parameters: null, areParametersKnown: false);
            var resource = TableArn(statement.Table, home);
            return statement switch
            {
                SelectStatement select => [new Permission("dynamodb:PartiQLSelect", select.Index is { } index ? $"{resource}/index/{index}" : resource)],
                InsertStatement => [new Permission("dynamodb:PartiQLInsert", resource)],
                UpdateStatement => [new Permission("dynamodb:PartiQLUpdate", resource)],
                _ => [new Permission("dynamodb:PartiQLDelete", resource)],
            };
        }
        // What cannot be read before its parameters are known is for those who may all.
        catch (AwsException)
        {
            return ((string[])["Select", "Insert", "Update", "Delete"]).Select(kind => new Permission($"dynamodb:PartiQL{kind}"));
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
}
