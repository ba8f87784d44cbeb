using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Resources.S3;

/// <summary>The metadata of an object as one column: <c>{"System":{"Content-Type":"text/plain"},"User":{"colour":"blue"}}</c>.</summary>
static class ObjectMetadataJson
{
    public static string Write(ObjectMetadata metadata) =>
        JsonSerializer.Serialize(new Row(new(metadata.System), new(metadata.User)), RowContext.Default.Row);

    public static ObjectMetadata Read(string json)
    {
        var row = JsonSerializer.Deserialize(json, RowContext.Default.Row)!;
        return new ObjectMetadata(row.System, row.User);
    }

    internal sealed record Row(Dictionary<string, string> System, Dictionary<string, string> User);
}

[JsonSerializable(typeof(ObjectMetadataJson.Row))]
sealed partial class RowContext : JsonSerializerContext;
