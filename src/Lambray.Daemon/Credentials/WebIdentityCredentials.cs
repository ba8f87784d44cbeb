namespace Lambray.Daemon.Credentials;

/// <summary>The role of a Kubernetes service account: <c>AWS_WEB_IDENTITY_TOKEN_FILE</c> and <c>AWS_ROLE_ARN</c>.</summary>
sealed class WebIdentityCredentials(Func<string, string?> variable, SecurityTokenService tokens) : ICredentialSource
{
    public string Name => "web identity";

    public async Task<IssuedCredentials?> FindAsync(CancellationToken cancellation)
    {
        if (variable("AWS_WEB_IDENTITY_TOKEN_FILE") is not { } file || variable("AWS_ROLE_ARN") is not { } role) return null;
        string token;
        try
        {
            token = await File.ReadAllTextAsync(file, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException($"the token in {file} cannot be read: {error.Message}", error);
        }
        return await tokens.AssumeRoleWithWebIdentityAsync(role, variable("AWS_ROLE_SESSION_NAME") ?? "xray-daemon", token.Trim(), cancellation);
    }
}
