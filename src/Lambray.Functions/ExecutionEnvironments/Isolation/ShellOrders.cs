using System.Globalization;
using System.Text;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>What the shell inside an environment is told on its standard input, which it does line by line.</summary>
/// <remarks>
/// It is told the function's environment variables only there, as what comes before it may be root and must not obey a function's
/// <c>LD_PRELOAD</c>; and they are seen in no command line and no file. Without external extensions it then becomes the runtime.
/// With them it stays, starts them and the runtime as its children, and goes on taking orders from the <see cref="Supervisor"/>.
/// </remarks>
static class ShellOrders
{
    /// <summary>The descriptor that takes what extensions print.</summary>
    public const int ExtensionOutput = 3;

    /// <summary>Has it tell that it is there, in a line.</summary>
    public const string Answer = "echo >&0\n";

    /// <summary>Has it start the runtime beside the extensions.</summary>
    public const string StartRuntime = "watched '' runtime\n";

    // "Lambda extensions" in the Developer Guide lists what they do not see.
    const string HiddenFromExtensions =
        "AWS_EXECUTION_ENV AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_XRAY_CONTEXT_MISSING AWS_XRAY_DAEMON_ADDRESS " +
        "LAMBDA_RUNTIME_DIR LAMBDA_TASK_ROOT _AWS_XRAY_DAEMON_ADDRESS _AWS_XRAY_DAEMON_PORT _HANDLER";

    // Children have no standard input, so the way back to the server has a descriptor of its own.
    const string Supervision = $$"""
        exec 4>&0
        watched() {
          name=$1; shift
          ( "$@" & process=$!
            echo "started $process $name" >&4
            wait "$process"
            echo "ended $? $name" >&4 ) &
        }
        extension() { unset {{HiddenFromExtensions}}; cd /; exec "$1" >&3 2>&3 3>&- 4>&-; }

        """;

    /// <param name="dataBytesMax">A limit on each process's own memory, for machines without control groups.</param>
    public static string For(EnvironmentPlan plan, EnvironmentAddresses places, IReadOnlyDictionary<string, string> variables, long? dataBytesMax)
    {
        var orders = new StringBuilder();
        if (dataBytesMax is { } bytes) orders.Append(CultureInfo.InvariantCulture, $"ulimit -d {bytes / 1024}\n");
        foreach (var (name, value) in variables) orders.Append(CultureInfo.InvariantCulture, $"export {name}={Quoted(value)}\n");
        orders.Append("cd \"$LAMBDA_TASK_ROOT\" || exit 125\n");
        string[] command = [.. plan.Wrapper is null ? [] : new[] { plan.Wrapper }, .. plan.Runtime.Command(places)];
        var runtime = string.Join(' ', command.Select(Quoted));
        if (plan.Extensions is []) return orders.Append(CultureInfo.InvariantCulture, $"exec {runtime} </dev/null 3>&-\n").ToString();
        orders.Append(Supervision).Append(CultureInfo.InvariantCulture, $"runtime() {{ exec {runtime} 3>&- 4>&-; }}\n");
        foreach (var extension in plan.Extensions)
            orders.Append(CultureInfo.InvariantCulture, $"watched {Quoted(extension)} extension {Quoted($"{places.LayersDirectory}/extensions/{extension}")}\n");
        return orders.ToString();
    }

    public static string Signal(int process, int signal) => string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {process}\n");

    static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
