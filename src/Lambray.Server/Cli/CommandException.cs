namespace Lambray.Server.Cli;

/// <summary>A command cannot go on; the message is the one line that its user needs.</summary>
public sealed class CommandException(string message, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
