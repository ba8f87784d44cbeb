using System.Globalization;

namespace Lambray.Aws.Signing;

/// <summary>What a request says of its own signature, in the <c>Authorization</c> header or, presigned, in the query.</summary>
/// <param name="AmzDate">When it was signed: <c>20261123T162000Z</c>.</param>
/// <param name="ExpiresAfter">How long a presigned one is good for; null for headers, which are good for a quarter of an hour.</param>
public sealed record SignedRequest(
    CredentialScope Scope, IReadOnlyList<string> SignedHeaders, string Signature, string AmzDate, string? SessionToken, TimeSpan? ExpiresAfter)
{
    public const string AmzDateFormat = "yyyyMMdd'T'HHmmss'Z'";

    public bool IsPresigned => ExpiresAfter is not null;

    public DateTimeOffset? Time =>
        DateTimeOffset.TryParseExact(AmzDate, AmzDateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The parts of <c>AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…</c>; spaces after the commas are left out by some.</summary>
    /// <returns>Null for a part that is missing.</returns>
    public static (string? Credential, string? SignedHeaders, string? Signature) Parts(string authorization)
    {
        string? credential = null, signedHeaders = null, signature = null;
        foreach (var part in authorization[SignatureV4.Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2) is not [var name, var value]) continue;
            if (name == "Credential") credential = value;
            else if (name == "SignedHeaders") signedHeaders = value;
            else if (name == "Signature") signature = value;
        }
        return (credential, signedHeaders, signature);
    }
}
