using System.Net.Http.Headers;
using Lambray.Aws.Signing;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>Calls a server as any AWS client does: signed requests to one endpoint, errors in the form of the service that was called.</summary>
public sealed class AwsClient(Uri endpoint, AwsCredentials credentials, string region, TimeProvider time) : IDisposable
{
    // A synchronous invocation is answered when the function is done, and a function may take 15 minutes.
    readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(16) };

    public Uri Endpoint { get; } = endpoint;

    /// <summary>The answer to a request; the caller disposes of it.</summary>
    /// <exception cref="Aws.AwsException">The service refused.</exception>
    /// <exception cref="HttpRequestException">There is no server, or the connection broke.</exception>
    public async Task<HttpResponseMessage> SendAsync(AwsRequest request, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(Endpoint, request.Path)) { Content = new ReadOnlyMemoryContent(request.Body) };
        if (request.ContentType is { } type) message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in request.Headers) message.Headers.Add(name, value);
        new RequestSigner(request.Service, region, time).Sign(message, request.Body.Span, credentials);
        var response = await http.SendAsync(message, cancellation);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await AwsErrorReader.ReadAsync(response, cancellation);
    }

    public void Dispose() => http.Dispose();
}
