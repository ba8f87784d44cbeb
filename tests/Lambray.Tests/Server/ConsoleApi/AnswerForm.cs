using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Server.ConsoleApi;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>What an answer of the console API is made of, a line for each field, in the same words whether a schema or a C# type says it.</summary>
static class AnswerForm
{
    const string Anything = "object of any fields";

    /// <summary>The form that a definition of a JSON schema gives.</summary>
    public static IReadOnlySet<string> OfSchema(JsonElement schema, string definition)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        var definitions = schema.GetProperty("$defs");
        Describe(definitions.GetProperty(definition), definition);
        return lines;

        string Describe(JsonElement type, string path)
        {
            if (type.TryGetProperty("$ref", out var reference)) return Describe(definitions.GetProperty(reference.GetString()!["#/$defs/".Length..]), path);
            if (type.TryGetProperty("enum", out var values)) return Choice(values.EnumerateArray().Select(value => value.GetString()!));
            if (type.TryGetProperty("anyOf", out var choices)) return string.Join(" or ", choices.EnumerateArray().Select(choice => Describe(choice, path)));
            if (type.TryGetProperty("properties", out var properties)) return Fields(type, properties, path);
            if (type.TryGetProperty("items", out var items)) return $"array of {Describe(items, path + "[]")}";
            var name = type.GetProperty("type");
            if (name.ValueKind == JsonValueKind.Array) return string.Join(" or ", name.EnumerateArray());
            return name.ValueEquals("object") ? Anything : name.GetString()!;
        }

        string Fields(JsonElement type, JsonElement properties, string path)
        {
            var required = type.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ToHashSet();
            foreach (var property in properties.EnumerateObject())
            {
                var optional = required.Contains(property.Name) ? "" : "optional ";
                lines.Add($"{path}.{property.Name}: {optional}{Describe(property.Value, $"{path}.{property.Name}")}");
            }
            return "object";
        }
    }

    /// <summary>The form in which the server writes a type.</summary>
    public static IReadOnlySet<string> OfType(JsonTypeInfo type, string name)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        Describe(type, name);
        return lines;

        string Describe(JsonTypeInfo type, string path)
        {
            if (Nullable.GetUnderlyingType(type.Type) is { } underlying) return Describe(InfoOf(underlying), path);
            if (type.Type.IsEnum) return Choice(Enum.GetValuesAsUnderlyingType(type.Type).Cast<object>().Select(value => Written(type, value)));
            if (type.Type == typeof(JsonElement)) return Anything;
            if (type.Type == typeof(string)) return "string";
            if (type.Type == typeof(bool)) return "boolean";
            if (type.Type == typeof(int) || type.Type == typeof(long)) return "integer";
            if (type.Kind == JsonTypeInfoKind.Enumerable) return $"array of {Describe(InfoOf(type.ElementType!), path + "[]")}";
            return type.Kind == JsonTypeInfoKind.Object ? Fields(type, path) : throw new NotSupportedException($"{path} is a {type.Type}.");
        }

        string Fields(JsonTypeInfo type, string path)
        {
            foreach (var property in type.Properties)
            {
                var nullable = property.IsGetNullable ? " or null" : "";
                lines.Add($"{path}.{property.Name}: {Describe(InfoOf(property.PropertyType), $"{path}.{property.Name}")}{nullable}");
            }
            return "object";
        }
    }

    static JsonTypeInfo InfoOf(Type type) => ConsoleJson.Default.GetTypeInfo(type) ?? throw new NotSupportedException($"The console's JSON does not know {type}.");

    static string Written(JsonTypeInfo type, object value) => JsonSerializer.SerializeToElement(Enum.ToObject(type.Type, value), type).GetString()!;

    static string Choice(IEnumerable<string> values) => string.Join(" | ", values.Order(StringComparer.Ordinal));
}
