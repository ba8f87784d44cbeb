using System.Globalization;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>The command lines that lead from the server into an environment; each step ends by becoming the next.</summary>
/// <remarks>
/// <list type="number">
/// <item><c>sh</c> enters the control groups and takes the limits that a process sets for itself;</item>
/// <item><c>bwrap</c> makes the namespaces and mounts (sandbox only);</item>
/// <item><c>setpriv</c> gives up user id and capabilities, or asks to die with the server;</item>
/// <item><c>sh</c> waits for <see cref="ShellOrders"/>, and becomes</item>
/// <item>the function's wrapper script, if it has one, or</item>
/// <item>the runtime.</item>
/// </list>
/// </remarks>
static class LaunchCommand
{
    public const string Shell = "/bin/sh";
    const int FilesMax = 1024;
    const string EnterGroups = "groups=$1; shift; while [ \"$groups\" -gt 0 ]; do echo 0 > \"$1\" || exit 125; shift; groups=$((groups-1)); done; ";

    /// <summary>Step 1.</summary>
    /// <param name="processesMax">A limit on what its user may run in its user namespace, for machines without control groups.</param>
    public static List<string> Limits(IReadOnlyList<string> groupFiles, int? processesMax)
    {
        // Shells do not agree on the letter.
        var processes = processesMax is { } count ? $"ulimit -u {count} 2>/dev/null || ulimit -p {count}; " : "";
        return ["-c", $"{EnterGroups}umask 022; ulimit -c 0; ulimit -n {FilesMax}; {processes}exec \"$@\"", "sh", Number(groupFiles.Count), .. groupFiles];
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

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
