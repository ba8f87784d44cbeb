using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>The fields of a JSON form, each by its path with the types it may have: <c>traces[].httpStatus</c> → <c>integer|null</c>.</summary>
static class SchemaFields
{
    static readonly JsonSchemaExporterOptions Strict = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    /// <summary>What the server writes.</summary>
    public static SortedDictionary<string, string> Of(JsonTypeInfo type)
    {
        var schema = type.GetJsonSchemaAsNode(Strict);
        return Walk(schema, schema);
    }

    /// <summary>What a definition of a schema file says.</summary>
    public static SortedDictionary<string, string> Of(JsonNode schema, string definition) => Walk(schema["$defs"]![definition]!, schema);

    // A JSON element may be anything; those of the console API are documents.
    static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema) =>
        context.TypeInfo.Type == typeof(JsonElement) ? new JsonObject { ["type"] = "object" } : schema;

    static SortedDictionary<string, string> Walk(JsonNode form, JsonNode root)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Walk(form, "", fields, root);
        return fields;
    }

    static void Walk(JsonNode form, string path, SortedDictionary<string, string> fields, JsonNode root)
    {
        var resolved = Resolve(form, root);
        if (path.Length > 0) fields[path] = string.Join('|', TypesOf(resolved, root).Order(StringComparer.Ordinal).Distinct());
        if (resolved["items"] is { } items) Walk(items, path + "[]", fields, root);
        foreach (var (name, field) in resolved["properties"] as JsonObject ?? [])
            Walk(field!, path.Length > 0 ? $"{path}.{name}" : name, fields, root);
    }

    static IEnumerable<string> TypesOf(JsonNode form, JsonNode root) => form switch
    {
        { } when form["enum"] is JsonArray names => names.Select(name => name is null ? "null" : $"'{name}'"),
        { } when form["anyOf"] is JsonArray forms => forms.SelectMany(one => TypesOf(Resolve(one!, root), root)),
        { } when form["type"] is JsonArray types => types.Select(type => type!.ToString()),
        { } when form["type"] is { } type => [type.ToString()],
        _ => ["anything"],
    };

    // References look like "#/$defs/Name", and like "#/properties/rows/items" in what the exporter writes.
    static JsonNode Resolve(JsonNode form, JsonNode root) => form["$ref"] is { } reference
        ? reference.ToString().TrimStart('#', '/').Split('/').Aggregate(root, (at, step) => at is JsonArray ? throw new NotSupportedException(reference.ToString()) : at[step]!)
        : form;
}
