using System.Globalization;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>The command lines that lead from the server to a runtime; each step ends by becoming the next.</summary>
/// <remarks>
/// <list type="number">
/// <item><c>sh</c> enters the control groups and takes the limits that a process sets for itself;</item>
/// <item><c>bwrap</c> makes the namespaces and mounts (sandbox only);</item>
/// <item><c>setpriv</c> gives up user id and capabilities, or asks to die with the server;</item>
/// <item><c>sh</c> sets the function's environment variables – only now, as steps before this one may be root and
/// must not obey a function's <c>LD_PRELOAD</c>;</item>
/// <item>the function's wrapper script, if it has one;</item>
/// <item>the runtime.</item>
/// </list>
/// </remarks>
static class LaunchCommand
{
    public const string Shell = "/bin/sh";
    const int FilesMax = 1024;
    const string EnterGroups = "groups=$1; shift; while [ \"$groups\" -gt 0 ]; do echo $$ > \"$1\" || exit 125; shift; groups=$((groups-1)); done; ";
    const string LoadVariables = ". \"$1\"; shift; cd \"$LAMBDA_TASK_ROOT\" || exit 125; exec \"$@\"";

    /// <summary>Step 1.</summary>
    /// <param name="dataBytesMax">A limit on each process's own memory, for machines without control groups.</param>
    public static List<string> Limits(IReadOnlyList<string> groupFiles, long? dataBytesMax)
    {
        var data = dataBytesMax is { } bytes ? $"ulimit -d {bytes / 1024}; " : "";
        return ["-c", $"{EnterGroups}umask 022; ulimit -c 0; ulimit -n {FilesMax}; {data}exec \"$@\"", "sh", Number(groupFiles.Count), .. groupFiles];
    }

    /// <summary>Step 3, in a sandbox that root has set up: becomes an ordinary user who can never gain anything back.</summary>
    public static List<string> DropPrivileges(uint user) =>
    [
        "setpriv", "--reuid", Number(user), "--regid", Number(user), "--clear-groups",
        "--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all", "--no-new-privs",
    ];

    /// <summary>Step 3, without a sandbox.</summary>
    public static List<string> DieWithServer() => ["setpriv", "--pdeathsig", "KILL", "--no-new-privs"];

    /// <summary>A program of the server's own that ends with it.</summary>
    public static (string Program, List<string> Arguments) DyingWithServer(IEnumerable<string> command) =>
        ("/usr/bin/setpriv", ["--pdeathsig", "KILL", .. command]);

    /// <summary>Steps 4 to 6.</summary>
    public static List<string> Runtime(string variablesFile, string? wrapper, IEnumerable<string> command) =>
        [Shell, "-c", LoadVariables, "sh", variablesFile, .. wrapper is null ? [] : new[] { wrapper }, .. command];

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
