using System.Collections.Frozen;
using Lambray.Aws.Signing;
using Lambray.Server.AwsFront.ExecuteApi;
using Lambray.Server.AwsFront.Urls;

namespace Lambray.Server.AwsFront;

/// <summary>Decides which service a request is for, by the signs that AWS clients really give, the surest first.</summary>
/// <remarks>
/// Signature scope, then <c>X-Amz-Target</c>, then host name, then (for requests made by hand) the path. What is left is S3,
/// whose paths can be anything. Returns null for a signed request to a service that is not here.
/// </remarks>
public static class ServiceDispatch
{
    /// <summary>A name that no S3 bucket can have.</summary>
    public const string ConsolePrefix = "/_lambray";

    /// <summary>Where Prometheus looks unless told otherwise. A bucket of this name is reached by signed requests.</summary>
    public const string PrometheusPath = "/metrics";

    // No name of a bucket either.
    const string CertificatePrefix = "/SimpleNotificationService-";

    static readonly FrozenDictionary<string, AwsService> ByName = new Dictionary<string, AwsService>(StringComparer.OrdinalIgnoreCase)
    {
        ["lambda"] = AwsService.Lambda,
        ["xray"] = AwsService.XRay,
        ["s3"] = AwsService.S3,
        ["iam"] = AwsService.Iam,
        ["sts"] = AwsService.Sts,
        ["logs"] = AwsService.Logs,
        ["monitoring"] = AwsService.CloudWatch,
        ["sqs"] = AwsService.Sqs,
        ["sns"] = AwsService.Sns,
        ["dynamodb"] = AwsService.DynamoDb,
        ["kinesis"] = AwsService.Kinesis,
        ["apigateway"] = AwsService.ApiGateway,
        ["events"] = AwsService.EventBridge,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // The versions of the query protocol's APIs tell them apart when nothing else does.
    static readonly FrozenDictionary<string, AwsService> ByQueryVersion = new Dictionary<string, AwsService>
    {
        ["2010-05-08"] = AwsService.Iam,
        ["2011-06-15"] = AwsService.Sts,
        ["2010-08-01"] = AwsService.CloudWatch,
        ["2012-11-05"] = AwsService.Sqs,
        ["2010-03-31"] = AwsService.Sns,
    }.ToFrozenDictionary();

    /// <summary>What signatures and endpoints call the services that are here.</summary>
    public static IEnumerable<string> SignedNames => ByName.Keys.Order(StringComparer.Ordinal);

    public static AwsService? Find(HttpRequest request, CredentialScope? scope)
    {
        // Whatever is sent there, signed or not, is the function's or the API's.
        if (FunctionUrlFront.IdOf(request) is not null) return AwsService.FunctionUrl;
        if (ApiAddress.IsFor(request)) return AwsService.ExecuteApi;
        if (scope is { } signed) return ByName.TryGetValue(signed.Service, out var service) ? service : null;
        if (request.Headers["X-Amz-Target"] is [{ } target] && FindByTarget(target) is { } targeted) return targeted;
        return FindByHost(request.Host.Host) ?? FindByPath(request);
    }

    /// <summary>The signature scope in the header or, for presigned URLs, in the query.</summary>
    public static CredentialScope? Scope(HttpRequest request) =>
        CredentialScope.FromAuthorization(request.Headers.Authorization) ?? CredentialScope.Parse(request.Query["X-Amz-Credential"]);

    // "Logs_20140328.PutLogEvents", "AWSLambda.Invoke": services of the JSON protocols name themselves; REST ones rarely do.
    static AwsService? FindByTarget(string target) =>
        target.StartsWith("Logs_", StringComparison.Ordinal) ? AwsService.Logs :
        target.StartsWith(EventBridge.EventBridgeDoor.TargetPrefix, StringComparison.Ordinal) ? AwsService.EventBridge :
        target.StartsWith("GraniteService", StringComparison.Ordinal) ? AwsService.CloudWatch :
        target.StartsWith("AmazonSQS.", StringComparison.Ordinal) ? AwsService.Sqs :
        target.StartsWith("DynamoDB", StringComparison.Ordinal) ? AwsService.DynamoDb :
        target.StartsWith("Kinesis_", StringComparison.Ordinal) ? AwsService.Kinesis :
        target.Contains("XRay", StringComparison.OrdinalIgnoreCase) ? AwsService.XRay
        : target.Contains("Lambda", StringComparison.OrdinalIgnoreCase) ? AwsService.Lambda : null;

    // lambda.us-east-1.amazonaws.com, bucket.s3.localhost: the service is one of the labels.
    static AwsService? FindByHost(string host)
    {
        foreach (var label in host.Split('.'))
            if (ByName.TryGetValue(label, out var service)) return service;
        return null;
    }

    static AwsService FindByPath(HttpRequest request)
    {
        var path = request.Path;
        // Before the console's page: links in messages are followed with a browser.
        if (path == "/" && request.Query["Version"] is [{ } version] && ByQueryVersion.TryGetValue(version, out var query)) return query;
        if (path.StartsWithSegments(ConsolePrefix) || (path == "/" && IsBrowser(request))) return AwsService.Console;
        if (request.Method == HttpMethods.Get && path == PrometheusPath) return AwsService.Prometheus;
        if (IsDated(path.Value!)) return AwsService.Lambda;
        if (request.Method == HttpMethods.Post && XRay.XRayOperations.IsPath(path.Value!)) return AwsService.XRay;
        if (path.Value!.StartsWith(CertificatePrefix, StringComparison.Ordinal)) return AwsService.Sns;
        if (path == "/" && request.Method == HttpMethods.Post && request.HasFormContentType) return AwsService.Iam;
        // Too short for a bucket.
        if (path.StartsWithSegments("/v2")) return AwsService.ApiGateway;
        return AwsService.S3;
    }

    static bool IsBrowser(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    // Every path of the Lambda API begins with the date of its version: /2015-03-31/functions.
    static bool IsDated(string path) => path.Length > 12 && path[11] == '/' && DateOnly.TryParseExact(path.AsSpan(1, 10), "yyyy-MM-dd", out _);
}
