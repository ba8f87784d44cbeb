using System.Text;
using System.Text.Json;
using Lambray.Functions.Invocation;

namespace Lambray.Server.AwsFront.Urls;

/// <summary>A function's result as an HTTP response.</summary>
/// <remarks>
/// A result with a <c>statusCode</c> says what the response is; any other result is the body of a 200 itself, a string without its quotes
/// ("Response payload format" in the Developer Guide; recorded).
/// </remarks>
static class FunctionUrlAnswer
{
    const string InternalServerError = "Internal Server Error";
    const string Json = "application/json";

    public static async Task WriteAsync(HttpResponse response, InvokeResult result)
    {
        if (result.FunctionError is not null || !TryRead(result.Payload, out var answer))
        {
            response.StatusCode = StatusCodes.Status502BadGateway;
            answer = new Answer(StatusCodes.Status502BadGateway, [], [], Encoding.UTF8.GetBytes(InternalServerError));
        }
        WriteHead(response, answer.Status, answer.Headers, answer.Cookies);
        response.ContentType ??= Json;
        response.ContentLength = answer.Body.Length;
        if (HasBody(response)) await response.Body.WriteAsync(answer.Body, response.HttpContext.RequestAborted);
    }

    /// <summary>Status, headers and cookies of a response whose body comes by itself.</summary>
    /// <returns>False when it is none, and nothing is written.</returns>
    public static bool TryWriteHead(HttpResponse response, ReadOnlySpan<byte> prelude)
    {
        try
        {
            using var json = JsonDocument.Parse(prelude.ToArray());
            var root = json.RootElement;
            WriteHead(response, StatusOf(root) ?? StatusCodes.Status200OK, HeadersOf(root), CookiesOf(root));
            return true;
        }
        catch (Exception error) when (IsMalformed(error))
        {
            return false;
        }
    }

    static void WriteHead(HttpResponse response, int status, IReadOnlyList<KeyValuePair<string, string>> headers, IReadOnlyList<string> cookies)
    {
        response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            // How long the body is, and how it is sent, is ours to say.
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) continue;
            response.Headers[name] = value;
        }
        foreach (var cookie in cookies) response.Headers.Append("Set-Cookie", cookie);
    }

    static bool HasBody(HttpResponse response) =>
        response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified) && !HttpMethods.IsHead(response.HttpContext.Request.Method);

    /// <returns>False when the result is no response: no JSON, or one whose parts are of the wrong kind.</returns>
    static bool TryRead(ReadOnlyMemory<byte> payload, out Answer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            var root = json.RootElement;
            answer = StatusOf(root) is { } status
                ? new Answer(status, HeadersOf(root), CookiesOf(root), BodyOf(root))
                : new Answer(StatusCodes.Status200OK, [], [], root.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(root.GetString()!) : payload);
            return true;
        }
        catch (Exception error) when (IsMalformed(error))
        {
            answer = default!;
            return false;
        }
    }

    static bool IsMalformed(Exception error) => error is JsonException or FormatException or InvalidOperationException;

    static int? StatusOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("statusCode", out var status)
            ? status.ValueKind == JsonValueKind.String ? int.Parse(status.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : status.GetInt32()
            : null;

    static List<KeyValuePair<string, string>> HeadersOf(JsonElement root) =>
        root.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object
            ? [.. headers.EnumerateObject().Select(header => KeyValuePair.Create(header.Name, Text(header.Value)))]
            : [];

    static List<string> CookiesOf(JsonElement root) =>
        root.TryGetProperty("cookies", out var cookies) && cookies.ValueKind == JsonValueKind.Array ? [.. cookies.EnumerateArray().Select(Text)] : [];

    static byte[] BodyOf(JsonElement root)
    {
        if (!root.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null) return [];
        var isBase64 = root.TryGetProperty("isBase64Encoded", out var encoded) && encoded.ValueKind == JsonValueKind.True;
        return isBase64 ? body.GetBytesFromBase64() : Encoding.UTF8.GetBytes(Text(body));
    }

    static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    sealed record Answer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<string> Cookies, ReadOnlyMemory<byte> Body);
}
