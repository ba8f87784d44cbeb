using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Resources.S3;

/// <summary>What stands in one column each: metadata <c>{"System":{"Content-Type":"text/plain"},"User":{"colour":"blue"}}</c>, tags, a lock.</summary>
static class ObjectMetadataJson
{
    public static string Write(ObjectMetadata metadata) =>
        JsonSerializer.Serialize(new Row(new(metadata.System), new(metadata.User)), RowContext.Default.Row);

    public static ObjectMetadata Read(string json)
    {
        var row = JsonSerializer.Deserialize(json, RowContext.Default.Row)!;
        return new ObjectMetadata(row.System, row.User);
    }

    /// <summary>Most objects have no tags, and most are not locked: null for those.</summary>
    public static string? Write(ObjectTags tags) =>
        tags.Count == 0 ? null : JsonSerializer.Serialize(new Dictionary<string, string>(tags.All), RowContext.Default.DictionaryStringString);

    public static ObjectTags ReadTags(string? json) => json is null
        ? ObjectTags.None
        : new ObjectTags(JsonSerializer.Deserialize(json, RowContext.Default.DictionaryStringString)!.ToImmutableSortedDictionary(StringComparer.Ordinal));

    public static string? Write(ObjectLock objectLock) =>
        objectLock == ObjectLock.None ? null : JsonSerializer.Serialize(objectLock, RowContext.Default.ObjectLock);

    public static ObjectLock ReadLock(string? json) => json is null ? ObjectLock.None : JsonSerializer.Deserialize(json, RowContext.Default.ObjectLock)!;

    internal sealed record Row(Dictionary<string, string> System, Dictionary<string, string> User);
}

[JsonSerializable(typeof(ObjectMetadataJson.Row))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(ObjectLock))]
sealed partial class RowContext : JsonSerializerContext;
