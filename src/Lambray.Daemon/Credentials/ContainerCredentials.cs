namespace Lambray.Daemon.Credentials;

/// <summary>The role of an ECS task or an EKS pod, from the agent beside it ("Container credential provider" in the AWS SDKs and Tools Reference Guide).</summary>
sealed class ContainerCredentials(Func<string, string?> variable, HttpClient http) : ICredentialSource
{
    static readonly Uri EcsAgent = new("http://169.254.170.2");
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public string Name => "container";

    public async Task<IssuedCredentials?> FindAsync(CancellationToken cancellation)
    {
        if (FindAddress() is not { } address) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (await FindTokenAsync(limit.Token) is { } token) request.Headers.TryAddWithoutValidation("Authorization", token);
            using var answer = await http.SendAsync(request, limit.Token);
            var text = await answer.Content.ReadAsStringAsync(limit.Token);
            return answer.IsSuccessStatusCode
                ? RoleDocument.Read(text, $"the container agent at {address}")
                : throw new CredentialException($"the container agent at {address} answered {(int)answer.StatusCode}: {text}");
        }
        catch (Exception error) when (
            !cancellation.IsCancellationRequested && error is HttpRequestException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            throw new CredentialException($"the container agent at {address}: {error.Message}", error);
        }
    }

    Uri? FindAddress() =>
        variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { } path ? new Uri(EcsAgent, path)
        : variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) ? address
        : throw new CredentialException($"AWS_CONTAINER_CREDENTIALS_FULL_URI: '{text}' is no URL");

    // A file is written anew now and then, so it is read each time.
    async Task<string?> FindTokenAsync(CancellationToken cancellation) =>
        variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is { } file ? (await File.ReadAllTextAsync(file, cancellation)).Trim() : variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
}
