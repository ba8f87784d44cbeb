using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;
using Lambray.Resources.ApiGateway;

namespace Lambray.Server.AwsFront.ApiGateway.RestApis;

/// <summary>Changes as REST APIs are sent them: <c>{"op": "replace", "path": "/tracingEnabled", "value": "true"}</c>, whose values are always texts.</summary>
static class MemberPatches
{
    /// <summary>What an entity has become; where a path leads is told by its own members.</summary>
    /// <exception cref="AwsException">BadRequestException: a path leads nowhere, or a value is of the wrong kind.</exception>
    public static T Apply<T>(T entity, JsonTypeInfo<T> type, IReadOnlyList<PatchOperation>? operations)
    {
        var json = JsonSerializer.SerializeToNode(entity, type)!.AsObject();
        foreach (var operation in operations ?? [])
        {
            // A slash in a name is ~1, a tilde ~0.
            var path = (operation.Path ?? "").TrimStart('/').Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
            if (type.Properties.FirstOrDefault(property => property.Name == path[0]) is not { } member) throw Invalid(operation);
            Apply(json, member, path, operation);
        }
        try
        {
            return json.Deserialize(type)!;
        }
        catch (JsonException error)
        {
            throw ApiGatewayErrors.BadRequest(error.Message);
        }
    }

    static void Apply(JsonObject json, JsonPropertyInfo member, string[] path, PatchOperation operation)
    {
        var isRemoved = operation.Op == "remove";
        if (member.PropertyType == typeof(IReadOnlyList<string>))
        {
            var list = json[path[0]]?.AsArray().Select(item => (string)item!).ToList() ?? [];
            // The thing itself may be the last part of the path.
            var item = path.Length > 1 ? path[1] : operation.Value;
            list.Remove(item ?? "");
            if (!isRemoved && item is not null) list.Add(operation.Op == "replace" && path.Length > 1 ? operation.Value ?? item : item);
            json[path[0]] = new JsonArray([.. list.Select(text => (JsonNode)text)]);
        }
        else if (path.Length == 1) json[path[0]] = isRemoved || operation.Value is null ? null : Value(member.PropertyType, operation);
        else if (isRemoved) Below(json, path, isMade: false)?.Remove(path[^1]);
        else Below(json, path, isMade: true)![path[^1]] = member.PropertyType == typeof(IReadOnlyDictionary<string, bool>) ? operation.Value == "true" : operation.Value;
    }

    static JsonObject? Below(JsonObject json, string[] path, bool isMade)
    {
        foreach (var part in path[..^1])
        {
            if (json[part] is not JsonObject next)
            {
                if (!isMade) return null;
                json[part] = next = [];
            }
            json = next;
        }
        return json;
    }

    static JsonNode? Value(Type type, PatchOperation operation)
    {
        if (type == typeof(bool?)) return bool.TryParse(operation.Value, out var isSet) ? isSet : throw Invalid(operation);
        if (type == typeof(int?)) return int.TryParse(operation.Value, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid(operation);
        return type == typeof(string) ? operation.Value : throw Invalid(operation);
    }

    static AwsException Invalid(PatchOperation operation) => ApiGatewayErrors.BadRequest($"Invalid patch path '{operation.Path}' specified for op '{operation.Op}'.");
}

sealed record PatchOperation(string? Op, string? Path, string? Value);

sealed record PatchRequest(IReadOnlyList<PatchOperation>? PatchOperations);
