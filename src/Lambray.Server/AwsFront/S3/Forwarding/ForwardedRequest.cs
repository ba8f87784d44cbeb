using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Lambray.Server.AwsFront.S3.Objects;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront.S3.Forwarding;

/// <summary>A request as the other server shall get it: path-style, without the caller's signature, its body without the chunks that the caller signed.</summary>
static class ForwardedRequest
{
    static readonly FrozenSet<string> Left = FrozenSet.ToFrozenSet(
    [
        "Host", "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Expect", "TE", "Trailer",
        "Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-SHA256", "X-Amz-Decoded-Content-Length", "X-Amz-Trailer",
        "Content-Length", "Content-Encoding",
    ], StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string> OfSignature = FrozenSet.ToFrozenSet(
    [
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires", "X-Amz-Security-Token",
        "AWSAccessKeyId", "Signature", "Expires",
    ], StringComparer.OrdinalIgnoreCase);

    public static HttpRequestMessage Make(HttpRequest from, S3Target target, Uri endpoint)
    {
        var address = endpoint.GetLeftPart(UriPartial.Authority) + PathOf(target) + QueryOf(from);
        var request = new HttpRequestMessage(
            HttpMethod.Parse(from.Method), new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Content = BodyOf(from);
        // Without any content there would be no place for Content-Type, which a copy may have too.
        if (HttpMethods.IsPut(from.Method) || HttpMethods.IsPost(from.Method)) request.Content ??= new ByteArrayContent([]);
        foreach (var (name, values) in from.Headers)
        {
            if (Left.Contains(name)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable())) request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
        if (EncodingOf(from) is { Length: > 0 } encoding) request.Content?.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return request;
    }

    static string PathOf(S3Target target) =>
        target.Bucket.Length == 0 ? "/" : $"/{S3Escaping.Escape(target.Bucket)}" + (target.Key.Length == 0 ? "" : $"/{S3Escaping.Escape(target.Key)}");

    static string QueryOf(HttpRequest from)
    {
        var query = new StringBuilder();
        foreach (var part in (from.QueryString.Value ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            if (!OfSignature.Contains(part.Split('=')[0])) query.Append(query.Length == 0 ? '?' : '&').Append(part);
        return query.ToString();
    }

    static StreamContent? BodyOf(HttpRequest from)
    {
        if (from.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false) return null;
        if (!UploadBody.IsChunked(from)) return WithLength(new StreamContent(from.Body), from.ContentLength);
        long.TryParse(from.Headers["x-amz-decoded-content-length"], NumberStyles.None, CultureInfo.InvariantCulture, out var length);
        return WithLength(new StreamContent(new AwsChunkedStream(from.BodyReader)), length);
    }

    static StreamContent WithLength(StreamContent content, long? length)
    {
        content.Headers.ContentLength = length;
        return content;
    }

    // The chunks were the caller's way of sending it, and are gone.
    static string EncodingOf(HttpRequest from) => string.Join(
        ",", from.Headers.ContentEncoding.SelectMany(value => value!.Split(',', StringSplitOptions.TrimEntries)).Where(encoding => encoding is not ("aws-chunked" or "")));
}
