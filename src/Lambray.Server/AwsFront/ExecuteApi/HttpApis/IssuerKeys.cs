using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lambray.Server.AwsFront.ExecuteApi.HttpApis;

/// <summary>The public keys of those who issue tokens, as their own web servers tell them (<c>/.well-known/openid-configuration</c>).</summary>
sealed partial class IssuerKeys(TimeProvider time, ILogger<IssuerKeys> logger) : IDisposable
{
    // "API Gateway can cache the public key for up to two hours."
    static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(1500);

    readonly HttpClient http = new() { Timeout = AnswerLimit };
    readonly ConcurrentDictionary<string, (IReadOnlyDictionary<string, RSAParameters> Keys, DateTimeOffset Until)> known = [];

    /// <returns>Null when the issuer has no such key, or cannot be asked.</returns>
    public async Task<RSA?> FindAsync(string issuer, string? keyId, CancellationToken stop)
    {
        if (keyId is null) return null;
        if (!known.TryGetValue(issuer, out var keys) || keys.Until <= time.GetUtcNow() || !keys.Keys.ContainsKey(keyId))
        {
            if (await AskAsync(issuer, stop) is not { } asked) return null;
            known[issuer] = keys = (asked, time.GetUtcNow() + Kept);
        }
        return keys.Keys.TryGetValue(keyId, out var found) ? RSA.Create(found) : null;
    }

    public void Dispose() => http.Dispose();

    async Task<IReadOnlyDictionary<string, RSAParameters>?> AskAsync(string issuer, CancellationToken stop)
    {
        try
        {
            using var configuration = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri($"{issuer.TrimEnd('/')}/.well-known/openid-configuration"), stop));
            using var set = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(configuration.RootElement.GetProperty("jwks_uri").GetString()!), stop));
            return set.RootElement.GetProperty("keys").EnumerateArray().Where(key => key.GetProperty("kty").GetString() == "RSA").ToDictionary(
                key => key.GetProperty("kid").GetString()!,
                key => new RSAParameters { Modulus = Base64Url.DecodeFromChars(key.GetProperty("n").GetString()), Exponent = Base64Url.DecodeFromChars(key.GetProperty("e").GetString()) });
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException
            || (error is TaskCanceledException && !stop.IsCancellationRequested))
        {
            LogNotTold(issuer, error);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Issuer} does not tell the keys of its tokens")]
    partial void LogNotTold(string issuer, Exception error);
}
