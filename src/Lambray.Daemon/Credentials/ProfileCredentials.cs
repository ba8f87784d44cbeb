using System.Diagnostics.CodeAnalysis;
using Lambray.Aws.Signing;

namespace Lambray.Daemon.Credentials;

/// <summary>Keys of a profile, or a role that a profile assumes with those of another.</summary>
/// <remarks>Read anew each time, as someone may have renewed them. Single sign-on and external processes are not supported.</remarks>
sealed class ProfileCredentials(Func<string, string?> variable, SecurityTokenService tokens) : ICredentialSource
{
    const int ChainMax = 8;

    public string Name => "shared files";

    public async Task<IssuedCredentials?> FindAsync(CancellationToken cancellation)
    {
        var files = SharedFiles.Read(variable);
        if (files.Has(files.Profile)) return await FindAsync(files, files.Profile, ChainMax, cancellation);
        return variable("AWS_PROFILE") is { } missing ? throw new CredentialException($"there is no profile {missing}") : null;
    }

    async Task<IssuedCredentials?> FindAsync(SharedFiles files, string profile, int chainLeft, CancellationToken cancellation)
    {
        if (chainLeft == 0) throw new CredentialException($"the source profiles of {profile} lead to one another");
        if (files.Find(profile, "role_arn") is not { } role || !FindSource(files, profile, out var source)) return Keys(files, profile);

        var caller = source == profile ? Keys(files, profile) : await FindAsync(files, source, chainLeft - 1, cancellation);
        return caller is null
            ? throw new CredentialException($"the source profile {source} of {profile} has no keys")
            : await tokens.AssumeRoleAsync(role, files.Find(profile, "role_session_name") ?? "xray-daemon", files.Find(profile, "external_id"), caller.Keys, cancellation);
    }

    static bool FindSource(SharedFiles files, string profile, [NotNullWhen(true)] out string? source) =>
        (source = files.Find(profile, "source_profile")) is not null;

    static IssuedCredentials? Keys(SharedFiles files, string profile) =>
        files.Find(profile, "aws_access_key_id") is { } id && files.Find(profile, "aws_secret_access_key") is { } secret
            ? new IssuedCredentials(new AwsCredentials(id, secret, files.Find(profile, "aws_session_token")))
            : null;
}
