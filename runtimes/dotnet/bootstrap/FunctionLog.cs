using System.Reflection;
using System.Text;

namespace Lambray.DotNetRuntime;

/// <summary>The function's log on standard output, in Lambda's text format: time, request id, level and message, divided by tabs.</summary>
sealed class FunctionLog
{
    public const string Information = "Information";
    public const string Error = "Error";

    static readonly string[] Levels = ["Trace", "Debug", Information, "Warning", Error, "Critical"];
    static readonly string[] Labels = ["trce", "dbug", "info", "warn", "fail", "crit"];

    readonly Stream output = Console.OpenStandardOutput();
    readonly object writing = new();
    readonly int least = LeastLevel(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL"));

    FunctionLog()
    {
    }

    /// <summary>What the next lines belong to; empty before the first invocation.</summary>
    public string RequestId { get; set; } = "";

    /// <summary>Has all that is printed to the console written here.</summary>
    public static FunctionLog TakeConsole()
    {
        var log = new FunctionLog();
        Console.SetOut(new ConsoleWriter(log, Information));
        Console.SetError(new ConsoleWriter(log, Error));
        return log;
    }

    /// <summary>Has what is given to the static logger of the function's library of AWS written here, once that is loaded.</summary>
    public void TakeLambdaLogger() => AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) =>
    {
        if (loaded.LoadedAssembly.FullName?.StartsWith("Amazon.Lambda.Core,", StringComparison.Ordinal) != true || loaded.LoadedAssembly.GetType("Amazon.Lambda.Core.LambdaLogger") is not { } logger) return;
        Set(logger, "_loggingAction", (string message) => Write(Information, message));
        Set(logger, "_loggingWithLevelAction", (string level, string message, object[] arguments) => Write(level, MessageTemplate.Fill(message, arguments)));
        Set(logger, "_loggingWithLevelAndExceptionAction", (string level, Exception error, string message, object[] arguments) =>
            Write(level, MessageTemplate.Fill(message, arguments), error));
    };

    /// <param name="level">As .NET names it; others are shown as they are.</param>
    public void Write(string level, string? message, Exception? error = null)
    {
        var rank = Array.FindIndex(Levels, known => known.Equals(level, StringComparison.OrdinalIgnoreCase));
        if (rank >= 0 && rank < least) return;
        var label = rank < 0 ? level : Labels[rank];
        var time = TimeProvider.System.GetUtcNow();
        WriteRaw($"{time:yyyy-MM-ddTHH:mm:ss.fffZ}\t{RequestId}\t{label}\t{message}{(error is null ? "" : "\n" + error)}\n");
    }

    /// <summary>Writes text as it is; it has left the process when this returns.</summary>
    public void WriteRaw(string text)
    {
        lock (writing) output.Write(Encoding.UTF8.GetBytes(text));
    }

    static void Set<T>(Type logger, string field, T action) where T : Delegate =>
        logger.GetField(field, BindingFlags.NonPublic | BindingFlags.Static)?.SetValue(null, action);

    // Lambda's names of levels are not quite .NET's.
    static int LeastLevel(string? level) => level?.ToUpperInvariant() switch
    {
        "TRACE" => 0,
        "DEBUG" => 1,
        "WARN" => 3,
        "ERROR" => 4,
        "FATAL" => 5,
        _ => 2,
    };
}
