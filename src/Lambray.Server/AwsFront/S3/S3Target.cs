using System.Text;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront.S3;

/// <summary>Which bucket and key a request is for; empty where it names none.</summary>
/// <remarks>
/// Taken from the raw target, as the server's own path has lost what keys may hold: escaped slashes, dot segments, empty segments.
/// The bucket is the first segment of the path or, in virtual-host style, the front of the host name.
/// </remarks>
sealed partial record S3Target(string Bucket, string Key)
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="AwsException">InvalidURI when it is not UTF-8.</exception>
    public static S3Target Of(HttpContext http)
    {
        var path = RawPath(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (BucketOfHost(http.Request.Host.Host) is { } bucket) return new S3Target(bucket, Unescape(path));
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new S3Target(Unescape(path), "") : new S3Target(Unescape(path[..slash]), Unescape(path[(slash + 1)..]));
    }

    /// <summary>What follows the first slash, up to the query.</summary>
    static string RawPath(string target)
    {
        // A client that believes to speak to a proxy sends the whole address.
        var start = target.StartsWith('/') ? 0 : Math.Max(0, target.IndexOf('/', target.IndexOf("//", StringComparison.Ordinal) + 2));
        var end = target.IndexOf('?', StringComparison.Ordinal);
        return end < 0 ? target[(start + 1)..] : target[(start + 1)..end];
    }

    static string? BucketOfHost(string host) => VirtualHost.Match(host) is { Success: true } match ? match.Groups["bucket"].Value : null;

    static string Unescape(string escaped)
    {
        try
        {
            return StrictUtf8.GetString(S3Escaping.Unescape(escaped));
        }
        catch (DecoderFallbackException)
        {
            throw new AwsException("InvalidURI", 400, "Couldn't parse the specified URI.") { Resource = escaped };
        }
    }

    // Of pictures.s3.localhost, my.pictures.s3.eu-west-1.amazonaws.com, and pictures.localhost, which clients make of http://localhost: the bucket.
    [GeneratedRegex(@"^(?!s3\.)(?<bucket>.+?)(\.s3([.-].+)?|\.localhost)\z", RegexOptions.IgnoreCase)]
    static partial Regex VirtualHost { get; }
}
