using Amazon.Lambda.Core;

namespace Lambray.DotNetRuntime;

/// <summary>The logger that handlers get by their context. The interface itself leads its many other methods to these.</summary>
sealed class FunctionLogger(FunctionLog log) : ILambdaLogger
{
    public void Log(string message) => Console.Write(message);

    public void LogLine(string message) => log.Write(FunctionLog.Information, message);

    public void Log(string level, string message) => log.Write(level, message);

    public void Log(string level, string message, params object[] args) => log.Write(level, message, null, args);

    public void Log(string level, Exception exception, string message, params object[] args) => log.Write(level, message, exception, args);
}
