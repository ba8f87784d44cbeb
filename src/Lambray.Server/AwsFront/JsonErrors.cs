using System.Buffers;
using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Server.AwsFront;

/// <summary>Errors of the services that speak JSON over REST: the code in a header, the message in the body.</summary>
public static class JsonErrors
{
    public const string RequestIdHeader = "x-amzn-RequestId";
    public const string ErrorTypeHeader = "x-amzn-ErrorType";

    public static Task WriteAsync(HttpContext http, AwsException error) => WriteAsync(http, error, body => body.WriteString("message", error.Message));

    /// <summary>With the body's fields as one service has them.</summary>
    public static async Task WriteAsync(HttpContext http, AwsException error, Action<Utf8JsonWriter> writeFields)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            writeFields(json);
            json.WriteEndObject();
        }
        http.Response.StatusCode = error.Status;
        http.Response.Headers[RequestIdHeader] = AwsCall.Of(http).RequestId;
        http.Response.Headers[ErrorTypeHeader] = error.Code;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.Body.WriteAsync(body.WrittenMemory);
    }
}
