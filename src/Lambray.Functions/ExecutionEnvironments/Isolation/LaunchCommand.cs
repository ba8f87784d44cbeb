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
/// Where there are external extensions, the shell of step 4 stays and starts them, and then the runtime, as its children.
/// </remarks>
static class LaunchCommand
{
    public const string Shell = "/bin/sh";
    const int FilesMax = 1024;
    const string EnterGroups = "groups=$1; shift; while [ \"$groups\" -gt 0 ]; do echo 0 > \"$1\" || exit 125; shift; groups=$((groups-1)); done; ";
    const string LoadVariables = ". \"$1\"; shift; cd \"$LAMBDA_TASK_ROOT\" || exit 125; exec \"$@\"";

    // "Lambda extensions" in the Developer Guide lists what they do not see.
    const string HiddenFromExtensions =
        "AWS_EXECUTION_ENV AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_XRAY_CONTEXT_MISSING AWS_XRAY_DAEMON_ADDRESS " +
        "LAMBDA_RUNTIME_DIR LAMBDA_TASK_ROOT _AWS_XRAY_DAEMON_ADDRESS _AWS_XRAY_DAEMON_PORT _HANDLER";

    // Descriptor 3 leads to the server's Supervisor, 4 takes what extensions print.
    public const int SupervisorSockets = 2;

    const string Supervise = $$"""
        . "$1"; shift; cd "$LAMBDA_TASK_ROOT" || exit 125
        watched() {
          name=$1; shift
          ( "$@" & process=$!
            echo "started $process $name" >&3
            wait "$process"
            echo "ended $? $name" >&3 ) &
        }
        extension() { unset {{HiddenFromExtensions}}; cd /; exec "$1" >&4 2>&4 3>&- 4>&-; }
        runtime() { exec "$@" 3>&- 4>&-; }
        directory=$1; count=$2; shift 2
        while [ "$count" -gt 0 ]; do watched "$1" extension "$directory/$1"; shift; count=$((count-1)); done
        while read -r command process; do
          if [ "$command" = start ]; then watched "" runtime "$@"; else kill -s "$command" "$process"; fi
        done <&3
        """;

    /// <summary>Step 1.</summary>
    /// <param name="dataBytesMax">A limit on each process's own memory, for machines without control groups.</param>
    /// <param name="processesMax">A limit on what its user may run in its user namespace, for the same machines.</param>
    public static List<string> Limits(IReadOnlyList<string> groupFiles, long? dataBytesMax, int? processesMax)
    {
        var data = dataBytesMax is { } bytes ? $"ulimit -d {bytes / 1024}; " : "";
        // Shells do not agree on the letter.
        var processes = processesMax is { } count ? $"ulimit -u {count} 2>/dev/null || ulimit -p {count}; " : "";
        return ["-c", $"{EnterGroups}umask 022; ulimit -c 0; ulimit -n {FilesMax}; {data}{processes}exec \"$@\"", "sh", Number(groupFiles.Count), .. groupFiles];
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
    public static List<string> Last(string variablesFile, EnvironmentPlan plan, EnvironmentAddresses places)
    {
        string[] command = [.. plan.Wrapper is null ? [] : new[] { plan.Wrapper }, .. plan.Runtime.Command(places)];
        return plan.Extensions is []
            ? [Shell, "-c", LoadVariables, "sh", variablesFile, .. command]
            : [Shell, "-c", Supervise, "sh", variablesFile, places.LayersDirectory + "/extensions", Number(plan.Extensions.Count), .. plan.Extensions, .. command];
    }

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
