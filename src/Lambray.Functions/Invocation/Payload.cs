using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Functions.Invocation;

/// <summary>Checks of an event before it is accepted ("Invoke" in the Lambda API reference, "Lambda quotas" in the Developer Guide).</summary>
public static class Payload
{
    public const int RequestResponseBytesMax = 6 * 1024 * 1024;
    public const int EventBytesMax = 1024 * 1024;

    // How deep the JSON reader of AWS's front end goes.
    const int DepthMax = 1000;

    static readonly byte[] EmptyObject = "{}"u8.ToArray();

    /// <summary>The payload, or an empty object when there is none.</summary>
    /// <exception cref="AwsException">Too large, or not JSON.</exception>
    public static ReadOnlyMemory<byte> Check(ReadOnlyMemory<byte> payload, string invocationType, int bytesMax)
    {
        if (payload.IsEmpty) return EmptyObject;
        if (payload.Length > bytesMax) throw TooLarge(payload.Length, invocationType, bytesMax);
        RequireJson(payload.Span);
        return payload;
    }

    public static AwsException TooLarge(long bytes, string invocationType, int bytesMax) => new(
        "RequestTooLargeException", 413, $"{bytes} byte payload is too large for the {invocationType} invocation type (limit {bytesMax} bytes)");

    static void RequireJson(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = DepthMax });
            while (reader.Read())
            {
                // Strings are checked to be UTF-8 only when they are looked at.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !System.Text.Unicode.Utf8.IsValid(reader.ValueSpan))
                    throw new JsonException("Invalid UTF-8");
            }
        }
        catch (JsonException error)
        {
            throw new AwsException("InvalidRequestContentException", 400,
                $"Could not parse request body into json: Could not parse payload into json: {error.Message}");
        }
    }
}
