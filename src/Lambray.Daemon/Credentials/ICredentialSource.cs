using Lambray.Aws.Signing;

namespace Lambray.Daemon.Credentials;

/// <summary>One place where credentials may come from.</summary>
interface ICredentialSource
{
    /// <summary>What to call it in the log.</summary>
    string Name { get; }

    /// <summary>The credentials, or null when this place has nothing to offer here.</summary>
    /// <exception cref="CredentialException">It was told to have some, and cannot give them.</exception>
    Task<IssuedCredentials?> FindAsync(CancellationToken cancellation);
}

/// <summary>Credentials with the time after which they are worth nothing; null for those of a user.</summary>
sealed record IssuedCredentials(AwsCredentials Keys, DateTimeOffset? Expires = null);

/// <summary>Credentials that should be there could not be had.</summary>
sealed class CredentialException(string message, Exception? cause = null) : Exception(message, cause);
