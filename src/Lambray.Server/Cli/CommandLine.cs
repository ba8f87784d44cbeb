using System.CommandLine;
using Lambray.Aws;
using Lambray.Server.Cli.Configuration;

namespace Lambray.Server.Cli;

/// <summary>The program's commands, and how each of their failures becomes one line and an exit code.</summary>
public static class CommandLine
{
    // "--payload @event.json" is a file for the command itself, not one with more arguments.
    static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal)
    {
        // Before anything is parsed: its flags are written as Go's.
        if (terminal.IsProcess && arguments is [DaemonCommand.Name, ..]) return BecomeDaemon([.. arguments.Skip(1)], terminal);
        var root = Root(terminal);
        var parsed = root.Parse(arguments, Parsing);
        if (parsed.Errors is [var error, ..])
            return Fail(terminal, $"{error.Message} See '{HelpOf(parsed)}'.", ExitCodes.Misused);
        try
        {
            // Signals are left to the commands: one that serves has to drain first, and the others may end at once.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = terminal.Output,
            });
        }
        catch (ConfigException mistake)
        {
            return Fail(terminal, mistake.Message, ExitCodes.Misused);
        }
        catch (CommandException failure)
        {
            return Fail(terminal, failure.Message, failure.ExitCode);
        }
        catch (AwsException refusal)
        {
            return Fail(terminal, $"{refusal.Code}: {refusal.Message}", ExitCodes.Failed);
        }
    }

    static int BecomeDaemon(string[] arguments, Terminal terminal)
    {
        try
        {
            return DaemonCommand.Become(arguments);
        }
        catch (CommandException failure)
        {
            return Fail(terminal, failure.Message, failure.ExitCode);
        }
    }

    static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("Lambray: AWS Lambda and AWS X-Ray on your own machine.")
        {
            ServeCommand.Create(terminal),
            DemoCommand.Create(terminal),
            DeployCommand.Create(terminal),
            InvokeCommand.Create(terminal),
            LogsCommand.Create(terminal),
            TracesCommand.Create(terminal),
            TraceCommand.Create(terminal),
            MapCommand.Create(terminal),
            CredentialsCommand.Create(terminal),
            DaemonCommand.Create(),
        };
        root.SetAction(parsed => root.Parse("--help").Invoke(parsed.InvocationConfiguration));
        return root;
    }

    static string HelpOf(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "lambray --help" : $"lambray {parsed.CommandResult.Command.Name} --help";

    static int Fail(Terminal terminal, string message, int exitCode)
    {
        terminal.Note($"lambray: {message.ReplaceLineEndings(" ")}");
        return exitCode;
    }
}
