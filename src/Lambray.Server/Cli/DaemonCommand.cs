using System.CommandLine;
using System.Runtime.InteropServices;

namespace Lambray.Server.Cli;

/// <summary><c>lambray daemon</c>: becomes the X-Ray daemon, a small program of its own, whose flags are those of AWS's daemon.</summary>
static partial class DaemonCommand
{
    public const string Name = "daemon";

    // In a folder of its own: it is another program, with other libraries.
    const string Program = "daemon/lambray-daemon";

    /// <summary>For the list of commands; its arguments are not looked at here.</summary>
    public static Command Create() => new(Name, "Run an X-Ray daemon, as AWS's: takes segments and sends them to Lambray or to AWS");

    /// <summary>Replaces this process, so that signals reach the daemon itself; returns only with an error.</summary>
    public static int Become(string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, Program);
        if (!File.Exists(path)) throw new CommandException($"{path} is missing; in the repository ./lambray daemon builds one", ExitCodes.Misused);
        Execute(path, [path, .. arguments, null]);
        throw new CommandException($"{path} cannot be run: {Marshal.GetLastPInvokeErrorMessage()}", ExitCodes.Misused);
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
