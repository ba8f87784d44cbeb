using Lambray.Aws;
using Lambray.Server.AwsFront.S3.Settings;

namespace Lambray.Server.AwsFront.S3.Cors;

/// <summary>Answers browsers whether a page may see what it asked for.</summary>
static class CorsAnswer
{
    const string Vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

    /// <summary>Adds to the answer, whatever it will be, what the bucket's rules say.</summary>
    public static void Apply(HttpContext http, S3Target target)
    {
        var headers = http.Request.Headers;
        if (headers.Origin.FirstOrDefault() is not { } origin || target.Bucket.Length == 0 || http.Request.Method == HttpMethods.Options) return;
        if (FindRules(http, target.Bucket)?.FirstOrDefault(rule => rule.Allows(origin, http.Request.Method, [])) is not { } allowed) return;
        // An error clears what was written so far.
        http.Response.OnStarting(() =>
        {
            Write(http.Response.Headers, allowed, origin);
            return Task.CompletedTask;
        });
    }

    /// <summary>The question that a browser asks beforehand.</summary>
    /// <exception cref="AwsException">AccessForbidden.</exception>
    public static Task Preflight(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers.Origin.FirstOrDefault() is not { } origin)
            throw new AwsException("BadRequest", 400, "Insufficient information. Origin request header needed.");
        if (headers.AccessControlRequestMethod.FirstOrDefault() is not { } method)
            throw new AwsException("BadRequest", 400, "Invalid Access-Control-Request-Method: null");
        var wanted = headers.AccessControlRequestHeaders.SelectMany(header => header!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (FindRules(http, http.GetS3Target().Bucket) is not { } rules) throw Forbidden("CORSResponse: CORS is not enabled for this bucket.");
        var allowed = rules.FirstOrDefault(rule => rule.Allows(origin, method, wanted)) ?? throw Forbidden(
            "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.");
        Write(http.Response.Headers, allowed, origin);
        if (wanted.Count > 0) http.Response.Headers.AccessControlAllowHeaders = string.Join(", ", wanted.Select(header => header.ToLowerInvariant()));
        return Task.CompletedTask;
    }

    static List<CorsRule>? FindRules(HttpContext http, string bucket)
    {
        try
        {
            return BucketDocuments.Find(http, BucketDocuments.Cors, bucket) is { } document ? [.. CorsRule.Read(document)] : null;
        }
        // The operation says so itself, in its own way.
        catch (AwsException error) when (error.Code == "NoSuchBucket")
        {
            return null;
        }
    }

    static void Write(IHeaderDictionary headers, CorsRule rule, string origin)
    {
        var isForAll = rule.Origins.Contains("*");
        headers.AccessControlAllowOrigin = isForAll ? "*" : origin;
        headers.AccessControlAllowMethods = string.Join(", ", rule.Methods);
        if (!isForAll) headers.AccessControlAllowCredentials = "true";
        if (rule.ExposedHeaders.Count > 0) headers.AccessControlExposeHeaders = string.Join(", ", rule.ExposedHeaders);
        if (rule.MaxAgeSeconds is { } seconds) headers.AccessControlMaxAge = seconds;
        headers.Vary = Vary;
    }

    static AwsException Forbidden(string message) => new("AccessForbidden", 403, message);
}
