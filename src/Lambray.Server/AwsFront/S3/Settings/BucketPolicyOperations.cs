using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Settings;

namespace Lambray.Server.AwsFront.S3.Settings;

/// <summary>PutBucketPolicy, GetBucketPolicy, DeleteBucketPolicy, GetBucketPolicyStatus.</summary>
static class BucketPolicyOperations
{
    const string SettingName = "policy";
    const int BytesMax = 20 * 1024;

    public static async Task PutBucketPolicy(HttpContext http)
    {
        using var body = await SmallBody.Read(http);
        var bucket = http.GetS3Target().Bucket;
        var text = Encoding.UTF8.GetString(body.GetBuffer().AsSpan(0, (int)body.Length));
        Check(text, bucket);
        RequireUnblocked(http, text, bucket);
        await http.Service<BucketSettings>().Put(bucket, SettingName, text);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public static Task GetBucketPolicy(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Require(http));
    }

    public static async Task DeleteBucketPolicy(HttpContext http)
    {
        await http.Service<BucketSettings>().Delete(http.GetS3Target().Bucket, SettingName);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public static Task GetBucketPolicyStatus(HttpContext http)
    {
        using var policy = JsonDocument.Parse(Require(http));
        var isPublic = Statements(policy.RootElement).Any(IsForEverybody);
        return http.WriteXml(S3Xml.Element("PolicyStatus", S3Xml.Element("IsPublic", isPublic)));
    }

    static string Require(HttpContext http) => http.Service<BucketSettings>().Find(http.GetS3Target().Bucket, SettingName)
        ?? throw new AwsException("NoSuchBucketPolicy", 404, "The bucket policy does not exist") { Resource = http.GetS3Target().Bucket };

    static void Check(string text, string bucket)
    {
        if (Encoding.UTF8.GetByteCount(text) > BytesMax) throw S3Errors.InvalidArgument("Your policy document exceeds the maximum allowed size");
        try
        {
            using var policy = JsonDocument.Parse(text);
            if (policy.RootElement.ValueKind != JsonValueKind.Object) throw Malformed("This policy contains invalid Json");
            var statements = Statements(policy.RootElement).ToList();
            if (statements.Count == 0) throw Malformed("Missing required field Statement");
            foreach (var statement in statements) CheckStatement(statement, bucket);
            RequireGrammar(text);
        }
        catch (JsonException)
        {
            throw Malformed("This policy contains invalid Json");
        }
    }

    // The one of all policies: what would not be understood when it is asked is not kept.
    static void RequireGrammar(string text)
    {
        try
        {
            ResourcePolicy.Parse(text);
        }
        catch (AwsException refused)
        {
            throw Malformed(refused.Message);
        }
    }

    // The block of public access is on in every new bucket.
    static void RequireUnblocked(HttpContext http, string text, string bucket)
    {
        if (BucketDocuments.Find(http, BucketDocuments.AccessBlock, bucket)?.Text("BlockPublicPolicy") != "true") return;
        using var policy = JsonDocument.Parse(text);
        if (Statements(policy.RootElement).Any(IsForEverybody))
            throw new AwsException("AccessDenied", 403, "Public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.");
    }

    static void CheckStatement(JsonElement statement, string bucket)
    {
        foreach (var alternatives in (ReadOnlySpan<string[]>)[["Effect"], ["Principal", "NotPrincipal"], ["Action", "NotAction"], ["Resource", "NotResource"]])
            if (!alternatives.Any(name => statement.TryGetProperty(name, out _))) throw Malformed($"Missing required field {alternatives[0]}");
        if (statement.GetProperty("Effect").GetString() is not ("Allow" or "Deny")) throw Malformed("Invalid effect");
        if (!statement.TryGetProperty("Resource", out var resource)) return;
        var isOfBucket = Texts(resource).All(arn =>
            arn == "*" || (Arn.TryParse(arn, out var parsed) && parsed.Service == "s3" && WildcardPattern.Matches(parsed.Resource.Split('/')[0], bucket, StringComparison.Ordinal)));
        if (!isOfBucket) throw Malformed("Policy has invalid resource");
    }

    static bool IsForEverybody(JsonElement statement) =>
        statement.GetProperty("Effect").GetString() == "Allow" && !statement.TryGetProperty("Condition", out _)
        && statement.TryGetProperty("Principal", out var principal)
        && (principal.ValueKind == JsonValueKind.Object ? principal.EnumerateObject().SelectMany(kind => Texts(kind.Value)) : Texts(principal)).Contains("*");

    static IEnumerable<JsonElement> Statements(JsonElement policy)
    {
        if (!policy.TryGetProperty("Statement", out var statements)) return [];
        return statements.ValueKind == JsonValueKind.Array ? statements.EnumerateArray().Where(statement => statement.ValueKind == JsonValueKind.Object) : [statements];
    }

    static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!),
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };

    static AwsException Malformed(string message) => new("MalformedPolicy", 400, message);
}
