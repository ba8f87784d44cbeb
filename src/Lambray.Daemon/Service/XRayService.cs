using System.Globalization;
using System.Net.Http.Headers;
using Lambray.Aws.Signing;
using Lambray.Daemon.Credentials;

namespace Lambray.Daemon.Service;

/// <summary>The X-Ray service as the daemon reaches it: requests signed with the daemon's credentials, or not signed where there are none.</summary>
/// <remarks>A Lambray server on loopback takes unsigned requests; AWS refuses them, and says so in its answer.</remarks>
sealed class XRayService(HttpClient http, Uri endpoint, string region, CurrentCredentials credentials, string userAgent, TimeProvider time)
{
    static readonly MediaTypeHeaderValue Json = new("application/json");

    readonly RequestSigner signer = new("xray", region, time);

    public Uri Endpoint => endpoint;

    /// <summary>Calls an operation with a JSON body, once.</summary>
    /// <exception cref="HttpRequestException">There is no connection; the answer is not looked at.</exception>
    public Task<HttpResponseMessage> PostAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var request = Request(HttpMethod.Post, path, body);
        request.Content!.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.TryAddWithoutValidation("X-Amzn-Xray-Timestamp", SendTime());
        return SendAsync(request, body, cancellation);
    }

    /// <summary>A request to the service, to which headers may be added before it is sent.</summary>
    public HttpRequestMessage Request(HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> body) => new(method, Address(pathAndQuery))
    {
        Content = body.IsEmpty && (method == HttpMethod.Get || method == HttpMethod.Head) ? null : new ReadOnlyMemoryContent(body),
    };

    /// <summary>Signs and sends a request, and disposes of it.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using (request)
        {
            if (await credentials.FindAsync(cancellation) is { } found) signer.Sign(request, body.Span, found);
            return await http.SendAsync(request, cancellation);
        }
    }

    // An endpoint may have a path of its own, before that of the operation.
    Uri Address(string pathAndQuery) => new(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + pathAndQuery);

    string SendTime() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds.ToString("F9", CultureInfo.InvariantCulture);
}
