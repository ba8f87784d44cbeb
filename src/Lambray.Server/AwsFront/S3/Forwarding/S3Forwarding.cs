using System.Net;
using Lambray.Aws;
using Lambray.Aws.Signing;

namespace Lambray.Server.AwsFront.S3.Forwarding;

/// <summary>An existing server of S3's protocol in place of ours.</summary>
/// <param name="Credentials">Its own, which requests are signed with anew; null sends them unsigned.</param>
/// <param name="Region">What it calls its region.</param>
public sealed record S3ForwardTarget(Uri Endpoint, AwsCredentials? Credentials, string Region);

/// <summary>Passes what S3 is asked on to an existing server, and its answer back, as they stream; the calls of functions are traced as ever.</summary>
sealed class S3Forwarding(S3ForwardTarget target, TimeProvider time)
{
    // Of a connection, not of what goes over it.
    static readonly HashSet<string> OfConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
    };

    static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    // Lives as long as the process does, as a server's fronts do.
    static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = ConnectLimit,
        // The trace header is passed on as it came.
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });

    readonly RequestSigner signer = new("s3", target.Region, time);

    /// <summary>The front of S3, behind which is the other server.</summary>
    public static ServiceFront Front(S3ForwardTarget target, TimeProvider time)
    {
        var forwarding = new S3Forwarding(target, time);
        return S3Door.Front with { Map = routes => routes.Map("/{**target}", forwarding.Serve) };
    }

    async Task Serve(HttpContext http)
    {
        S3Door.Name(http);
        // The address that a caller signed holds here, and no longer than it says.
        QueryAuthentication.Apply(http);
        using var request = ForwardedRequest.Make(http.Request, http.GetS3Target(), target.Endpoint);
        if (target.Credentials is { } credentials) signer.SignUnsignedPayload(request, credentials);
        using var answer = await SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
            if (!OfConnection.Contains(name)) http.Response.Headers[name] = values.ToArray();
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await Http.SendAsync(request, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw new AwsException("ServiceUnavailable", 503, $"S3 is forwarded to {target.Endpoint}, which cannot be reached: {error.Message}");
        }
    }
}
