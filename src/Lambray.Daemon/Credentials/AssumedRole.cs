namespace Lambray.Daemon.Credentials;

/// <summary>The role that the daemon was told to assume, with the credentials that it has otherwise.</summary>
sealed class AssumedRole(string roleArn, ICredentialSource callers, SecurityTokenService tokens) : ICredentialSource
{
    // As AWS's daemon names its sessions, which policies may ask for.
    const string SessionName = "xray-daemon";

    public string Name => $"role {roleArn}";

    public async Task<IssuedCredentials?> FindAsync(CancellationToken cancellation)
    {
        var caller = await callers.FindAsync(cancellation) ?? throw new CredentialException($"nothing to assume {roleArn} with ({callers.Name})");
        return await tokens.AssumeRoleAsync(roleArn, SessionName, externalId: null, caller.Keys, cancellation);
    }
}
