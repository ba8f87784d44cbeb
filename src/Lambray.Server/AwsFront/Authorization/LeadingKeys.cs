using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.PartiQl;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;
using Lambray.Server.AwsFront.DynamoDb;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>The values of partition keys that a request is about, as policies compare them (<c>dynamodb:LeadingKeys</c>); of an index, those of its own partition key.</summary>
/// <remarks>None where the request does not tell, or is none: then the operation refuses it, or reads everything.</remarks>
sealed class LeadingKeys(TableDirectory tables)
{
    public IReadOnlyList<string> OfItem(string table, JsonElement request) =>
        tables.Find(table) is { } model && (Member(request, "Key") ?? Member(request, "Item")) is { } item ? OfItem(model, item) : [];

    /// <summary>Of one table in a batch: keys to get, or items to write and to delete.</summary>
    public IReadOnlyList<string> OfBatch(string table, JsonElement asked) => tables.Find(table) is not { } model ? [] : asked.ValueKind switch
    {
        JsonValueKind.Object => [.. Elements(Member(asked, "Keys")).SelectMany(key => OfItem(model, key))],
        JsonValueKind.Array => [.. asked.EnumerateArray().SelectMany(write => Members(write)).SelectMany(write => OfItem(table, write.Value))],
        _ => [],
    };

    public IReadOnlyList<string> OfQuery(string table, JsonElement request)
    {
        if (tables.Find(table) is not { } model || Read(request, DynamoJson.Wire.QueryRequest) is not { } query || KeyOf(model, query.IndexName) is not { } key) return [];
        try
        {
            return Shown(QueryOperation.ConditionsOf(query).Partition(key));
        }
        // The operation will say what is wrong with it.
        catch (AwsException)
        {
            return [];
        }
    }

    public IReadOnlyList<string> OfStatement(PartiQlStatement statement)
    {
        if (tables.Find(statement.Table) is not { } model || KeyOf(model, (statement as SelectStatement)?.Index) is not { } key) return [];
        return Shown(statement is InsertStatement insert ? insert.Item.Find(key.Partition.Name) : StatementKeys.Partition(key, statement.Where));
    }

    /// <returns>Null for what has another form.</returns>
    public static T? Read<T>(JsonElement request, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return request.Deserialize(WholeCollections.Of(type));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static KeySchema? KeyOf(TableModel table, string? index) => index is null ? table.Key : table.FindIndex(index)?.Key;

    static string[] OfItem(TableModel table, JsonElement item) =>
        Member(item, table.Key.Partition.Name) is { ValueKind: JsonValueKind.Object } value && value.EnumerateObject().FirstOrDefault().Value is { ValueKind: JsonValueKind.String } text
            ? [text.GetString()!] : [];

    static string[] Shown(AttributeValue? key) => key switch
    {
        StringValue text => [text.Text],
        NumberValue number => [number.Number.ToString()],
        BinaryValue binary => [Convert.ToBase64String(binary.Bytes)],
        _ => [],
    };

    static JsonElement? Member(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;

    static JsonElement.ArrayEnumerator Elements(JsonElement? of) => of is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;

    static JsonElement.ObjectEnumerator Members(JsonElement of) => of.ValueKind == JsonValueKind.Object ? of.EnumerateObject() : default;
}
