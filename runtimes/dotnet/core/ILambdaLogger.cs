namespace Amazon.Lambda.Core;

/// <summary>Writes to the function's log.</summary>
public interface ILambdaLogger
{
    void Log(string message);

    void LogLine(string message);

    void Log(string level, string message) => LogLine(message);

    void Log(string level, string message, params object[] args) => Log(level, message);

    void Log(string level, Exception exception, string message, params object[] args) => Log(level, message, args);

    void LogInformation(string message) => Log("Information", message);

    void LogWarning(string message, params object[] args) => Log("Warning", message, args);

    void LogError(Exception exception, string message, params object[] args) => Log("Error", exception, message, args);
}

/// <summary>The logger for code that has no <see cref="ILambdaContext"/>; the runtime puts its own in.</summary>
public static class LambdaLogger
{
#pragma warning disable IDE0044 // The runtime finds and sets it by its name.
    static Action<string> _loggingAction = Console.WriteLine;
#pragma warning restore IDE0044

    public static void Log(string message) => _loggingAction(message);
}
