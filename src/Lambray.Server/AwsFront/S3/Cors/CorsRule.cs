using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3.Cors;

/// <summary>Which pages of other origins may ask a bucket for what ("CORS configuration" in the S3 User Guide).</summary>
sealed record CorsRule(
    IReadOnlyList<string> Origins, IReadOnlyList<string> Methods, IReadOnlyList<string> RequestHeaders, IReadOnlyList<string> ExposedHeaders, string? MaxAgeSeconds)
{
    static readonly string[] KnownMethods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

    public static IEnumerable<CorsRule> Read(XElement document) => document.Children("CORSRule").Select(rule => new CorsRule(
        Texts(rule, "AllowedOrigin"), Texts(rule, "AllowedMethod"), Texts(rule, "AllowedHeader"), Texts(rule, "ExposeHeader"), rule.Text("MaxAgeSeconds")));

    /// <exception cref="AwsException">InvalidRequest, or MalformedXML without origins.</exception>
    public static void Check(XElement document)
    {
        foreach (var rule in Read(document))
        {
            if (rule.Origins.Count == 0) throw S3Xml.Malformed();
            if (rule.Methods.FirstOrDefault(method => !KnownMethods.Contains(method)) is { } method)
                throw S3Errors.InvalidRequest($"Found unsupported HTTP method in CORS config. Unsupported method is {method}");
            if (rule.Origins.FirstOrDefault(origin => origin.Count(character => character == '*') > 1) is { } origin)
                throw S3Errors.InvalidRequest($"AllowedOrigin \"{origin}\" can not have more than one wildcard.");
            if (rule.RequestHeaders.FirstOrDefault(header => header.Count(character => character == '*') > 1) is { } header)
                throw S3Errors.InvalidRequest($"AllowedHeader \"{header}\" can not have more than one wildcard.");
        }
    }

    public bool Allows(string origin, string method, IEnumerable<string> headers) =>
        Methods.Contains(method) && Origins.Any(pattern => WildcardPattern.Matches(pattern, origin, StringComparison.Ordinal))
        && headers.All(header => RequestHeaders.Any(pattern => WildcardPattern.Matches(pattern, header, StringComparison.OrdinalIgnoreCase)));

    static List<string> Texts(XElement rule, string name) => [.. rule.Children(name).Select(element => element.Value)];
}
