using System.Globalization;
using System.Text.RegularExpressions;
using Lambray.Resources.S3;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.S3;

/// <summary>What many operations take from a request.</summary>
static partial class S3Request
{
    public static T Service<T>(this HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();

    /// <summary>The version that is meant; null for the current one.</summary>
    /// <exception cref="Aws.AwsException">InvalidArgument for what can be no version.</exception>
    public static string? VersionId(this HttpContext http) => http.Request.Query["versionId"] switch
    {
        [] => null,
        [""] => throw S3Errors.InvalidArgument("Version id cannot be the empty string"),
        var version when VersionIdRegex().IsMatch(version.ToString()) => version.ToString(),
        _ => throw S3Errors.InvalidArgument("Invalid version id specified"),
    };

    public static RequestOrigin Origin(this HttpContext http)
    {
        var call = AwsCall.Of(http);
        return new RequestOrigin(
            call.RequestId, S3Door.HostId(http), http.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1",
            call.Scope?.AccessKeyId ?? http.Service<Aws.AwsHome>().AccountId, TraceHeader.Parse(http.Request.Headers[TraceHeader.Name]));
    }

    /// <summary>Whether the caller may delete what is retained in governance mode.</summary>
    public static bool BypassesGovernance(this HttpContext http) =>
        http.Request.Headers["x-amz-bypass-governance-retention"].ToString().Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <param name="limit">Larger values count as this one.</param>
    public static int Number(this HttpContext http, string name, int limit)
    {
        if (http.Request.Query[name].FirstOrDefault() is not { Length: > 0 } text) return limit;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, limit)
            : throw S3Errors.InvalidArgument($"Provided {name} not an integer or within integer range");
    }

    /// <summary>A date as HTTP writes it; one that is none is as good as none, as HTTP has it.</summary>
    public static DateTimeOffset? Date(string? header) =>
        DateTimeOffset.TryParseExact(header, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    public static WriteConditions WriteConditions(this HttpContext http)
    {
        var ifNoneMatch = http.Request.Headers.IfNoneMatch.FirstOrDefault();
        if (ifNoneMatch is not (null or "*")) throw S3Operations.NotImplemented("If-None-Match with an entity tag");
        return new WriteConditions(http.Request.Headers.IfMatch.FirstOrDefault(), ifNoneMatch is not null);
    }

    public static void WriteVersion(this HttpContext http, StoredObject stored)
    {
        if (stored.IsVersioned) http.Response.Headers["x-amz-version-id"] = stored.VersionId;
    }

    // Ours, AWS's, and that of objects from before there were versions.
    [GeneratedRegex(@"^(null|[A-Za-z0-9._\-]{32})\z")]
    private static partial Regex VersionIdRegex();
}
