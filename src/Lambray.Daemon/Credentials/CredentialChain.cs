namespace Lambray.Daemon.Credentials;

/// <summary>The places that the AWS SDKs look at, in their order; the first that has credentials gives them.</summary>
sealed class CredentialChain(IReadOnlyList<ICredentialSource> sources) : ICredentialSource
{
    public string Name => string.Join(", ", sources.Select(source => source.Name));

    public async Task<IssuedCredentials?> FindAsync(CancellationToken cancellation)
    {
        foreach (var source in sources)
            if (await source.FindAsync(cancellation) is { } found) return found;
        return null;
    }
}
