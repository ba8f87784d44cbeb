using System.Reflection;
using System.Text;

namespace Lambray.DotNetRuntime;

/// <summary>The function's log on standard output, in Lambda's formats: time, request id, level and message, divided by tabs, or as JSON.</summary>
sealed class FunctionLog
{
    public const string Information = "Information";
    public const string Error = "Error";

    static readonly string[] Levels = ["Trace", "Debug", Information, "Warning", Error, "Critical"];
    static readonly string[] Labels = ["trce", "dbug", "info", "warn", "fail", "crit"];

    readonly Stream output = Console.OpenStandardOutput();
    readonly object writing = new();
    readonly int least = LeastLevel(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL"));
    readonly bool isJson = string.Equals(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT"), "JSON", StringComparison.OrdinalIgnoreCase);

    FunctionLog()
    {
    }

    /// <summary>What the next lines belong to; null before the first invocation.</summary>
    public Invocation? Current { get; set; }

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
        Set(logger, "_loggingWithLevelAction", (string level, string message, object[] arguments) => Write(level, message, null, arguments));
        Set(logger, "_loggingWithLevelAndExceptionAction", (string level, Exception error, string message, object[] arguments) => Write(level, message, error, arguments));
    };

    /// <param name="level">As .NET names it; others are shown as they are.</param>
    /// <param name="arguments">For the names in braces of the message, if any.</param>
    public void Write(string level, string? message, Exception? error = null, params object?[]? arguments)
    {
        var rank = Array.FindIndex(Levels, known => known.Equals(level, StringComparison.OrdinalIgnoreCase));
        if (rank >= 0 && rank < least) return;
        var time = TimeProvider.System.GetUtcNow();
        WriteRaw(isJson
            ? JsonLogRecord.Of(time, rank < 0 ? level : Levels[rank], Current, message, error, arguments)
            : $"{time:yyyy-MM-ddTHH:mm:ss.fffZ}\t{Current?.RequestId}\t{(rank < 0 ? level : Labels[rank])}\t{MessageTemplate.Fill(message, arguments)}{(error is null ? "" : "\n" + error)}\n");
    }

    /// <summary>Writes an error that failed an invocation or the init phase.</summary>
    public void WriteError(Exception error)
    {
        if (isJson) Write(Error, error.Message, error);
        else Write(Error, error.ToString());
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
