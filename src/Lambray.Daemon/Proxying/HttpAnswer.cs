using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lambray.Daemon.Proxying;

/// <summary>An answer, ready for the wire.</summary>
sealed record HttpAnswer(int Status, string? Reason, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public static HttpAnswer Failure(int status, string reason, string message) => new(
        status, reason, [KeyValuePair.Create("Content-Type", "application/json")], Encoding.UTF8.GetBytes($$"""{"message":"{{JsonEncodedText.Encode(message)}}"}"""));

    public async Task WriteAsync(Stream connection, bool keepsAlive, bool hasBody, CancellationToken cancellation)
    {
        var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} {Reason}\r\n"));
        foreach (var (name, text) in Headers) head.Append($"{name}: {text}\r\n");
        // To a HEAD the length is that of the body that is not sent.
        if (hasBody) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        if (!keepsAlive) head.Append("Connection: close\r\n");
        head.Append("\r\n");
        byte[] bytes = hasBody ? [.. Encoding.Latin1.GetBytes(head.ToString()), .. Body] : Encoding.Latin1.GetBytes(head.ToString());
        await connection.WriteAsync(bytes, cancellation);
    }
}
