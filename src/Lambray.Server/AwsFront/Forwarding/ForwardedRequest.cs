using System.Collections.Frozen;
using System.Text;

namespace Lambray.Server.AwsFront.Forwarding;

/// <summary>A request as the other server shall get it: without the caller's signature, and without the chunks that the caller signed.</summary>
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

    /// <param name="path">As it is to stand in the address, escaped.</param>
    public static HttpRequestMessage Make(HttpRequest from, Uri endpoint, string path, HttpContent? content)
    {
        var address = endpoint.GetLeftPart(UriPartial.Authority) + path + QueryOf(from);
        var request = new HttpRequestMessage(
            HttpMethod.Parse(from.Method), new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Content = content;
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

    static string QueryOf(HttpRequest from)
    {
        var query = new StringBuilder();
        foreach (var part in (from.QueryString.Value ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            if (!OfSignature.Contains(part.Split('=')[0])) query.Append(query.Length == 0 ? '?' : '&').Append(part);
        return query.ToString();
    }

    // The chunks were the caller's way of sending it, and are gone.
    static string EncodingOf(HttpRequest from) => string.Join(
        ",", from.Headers.ContentEncoding.SelectMany(value => value!.Split(',', StringSplitOptions.TrimEntries)).Where(encoding => encoding is not ("aws-chunked" or "")));
}
