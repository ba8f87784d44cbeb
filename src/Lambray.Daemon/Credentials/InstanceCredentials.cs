namespace Lambray.Daemon.Credentials;

/// <summary>The role of an EC2 instance.</summary>
sealed class InstanceCredentials(InstanceMetadata metadata) : ICredentialSource
{
    const string Roles = "iam/security-credentials/";

    public string Name => "EC2 instance";

    public async Task<IssuedCredentials?> FindAsync(CancellationToken cancellation) =>
        await metadata.FindAsync(Roles, cancellation) is { Length: > 0 } roles
        && await metadata.FindAsync(Roles + roles.Split('\n')[0].Trim(), cancellation) is { } document
            ? RoleDocument.Read(document, "EC2 metadata")
            : null;
}
