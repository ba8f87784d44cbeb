using Lambray.Functions.ExecutionEnvironments.Extensions;
using Lambray.Functions.ExecutionEnvironments.Telemetry;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>The init phase of one environment: how it ended, and what logs and telemetry are told of it.</summary>
/// <remarks>Not safe for threads, save <see cref="Ended"/> and <see cref="TryTellAhead"/>: the environment's lock guards it.</remarks>
/// <param name="isReset">Whether it is done anew inside an invocation, after a crash.</param>
sealed class EnvironmentInit(
    InitializationType type, bool isReset, DateTimeOffset started, EnvironmentLog log, EnvironmentTelemetry telemetry, EnvironmentExtensions extensions, TimeProvider time)
{
    readonly TaskCompletionSource<InitEnd> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int timesTold;
    bool isRuntimeDone;

    public Task<InitEnd> Ended => ended.Task;

    InitKind Kind => KindOf(type, isReset);

    public static InitKind KindOf(InitializationType type, bool isReset) => new(type, isReset ? "invoke" : "init");

    /// <summary>Whether an init phase that was done ahead has still to be told of; true once.</summary>
    public bool TryTellAhead() => type == InitializationType.ProvisionedConcurrency && Interlocked.Increment(ref timesTold) == 1;

    /// <summary>The runtime is done with it, if for the first time.</summary>
    public void RuntimeDone(Outcome outcome)
    {
        if (isRuntimeDone) return;
        isRuntimeDone = true;
        telemetry.Publish(PlatformEvents.InitRuntimeDone(time.GetUtcNow(), Kind, outcome));
    }

    /// <summary>Ends the phase; what was printed during it stands before whatever comes next in the log.</summary>
    /// <returns>False when it had ended before.</returns>
    public bool TryEnd(InitEnd end)
    {
        log.Drain();
        if (!ended.TrySetResult(end)) return false;
        RuntimeDone(end.Outcome);
        foreach (var extension in extensions.All)
        {
            log.Write(extension.LogLine);
            telemetry.Publish(PlatformEvents.ExtensionInit(end.At, extension));
        }
        telemetry.Publish(PlatformEvents.InitReport(end.At, Kind, end.Outcome, end.At - started));
        telemetry.Close();
        return true;
    }
}
