using System.Globalization;
using Lambray.Aws;
using Lambray.Aws.Signing;

namespace Lambray.Server.AwsFront.Authentication;

/// <summary>Finds the signature of a request: in its header, or in its query when it was presigned.</summary>
static class SignatureReader
{
    const string TokenHeader = "x-amz-security-token";
    const int LifetimeSecondsMax = 7 * 24 * 60 * 60;

    /// <returns>Null for a request that nobody signed.</returns>
    /// <exception cref="AwsException">It begins to be signed, and something is missing.</exception>
    public static SignedRequest? Find(HttpRequest request, SignatureErrors errors)
    {
        if (request.Headers.Authorization is [{ Length: > 0 } authorization]) return FromHeader(request, authorization, errors);
        return request.Query.ContainsKey("X-Amz-Algorithm") || request.Query.ContainsKey("X-Amz-Signature") ? FromQuery(request, errors) : null;
    }

    static SignedRequest FromHeader(HttpRequest request, string authorization, SignatureErrors errors)
    {
        if (!authorization.StartsWith(SignatureV4.Algorithm, StringComparison.Ordinal))
            throw errors.Incomplete($"Authorization header requires '{SignatureV4.Algorithm}' algorithm.");
        var (credential, signedHeaders, signature) = SignedRequest.Parts(authorization);
        if (credential is null) throw errors.Incomplete("Authorization header requires 'Credential' parameter.");
        if (signature is null) throw errors.Incomplete("Authorization header requires 'Signature' parameter.");
        if (signedHeaders is null) throw errors.Incomplete("Authorization header requires 'SignedHeaders' parameter.");
        var scope = CredentialScope.Parse(credential) ?? throw errors.Incomplete("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.");
        var date = AmzDate(request) ?? throw errors.Incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        return new SignedRequest(scope, signedHeaders.Split(';'), signature, date, request.Headers[TokenHeader].FirstOrDefault(), null);
    }

    static SignedRequest FromQuery(HttpRequest request, SignatureErrors errors)
    {
        if (Of("X-Amz-Algorithm") != SignatureV4.Algorithm) throw errors.MalformedQuery($"X-Amz-Algorithm only supports \"{SignatureV4.Algorithm}\"");
        var scope = CredentialScope.Parse(Of("X-Amz-Credential"))
            ?? throw errors.MalformedQuery("Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        // Of S3; elsewhere a link is good for as long as a header.
        var expires = request.Query["X-Amz-Expires"].FirstOrDefault() ?? "900";
        if (!int.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) throw errors.MalformedQuery("X-Amz-Expires should be a number");
        if (seconds > LifetimeSecondsMax) throw errors.MalformedQuery("X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds");
        return new SignedRequest(
            scope, Of("X-Amz-SignedHeaders").Split(';'), Of("X-Amz-Signature"), Of("X-Amz-Date"), request.Query["X-Amz-Security-Token"].FirstOrDefault(),
            TimeSpan.FromSeconds(seconds));

        string Of(string name) => request.Query[name].FirstOrDefault()
            ?? throw errors.MalformedQuery("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
    }

    // Browsers cannot set Date, and some clients set nothing else.
    static string? AmzDate(HttpRequest request)
    {
        if (request.Headers["x-amz-date"].FirstOrDefault() is { } amzDate) return amzDate;
        return DateTimeOffset.TryParse(request.Headers.Date.FirstOrDefault(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? SignatureV4.AmzDate(date) : null;
    }
}
