using Lambray.Functions.Registry;

namespace Lambray.Functions.ExecutionEnvironments.Logging;

/// <summary>How a function's log is written, and what of it is kept ("Configuring advanced logging controls" in the Developer Guide).</summary>
/// <param name="IsJson">Whether every line is JSON, Lambda's own too; levels hold for those only.</param>
/// <param name="Application">The least severe of the function's own lines that are kept.</param>
/// <param name="System">The least severe of Lambda's lines that are kept.</param>
public sealed record LogSettings(bool IsJson, ApplicationLogLevel Application, SystemLogLevel System)
{
    public static LogSettings Of(FunctionModel function) => new(
        function.LogFormat == "JSON",
        Enum.TryParse<ApplicationLogLevel>(function.ApplicationLogLevel, ignoreCase: true, out var application) ? application : ApplicationLogLevel.Info,
        Enum.TryParse<SystemLogLevel>(function.SystemLogLevel, ignoreCase: true, out var system) ? system : SystemLogLevel.Info);

    public bool Keeps(ReadOnlySpan<byte> line) => !IsJson || ApplicationLine.LevelOf(line) is not { } level || level >= Application;
}

/// <summary>By rising weight.</summary>
public enum ApplicationLogLevel
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

/// <summary>By rising weight.</summary>
public enum SystemLogLevel
{
    Debug,
    Info,
    Warn,
}
