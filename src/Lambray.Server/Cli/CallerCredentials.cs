using Lambray.Aws.Signing;
using Lambray.Resources.Iam;
using Lambray.Server.Hosting;

namespace Lambray.Server.Cli;

/// <summary>What commands sign with, found as AWS's own clients find it, and for a server on this machine also in its files.</summary>
static class CallerCredentials
{
    // A server that does not ask for signatures takes any.
    static readonly AwsCredentials Anybody = new("lambray", "lambray");

    /// <remarks>Variables, the profile that one of them names, the server's own root key if this user can read it, the default profile.</remarks>
    public static AwsCredentials Find(Terminal terminal, bool isServerHere) =>
        FromVariables(terminal)
        ?? (terminal.Variable("AWS_PROFILE") is { } profile ? FromProfile(terminal, profile) : null)
        ?? (isServerHere ? RootAccessKey.Find(DataDirectory.CredentialsOf(ServerFiles.DataDirectory(null, terminal))) : null)
        ?? FromProfile(terminal, "default")
        ?? Anybody;

    static AwsCredentials? FromVariables(Terminal terminal) =>
        terminal.Variable("AWS_ACCESS_KEY_ID") is { } id && terminal.Variable("AWS_SECRET_ACCESS_KEY") is { } secret
            ? new AwsCredentials(id, secret, terminal.Variable("AWS_SESSION_TOKEN"))
            : null;

    static AwsCredentials? FromProfile(Terminal terminal, string profile)
    {
        var home = terminal.Variable("HOME");
        var files = new[]
        {
            terminal.Variable("AWS_SHARED_CREDENTIALS_FILE") ?? (home is null ? null : Path.Combine(home, ".aws", "credentials")),
            terminal.Variable("AWS_CONFIG_FILE") ?? (home is null ? null : Path.Combine(home, ".aws", "config")),
        };
        return files.OfType<string>().Where(File.Exists).Select(file => SharedCredentials.Read(File.ReadAllText(file), profile)).FirstOrDefault(found => found is not null);
    }
}
