using System.Net;
using System.Text;
using System.Text.Json;

namespace Lambray.Tests.Server;

/// <summary>What a caller of Invoke was answered.</summary>
/// <param name="FunctionError">The header that says that the function failed.</param>
/// <param name="Log">The decoded tail of the log, empty when there was none.</param>
public sealed record Invocation(HttpStatusCode Status, string? FunctionError, string Payload, string Log, IReadOnlyDictionary<string, string> Headers)
{
    public string RequestId => Headers["x-amzn-RequestId"];

    public JsonElement Json => JsonElement.Parse(Payload);

    public string? ErrorType => Json.GetProperty("errorType").GetString();

    public string? ErrorMessage => Json.GetProperty("errorMessage").GetString();

    /// <summary>The payload of an invocation that succeeded.</summary>
    public string Succeeded => Status == HttpStatusCode.OK && FunctionError is null ? Payload : throw new InvalidOperationException($"{Status} {FunctionError}: {Payload}\n{Log}");

    public static async Task<Invocation> ReadAsync(HttpResponseMessage answer)
    {
        var headers = answer.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Invocation(
            answer.StatusCode, headers.GetValueOrDefault("X-Amz-Function-Error"), await answer.Content.ReadAsStringAsync(),
            headers.TryGetValue("X-Amz-Log-Result", out var log) ? Encoding.UTF8.GetString(Convert.FromBase64String(log)) : "", headers);
    }
}
