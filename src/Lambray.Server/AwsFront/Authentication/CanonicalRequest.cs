using System.Text;
using System.Text.RegularExpressions;
using Lambray.Aws.Signing;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront.Authentication;

/// <summary>A request that came, in the form that its client signed ("Create a canonical request" in the IAM User Guide).</summary>
static partial class CanonicalRequest
{
    public static string Of(HttpRequest request, SignedRequest signed, string payloadHash)
    {
        var (path, query) = Target(request);
        var text = new StringBuilder().Append(request.Method).Append('\n').Append(Path(path, signed.Scope.Service)).Append('\n')
            .Append(CanonicalUri.Query(signed.IsPresigned ? WithoutSignature(query) : query)).Append('\n');
        foreach (var name in signed.SignedHeaders) text.Append(name).Append(':').Append(Header(request, name)).Append('\n');
        return text.Append('\n').AppendJoin(';', signed.SignedHeaders).Append('\n').Append(payloadHash).ToString();
    }

    // As it came: the server's own path is unescaped, and has lost what was.
    static (string Path, string Query) Target(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/')) target = new Uri(target).PathAndQuery;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }

    // S3 escapes a key once, whatever its client left as it was; elsewhere the path is put in order and escaped a second time.
    static string Path(string path, string service)
    {
        if (service == "s3") return string.Join('/', path.Split('/').Select(segment => Uri.EscapeDataString(Uri.UnescapeDataString(segment))));
        return CanonicalUri.Path(Slashes.Replace(path, "/"), service);
    }

    static string WithoutSignature(string query) =>
        string.Join('&', query.Split('&').Where(parameter => !parameter.StartsWith("X-Amz-Signature=", StringComparison.Ordinal)));

    static string Header(HttpRequest request, string name) =>
        string.Join(',', request.Headers[name].Select(value => Spaces.Replace(value!.Trim(), " ")));

    [GeneratedRegex("/{2,}")]
    static partial Regex Slashes { get; }

    [GeneratedRegex(" {2,}")]
    static partial Regex Spaces { get; }
}
