using System.Formats.Cbor;
using System.Text;
using System.Text.Json;
using Lambray.Server.AwsFront.Kinesis;
using Microsoft.AspNetCore.WebUtilities;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>The plain members of a request, whichever protocol it has; its body has been read into memory for its signature.</summary>
static class RequestFields
{
    public static IReadOnlyDictionary<string, string> Read(HttpContext http)
    {
        var fields = http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        if (http.Request.Body is not MemoryStream { Length: > 0 } body) return fields;
        if (http.Request.HasFormContentType)
            foreach (var (name, value) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.ToArray()))) fields[name] = value.ToString();
        else AddMembers(KinesisForm.IsCbor(http.Request) ? AsJson(body.ToArray()) : body.ToArray(), fields);
        return fields;
    }

    /// <summary>The operation, as the protocols without paths name it; null when it is not named.</summary>
    public static string? Operation(HttpContext http, IReadOnlyDictionary<string, string> fields) =>
        http.Request.Headers["X-Amz-Target"] is [{ } target] ? target[(target.LastIndexOf('.') + 1)..]
        : http.Request.Path.StartsWithSegments("/service", out var rest) ? rest.Value![(rest.Value!.LastIndexOf('/') + 1)..]
        : fields.GetValueOrDefault("Action");

    // The operation will say what is wrong with it.
    static byte[] AsJson(byte[] cbor)
    {
        try
        {
            return KinesisForm.AsJson(cbor);
        }
        catch (Exception error) when (error is CborContentException or InvalidOperationException or OverflowException)
        {
            return [];
        }
    }

    // Token by token: the code of a function is one of these members, and nobody here wants it as a text.
    static void AddMembers(byte[] json, Dictionary<string, string> fields)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!reader.Read()) return;
                if (reader.TokenType == JsonTokenType.String) fields[name] = reader.GetString()!;
                else reader.Skip();
            }
        }
        // The operation will say what is wrong with it.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
        }
    }
}
