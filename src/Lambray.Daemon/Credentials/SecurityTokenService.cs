using System.Globalization;
using System.Text;
using System.Xml;
using Lambray.Aws.Signing;

namespace Lambray.Daemon.Credentials;

/// <summary>Temporary credentials of a role, by AWS's Security Token Service (its Query protocol, with answers in XML).</summary>
sealed class SecurityTokenService(HttpClient http, Uri endpoint, string region, TimeProvider time)
{
    const string ApiVersion = "2011-06-15";
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    readonly RequestSigner signer = new("sts", region, time);

    public Task<IssuedCredentials> AssumeRoleAsync(string roleArn, string sessionName, string? externalId, AwsCredentials caller, CancellationToken cancellation) =>
        SendAsync(caller, cancellation, ("Action", "AssumeRole"), ("RoleArn", roleArn), ("RoleSessionName", sessionName), ("ExternalId", externalId));

    /// <summary>For a token that another has issued, as Kubernetes does for a service account; the token is the proof, nothing is signed.</summary>
    public Task<IssuedCredentials> AssumeRoleWithWebIdentityAsync(string roleArn, string sessionName, string token, CancellationToken cancellation) =>
        SendAsync(caller: null, cancellation, ("Action", "AssumeRoleWithWebIdentity"), ("RoleArn", roleArn), ("RoleSessionName", sessionName), ("WebIdentityToken", token));

    async Task<IssuedCredentials> SendAsync(AwsCredentials? caller, CancellationToken cancellation, params (string Name, string? Value)[] parameters)
    {
        var body = Encoding.UTF8.GetBytes(string.Join('&', parameters.Append((Name: "Version", Value: ApiVersion))
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}")));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "/")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded") { CharSet = "utf-8" };
        if (caller is not null) signer.Sign(request, body, caller);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            using var answer = await http.SendAsync(request, limit.Token);
            var text = await answer.Content.ReadAsStringAsync(limit.Token);
            return answer.IsSuccessStatusCode ? Read(text) : throw new CredentialException($"STS at {endpoint} answered {(int)answer.StatusCode}: {text}");
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && error is HttpRequestException or OperationCanceledException or XmlException or FormatException)
        {
            throw new CredentialException($"STS at {endpoint}: {error.Message}", error);
        }
    }

    static IssuedCredentials Read(string xml)
    {
        var found = new Dictionary<string, string>();
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        for (string? element = null; reader.Read();)
            if (reader.NodeType == XmlNodeType.Element) element = reader.LocalName;
            else if (reader.NodeType == XmlNodeType.Text && element is not null) found.TryAdd(element, reader.Value);
        return new IssuedCredentials(
            new AwsCredentials(Field("AccessKeyId"), Field("SecretAccessKey"), Field("SessionToken")),
            DateTimeOffset.Parse(Field("Expiration"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

        string Field(string name) => found.TryGetValue(name, out var text) ? text : throw new FormatException($"its answer has no {name}");
    }
}
