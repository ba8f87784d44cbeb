using System.Net.Http.Headers;
using Lambray.Aws.Signing;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>Calls a server as any AWS client does: signed requests to one endpoint, errors in the form of the service that was called.</summary>
public sealed class AwsClient(Uri endpoint, AwsCredentials credentials, string region, TimeProvider time) : IDisposable
{
    // A synchronous invocation is answered when the function is done, and a function may take 15 minutes.
    readonly HttpClient http = new() { BaseAddress = endpoint, Timeout = TimeSpan.FromMinutes(16) };

    public Uri Endpoint { get; } = endpoint;

    /// <summary>The answer to a request; the caller disposes of it.</summary>
    /// <exception cref="Aws.AwsException">The service refused.</exception>
    /// <exception cref="HttpRequestException">There is no server, or the connection broke.</exception>
    public async Task<HttpResponseMessage> SendAsync(AwsRequest request, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(request.Method, request.Path) { Content = new ReadOnlyMemoryContent(request.Body) };
        if (request.ContentType is { } type) message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in request.Headers) message.Headers.Add(name, value);
        Sign(message, request);
        var response = await http.SendAsync(message, cancellation);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await AwsErrorReader.ReadAsync(response, cancellation);
    }

    public void Dispose() => http.Dispose();

    void Sign(HttpRequestMessage message, AwsRequest request)
    {
        var amzDate = SignatureV4.AmzDate(time.GetUtcNow());
        var payloadHash = SignatureV4.Hash(request.Body.Span);
        var signed = new Dictionary<string, string>
        {
            ["host"] = Endpoint.Authority,
            ["x-amz-date"] = amzDate,
            ["x-amz-content-sha256"] = payloadHash,
        };
        if (credentials.SessionToken is { } token) signed["x-amz-security-token"] = token;
        var scope = new CredentialScope(credentials.AccessKeyId, amzDate[..8], region, request.Service);
        var authorization = SignatureV4.Authorization(
            credentials, scope, request.Method.Method, request.CanonicalPath, "", signed, payloadHash, amzDate);
        foreach (var (name, value) in signed)
            if (name != "host") message.Headers.Add(name, value);
        message.Headers.TryAddWithoutValidation("Authorization", authorization);
    }
}
