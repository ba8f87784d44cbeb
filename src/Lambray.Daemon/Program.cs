using System.Runtime.InteropServices;
using Lambray.Daemon;
using Lambray.Daemon.Configuration;
using Lambray.Daemon.Logging;
using Microsoft.Extensions.Logging;

var time = TimeProvider.System;
try
{
    var flags = CommandLine.Read(args);
    if (flags.WantsHelp)
    {
        await Console.Out.WriteAsync(CommandLine.Help());
        return 0;
    }
    var config = ConfigurationReader.Read(flags, Variable);
    if (flags.WantsVersion)
    {
        var own = typeof(DaemonVersion).Assembly.GetName().Version?.ToString(3);
        await Console.Out.WriteLineAsync($"AWS X-Ray daemon version: {DaemonVersion.Compatible} (Lambray {own})");
        return 0;
    }
    using var log = DaemonLog.Open(config, time);
    var signal = new TaskCompletionSource<PosixSignal>(TaskCreationOptions.RunContinuationsAsynchronously);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var daemon = await XRayDaemon.StartAsync(config, Variable, time, log, CancellationToken.None);
    await await Task.WhenAny(signal.Task, daemon.Working);
    ShutdownLog.Got(log, await signal.Task == PosixSignal.SIGINT ? "interrupt" : "terminated");
    await daemon.StopAsync();
    return 0;

    void End(PosixSignalContext context)
    {
        // The process ends when everything has been sent.
        context.Cancel = true;
        signal.TrySetResult(context.Signal);
    }
}
catch (ConfigurationException mistake)
{
    await Console.Error.WriteAsync(DaemonLog.Line(time.GetLocalNow(), LogLevel.Error, mistake.Message));
    return mistake.ExitCode;
}

static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

static partial class ShutdownLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Got shutdown signal: {Signal}")]
    public static partial void Got(ILogger log, string signal);
}
