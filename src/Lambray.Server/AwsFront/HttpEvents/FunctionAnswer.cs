using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lambray.Server.AwsFront.HttpEvents;

/// <summary>A function's result, read as an HTTP response.</summary>
/// <param name="IsInferred">Whether the result said nothing of a response, and is the body of a 200 itself.</param>
sealed record FunctionAnswer(
    int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<string> Cookies, ReadOnlyMemory<byte> Body, bool IsInferred = false)
{
    /// <summary>Format 2.0: a result with a <c>statusCode</c> says what the response is; any other is the body of a 200, a string without its quotes.</summary>
    /// <returns>Null when the result is no response: no JSON, or one whose parts are of the wrong kind.</returns>
    public static FunctionAnswer? FindInferred(ReadOnlyMemory<byte> payload) => Read(payload, root => StatusOf(root) is { } status
        ? new FunctionAnswer(status, HeadersOf(root), CookiesOf(root), BodyOf(root))
        : new FunctionAnswer(
            StatusCodes.Status200OK, [], [], root.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(root.GetString()!) : payload, IsInferred: true));

    /// <summary>Format 1.0: nothing is inferred; headers may have several values.</summary>
    /// <param name="decodes">Whether a body in base64 is to be taken for the bytes that it stands for.</param>
    /// <returns>Null when the result is no response.</returns>
    public static FunctionAnswer? Find(ReadOnlyMemory<byte> payload, bool decodes = true) => Read(payload, root =>
    {
        if (root.ValueKind != JsonValueKind.Object || StatusOf(root) is not { } status) return null;
        var many = ManyHeadersOf(root);
        var single = HeadersOf(root).Where(header => !many.Any(other => other.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase)));
        return new FunctionAnswer(status, [.. single, .. many], [], BodyOf(root, decodes));
    });

    /// <summary>Status, headers and cookies of a response whose body comes by itself.</summary>
    /// <returns>Null when it is none.</returns>
    public static FunctionAnswer? FindHead(ReadOnlyMemory<byte> prelude) =>
        Read(prelude, root => new FunctionAnswer(StatusOf(root) ?? StatusCodes.Status200OK, HeadersOf(root), CookiesOf(root), default));

    public async Task WriteAsync(HttpResponse response, string contentTypeDefault)
    {
        WriteHead(response);
        response.ContentType ??= contentTypeDefault;
        // A response that has none by its status must not say how long it is either.
        if (response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)) response.ContentLength = Body.Length;
        if (HasBody(response)) await response.Body.WriteAsync(Body, response.HttpContext.RequestAborted);
    }

    public void WriteHead(HttpResponse response)
    {
        response.StatusCode = Status;
        foreach (var header in Headers.GroupBy(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase))
        {
            // How long the body is, and how it is sent, is ours to say.
            if (header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || header.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) continue;
            response.Headers[header.Key] = header.ToArray();
        }
        foreach (var cookie in Cookies) response.Headers.Append("Set-Cookie", cookie);
    }

    static bool HasBody(HttpResponse response) =>
        response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified) && !HttpMethods.IsHead(response.HttpContext.Request.Method);

    static FunctionAnswer? Read(ReadOnlyMemory<byte> payload, Func<JsonElement, FunctionAnswer?> read)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return read(json.RootElement) is { Status: >= 100 and <= 599 } answer ? answer : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    static int? StatusOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("statusCode", out var status)
            ? status.ValueKind == JsonValueKind.String ? int.Parse(status.GetString()!, CultureInfo.InvariantCulture) : status.GetInt32()
            : null;

    static List<KeyValuePair<string, string>> HeadersOf(JsonElement root) =>
        root.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object
            ? [.. headers.EnumerateObject().Select(header => KeyValuePair.Create(header.Name, Text(header.Value)))]
            : [];

    static List<KeyValuePair<string, string>> ManyHeadersOf(JsonElement root) =>
        root.TryGetProperty("multiValueHeaders", out var headers) && headers.ValueKind == JsonValueKind.Object
            ? [.. headers.EnumerateObject().SelectMany(header => header.Value.EnumerateArray().Select(value => KeyValuePair.Create(header.Name, Text(value))))]
            : [];

    static List<string> CookiesOf(JsonElement root) =>
        root.TryGetProperty("cookies", out var cookies) && cookies.ValueKind == JsonValueKind.Array ? [.. cookies.EnumerateArray().Select(Text)] : [];

    static byte[] BodyOf(JsonElement root, bool decodes = true)
    {
        if (!root.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null) return [];
        var isBase64 = decodes && root.TryGetProperty("isBase64Encoded", out var encoded) && encoded.ValueKind == JsonValueKind.True;
        return isBase64 ? body.GetBytesFromBase64() : Encoding.UTF8.GetBytes(Text(body));
    }

    static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
