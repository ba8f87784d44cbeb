using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Lambray.Tests.Server.Streaming;

/// <summary>What a caller of InvokeWithResponseStream was answered.</summary>
/// <param name="Complete">The payload of InvokeComplete; null when the stream broke off before it.</param>
sealed record StreamedInvocation(HttpStatusCode Status, string Payload, JsonElement? Complete)
{
    const int LengthBytes = 4;
    const int PreludeBytes = 12;

    public string? ErrorCode => Complete is { } complete && complete.TryGetProperty(nameof(ErrorCode), out var code) ? code.GetString() : null;

    public JsonElement ErrorDetails => JsonElement.Parse(Complete!.Value.GetProperty(nameof(ErrorDetails)).GetString()!);

    public static async Task<StreamedInvocation> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);
        var payload = new StringBuilder();
        JsonElement? complete = null;
        // The SDK's test checks the checksums; here only the parts are taken out.
        for (var at = 0; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            var headers = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + LengthBytes));
            var body = bytes.AsSpan(at + PreludeBytes + headers, length - PreludeBytes - headers - LengthBytes);
            if (Encoding.ASCII.GetString(bytes, at + PreludeBytes, headers).Contains("InvokeComplete", StringComparison.Ordinal)) complete = JsonElement.Parse(body);
            else payload.Append(Encoding.UTF8.GetString(body));
            at += length;
        }
        return new StreamedInvocation(answer.StatusCode, payload.ToString(), complete);
    }
}
