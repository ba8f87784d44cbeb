namespace Lambray.Aws.Signing;

/// <summary>Signs requests of .NET's HTTP client for one service in one region.</summary>
public sealed class RequestSigner(string service, string region, TimeProvider time)
{
    // Whoever passes a request on may write into it.
    const string TraceHeader = "X-Amzn-Trace-Id";

    /// <summary>Adds the date, the session token and the signature over these, the host, and whatever else the request says to AWS.</summary>
    /// <param name="request">Its address is absolute, its headers are final.</param>
    /// <param name="body">What its content will send.</param>
    public void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, AwsCredentials credentials) =>
        Sign(request, SignatureV4.Hash(body), credentials);

    /// <summary>The same without the body, which S3 allows: one that is sent as it comes cannot be hashed before.</summary>
    public void SignUnsignedPayload(HttpRequestMessage request, AwsCredentials credentials) => Sign(request, "UNSIGNED-PAYLOAD", credentials);

    void Sign(HttpRequestMessage request, string payloadHash, AwsCredentials credentials)
    {
        var uri = request.RequestUri!;
        var amzDate = SignatureV4.AmzDate(time.GetUtcNow());
        Set("x-amz-date", amzDate);
        Set("x-amz-content-sha256", payloadHash);
        if (credentials.SessionToken is { } token) Set("x-amz-security-token", token);
        var signed = request.Headers
            .Where(header => header.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase) && !header.Key.Equals(TraceHeader, StringComparison.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), string.Join(',', header.Value)))
            .Append(KeyValuePair.Create("host", uri.Authority));

        var scope = new CredentialScope(credentials.AccessKeyId, amzDate[..8], region, service);
        var authorization = SignatureV4.Authorization(
            credentials, scope, request.Method.Method, CanonicalUri.Path(uri.AbsolutePath, service), CanonicalUri.Query(uri.Query), signed, payloadHash, amzDate);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        void Set(string name, string value)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
