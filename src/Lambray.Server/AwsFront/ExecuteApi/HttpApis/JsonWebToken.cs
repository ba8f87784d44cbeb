using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lambray.Server.AwsFront.ExecuteApi.HttpApis;

/// <summary>A token as it was sent: what it claims, and by which key it says that it is signed.</summary>
/// <param name="Signed">The part that the signature is for.</param>
sealed record JsonWebToken(string Algorithm, string? KeyId, JsonElement Claims, byte[] Signed, byte[] Signature)
{
    /// <returns>Null for what is no token.</returns>
    public static JsonWebToken? Read(string text)
    {
        if (text.Split('.') is not [var header, var claims, var signature]) return null;
        try
        {
            using var read = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            var root = read.RootElement;
            return new JsonWebToken(
                root.GetProperty("alg").GetString() ?? "", root.TryGetProperty("kid", out var key) ? key.GetString() : null, JsonElement.Parse(Base64Url.DecodeFromChars(claims)),
                Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature));
        }
        catch (Exception error) when (error is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>API Gateway takes RSA signatures alone.</summary>
    public bool IsSignedBy(RSA key) => HashOf(Algorithm) is { } hash && key.VerifyData(Signed, Signature, hash, RSASignaturePadding.Pkcs1);

    /// <summary>Why it is not to be taken now, in API Gateway's words; null when nothing speaks against it.</summary>
    public string? FindFault(string issuer, IReadOnlyList<string> audiences, DateTimeOffset now)
    {
        if (Text("iss") != issuer) return "claim issuer is invalid";
        // Tokens for calling APIs have the client where others have the audience.
        var meant = Texts("aud") is { Count: > 0 } audience ? audience : Texts("client_id");
        if (!meant.Any(audiences.Contains)) return "invalid audience";
        if (Time("exp") is not { } end || end <= now) return "the token has expired";
        if (Time("nbf") is { } start && start > now) return "the token is not valid yet";
        return null;
    }

    /// <summary>What it lets its bearer do: a list, or words in one text.</summary>
    public IReadOnlyList<string> Scopes => [.. (Texts("scope") is { Count: > 0 } scope ? scope : Texts("scp")).SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    static HashAlgorithmName? HashOf(string algorithm) => algorithm switch
    {
        "RS256" => HashAlgorithmName.SHA256,
        "RS384" => HashAlgorithmName.SHA384,
        "RS512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    string? Text(string claim) => Claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    IReadOnlyList<string> Texts(string claim) => !Claims.TryGetProperty(claim, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.ToString())] : [value.ToString()];

    DateTimeOffset? Time(string claim) =>
        Claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
