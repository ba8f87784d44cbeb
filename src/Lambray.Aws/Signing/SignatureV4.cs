using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lambray.Aws.Signing;

/// <summary>Signs a request as AWS Signature Version 4 asks ("Create a signed AWS API request" in the IAM User Guide).</summary>
public static class SignatureV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The value of the <c>Authorization</c> header for a request with these headers, all of which are signed.</summary>
    /// <param name="canonicalPath">The path as it goes over the wire; every service but S3 expects it to be escaped once more.</param>
    /// <param name="headers">At least <c>host</c> and <c>x-amz-date</c>; names in lower case.</param>
    public static string Authorization(
        AwsCredentials credentials, CredentialScope scope, string method, string canonicalPath, string canonicalQuery,
        IEnumerable<KeyValuePair<string, string>> headers, string payloadHash, string amzDate)
    {
        var sorted = headers.OrderBy(header => header.Key, StringComparer.Ordinal).ToArray();
        var signedHeaders = string.Join(';', sorted.Select(header => header.Key));
        var canonicalHeaders = string.Concat(sorted.Select(header => $"{header.Key}:{header.Value.Trim()}\n"));
        var canonicalRequest = $"{method}\n{canonicalPath}\n{canonicalQuery}\n{canonicalHeaders}\n{signedHeaders}\n{payloadHash}";
        var signature = Signature(SigningKey(credentials.SecretAccessKey, scope), scope, amzDate, canonicalRequest);
        return $"{Algorithm} Credential={scope.AccessKeyId}/{scope.Scope}, SignedHeaders={signedHeaders}, Signature={signature}";
    }

    public static string Signature(ReadOnlySpan<byte> signingKey, CredentialScope scope, string amzDate, string canonicalRequest) =>
        Sign(signingKey, $"{Algorithm}\n{amzDate}\n{scope.Scope}\n{Hash(Encoding.UTF8.GetBytes(canonicalRequest))}");

    public static string Sign(ReadOnlySpan<byte> signingKey, string stringToSign) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(signingKey, Encoding.UTF8.GetBytes(stringToSign)));

    /// <summary>The key of one day, region and service: whoever has it can sign for these, and for nothing else.</summary>
    public static byte[] SigningKey(string secretAccessKey, CredentialScope scope)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        foreach (var part in new[] { scope.Date, scope.Region, scope.Service, "aws4_request" })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }

    /// <summary>Compares in a time that does not tell where the two differ.</summary>
    public static bool AreEqual(string expected, string actual) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(actual));

    public static string Hash(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));

    public static string AmzDate(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
