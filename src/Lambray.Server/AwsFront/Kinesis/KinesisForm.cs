using System.Collections.Frozen;
using System.Formats.Cbor;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;
using Lambray.Server.AwsFront.Cbor;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>The two forms of Kinesis's bodies: JSON 1.1, and the same as CBOR, which the SDKs for Java speak.</summary>
static class KinesisForm
{
    const string JsonType = "application/x-amz-json-1.1";
    const string CborType = "application/x-amz-cbor-1.1";

    static readonly CborForm Cbor = new(
        new[] { "ApproximateArrivalTimestamp", "StreamCreationTimestamp", "ConsumerCreationTimestamp" }.ToFrozenSet(), new[] { "Data" }.ToFrozenSet(), IsOfAws: true);

    public static bool IsCbor(HttpRequest request) => request.ContentType?.StartsWith(CborType, StringComparison.OrdinalIgnoreCase) == true;

    /// <exception cref="CborContentException">It is no CBOR, or of the part of it that has no JSON.</exception>
    public static byte[] AsJson(ReadOnlyMemory<byte> cbor) => CborAsJson.Read(cbor, Cbor);

    /// <exception cref="AwsException">SerializationException for what is not of this form.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            if (!IsCbor(http.Request)) return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted) ?? throw new JsonException("The body is null.");
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            return JsonSerializer.Deserialize(body.Length == 0 ? "{}"u8 : AsJson(body.ToArray()), type) ?? throw new JsonException("The body is null.");
        }
        catch (Exception error) when (error is JsonException or CborContentException or InvalidOperationException or OverflowException)
        {
            throw new AwsException("SerializationException", 400, error.Message);
        }
    }

    public static Task WriteAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> type)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        return IsCbor(http.Request) ? WriteCborAsync(http, JsonSerializer.SerializeToElement(answer, type)) : http.Response.WriteAsJsonAsync(answer, type, JsonType, http.RequestAborted);
    }

    /// <summary>The answer of operations that have nothing to say.</summary>
    public static Task WriteNothingAsync(HttpContext http)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        http.Response.ContentType = IsCbor(http.Request) ? CborType : JsonType;
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    public static Task WriteErrorAsync(HttpContext http, AwsException error)
    {
        if (!IsCbor(http.Request))
            return JsonErrors.WriteAsync(http, error, body =>
            {
                body.WriteString("__type", error.Code);
                body.WriteString("message", error.Message);
            });
        http.Response.StatusCode = error.Status;
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        var body = new JsonObject { ["__type"] = error.Code, ["message"] = error.Message };
        return WriteCborAsync(http, JsonElement.Parse(body.ToJsonString()));
    }

    static async Task WriteCborAsync(HttpContext http, JsonElement body)
    {
        var bytes = CborAsJson.Write(body, Cbor);
        http.Response.ContentType = CborType;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
