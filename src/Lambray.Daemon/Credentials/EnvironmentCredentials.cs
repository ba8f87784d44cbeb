using Lambray.Aws.Signing;

namespace Lambray.Daemon.Credentials;

/// <summary>Keys in <c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c> and, for temporary ones, <c>AWS_SESSION_TOKEN</c>.</summary>
sealed class EnvironmentCredentials(Func<string, string?> variable) : ICredentialSource
{
    public string Name => "environment";

    public Task<IssuedCredentials?> FindAsync(CancellationToken cancellation) => Task.FromResult(
        variable("AWS_ACCESS_KEY_ID") is { } id && variable("AWS_SECRET_ACCESS_KEY") is { } secret
            ? new IssuedCredentials(new AwsCredentials(id, secret, variable("AWS_SESSION_TOKEN")))
            : null);
}
