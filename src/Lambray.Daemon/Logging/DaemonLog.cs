using System.Globalization;
using System.Text;
using Lambray.Daemon.Configuration;
using Microsoft.Extensions.Logging;

namespace Lambray.Daemon.Logging;

/// <summary>The daemon's log, a line for each message: <c>2026-11-23T12:00:00Z [Info] Using region: eu-central-1</c>.</summary>
sealed class DaemonLog(Stream output, DaemonLogLevel level, TimeProvider time) : ILogger, IDisposable
{
    readonly Lock gate = new();

    public static DaemonLog Open(DaemonConfig config, TimeProvider time) =>
        new(config.LogFile is { } file ? new LogFile(file, config.LogRotation) : Console.OpenStandardOutput(), config.LogLevel, time);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= level switch
    {
        DaemonLogLevel.Dev => LogLevel.Trace,
        DaemonLogLevel.Debug => LogLevel.Debug,
        DaemonLogLevel.Info => LogLevel.Information,
        DaemonLogLevel.Warn => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        var line = Encoding.UTF8.GetBytes(Line(time.GetLocalNow(), logLevel, formatter(state, exception).ReplaceLineEndings(" ")));
        lock (gate)
        {
            try
            {
                output.Write(line);
            }
            // A full disk, or a reader of the pipe that has gone: segments matter more than what is said about them.
            catch (IOException)
            {
            }
        }
    }

    /// <summary>A line of the log, with its end.</summary>
    public static string Line(DateTimeOffset now, LogLevel level, string message)
    {
        var zone = now.Offset == TimeSpan.Zero ? "Z" : now.ToString("zzz", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd'T'HH:mm:ss}{zone} [{Word(level)}] {message}\n");
    }

    public void Dispose() => output.Dispose();

    static string Word(LogLevel level) => level switch
    {
        LogLevel.Information => "Info",
        LogLevel.Warning => "Warn",
        _ => level.ToString(),
    };
}
