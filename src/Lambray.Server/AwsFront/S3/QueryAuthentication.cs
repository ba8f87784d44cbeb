using System.Collections.Frozen;
using System.Globalization;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.S3;

/// <summary>Presigned addresses: for how long they hold, and the headers that were signed into them ("Authenticating Requests: Using Query Parameters" in the S3 API Reference).</summary>
static class QueryAuthentication
{
    const string Prefix = "x-amz-";
    const int ExpiresMax = 604_800;

    static readonly string[] Required = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires"];

    static readonly FrozenSet<string> OfSignature = FrozenSet.ToFrozenSet([.. Required, "X-Amz-Security-Token", "x-amz-content-sha256"], StringComparer.OrdinalIgnoreCase);

    /// <exception cref="AwsException">AccessDenied once it has expired; AuthorizationQueryParametersError for one that cannot hold.</exception>
    public static void Apply(HttpContext http)
    {
        var query = http.Request.Query;
        if (query.ContainsKey("X-Amz-Algorithm") || query.ContainsKey("X-Amz-Signature")) CheckVersion4(http);
        else if (query.ContainsKey("AWSAccessKeyId") && query.ContainsKey("Signature")) CheckVersion2(http);
        else return;
        // Clients put headers there, so that whoever uses the address need not send them.
        foreach (var (name, value) in query)
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !OfSignature.Contains(name)) http.Request.Headers.TryAdd(name, value);
    }

    static void CheckVersion4(HttpContext http)
    {
        var query = http.Request.Query;
        if (!Array.TrueForAll(Required, query.ContainsKey))
            throw Malformed($"Query-string authentication version 4 requires the {string.Join(", ", Required[..^1])}, and {Required[^1]} parameters.");
        if (!DateTimeOffset.TryParseExact(
            query["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed))
            throw Malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        if (!int.TryParse(query["X-Amz-Expires"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            throw Malformed("X-Amz-Expires should be a number");
        if (seconds < 0) throw Malformed("X-Amz-Expires must be non-negative");
        if (seconds > ExpiresMax) throw Malformed("X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds");
        RequireBefore(http, signed.AddSeconds(seconds));
    }

    // Older clients sign like this by default.
    static void CheckVersion2(HttpContext http)
    {
        if (!long.TryParse(http.Request.Query["Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > uint.MaxValue)
            throw new AwsException("AccessDenied", 403, $"Invalid date (should be seconds since epoch): {http.Request.Query["Expires"]}");
        RequireBefore(http, DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    static void RequireBefore(HttpContext http, DateTimeOffset end)
    {
        if (http.Service<TimeProvider>().GetUtcNow() > end) throw new AwsException("AccessDenied", 403, "Request has expired");
    }

    static AwsException Malformed(string message) => new("AuthorizationQueryParametersError", 400, message);
}
