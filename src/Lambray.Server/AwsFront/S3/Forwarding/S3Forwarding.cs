using System.Globalization;
using Lambray.Aws.Signing;
using Lambray.Server.AwsFront.Forwarding;
using Lambray.Server.AwsFront.S3.Objects;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront.S3.Forwarding;

/// <summary>Passes what S3 is asked on to an existing server, path-style, and its answer back, as they stream; the calls of functions are traced as ever.</summary>
sealed class S3Forwarding(ForwardTarget target, TimeProvider time)
{
    public const string Name = "s3";

    readonly OtherServer other = new(Name, target.Endpoint);
    readonly RequestSigner signer = new(Name, target.Region, time);

    public async Task ServeAsync(HttpContext http)
    {
        S3Door.Name(http);
        // The address that a caller signed holds here, and no longer than it says.
        QueryAuthentication.Apply(http);
        using var request = ForwardedRequest.Make(http.Request, target.Endpoint, PathOf(http.GetS3Target()), BodyOf(http.Request));
        if (target.Credentials is { } credentials) signer.SignUnsignedPayload(request, credentials);
        using var answer = await other.AskAsync(request, http.RequestAborted);
        await OtherServer.PassBackAsync(answer, http);
    }

    static string PathOf(S3Target target) =>
        target.Bucket.Length == 0 ? "/" : $"/{S3Escaping.Escape(target.Bucket)}" + (target.Key.Length == 0 ? "" : $"/{S3Escaping.Escape(target.Key)}");

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
}
