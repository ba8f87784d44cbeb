using System.CommandLine;
using Lambray.Resources.Iam;
using Lambray.Server.Hosting;

namespace Lambray.Server.Cli;

/// <summary><c>lambray credentials</c>: the root's access key, out of the data directory that only its owner can read.</summary>
static class CredentialsCommand
{
    public static Command Create(Terminal terminal)
    {
        var directory = new Option<string?>("--data-dir")
        {
            HelpName = "DIR",
            Description = "The server's data directory; LAMBRAY_DATA_DIR, or ~/.local/share/lambray, unless told otherwise",
        };
        var command = new Command("credentials", "Show the root's access key of a server on this machine, as variables for a shell") { directory };
        command.SetAction(parsed => Show(ServerFiles.DataDirectory(parsed.GetValue(directory), terminal), terminal));
        return command;
    }

    static int Show(string directory, Terminal terminal)
    {
        var path = DataDirectory.CredentialsOf(directory);
        var key = RootAccessKey.Find(path) ?? throw new CommandException(
            $"{path} is not there or cannot be read; a server makes it at its first start, for its owner alone", ExitCodes.Failed);
        terminal.Say($"export AWS_ACCESS_KEY_ID={key.AccessKeyId}");
        terminal.Say($"export AWS_SECRET_ACCESS_KEY={key.SecretAccessKey}");
        // One of them that is left from elsewhere would spoil every signature.
        terminal.Say("unset AWS_SESSION_TOKEN");
        return ExitCodes.Done;
    }
}
