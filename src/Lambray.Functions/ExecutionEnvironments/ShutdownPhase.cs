using Lambray.Functions.ExecutionEnvironments.Extensions;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.ExecutionEnvironments.Linux;
using Lambray.Functions.ExecutionEnvironments.Telemetry;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>The last moments of an environment with extensions: the runtime goes first, then they ("Shutdown phase" in the Lambda Developer Guide).</summary>
/// <remarks>
/// <list type="number">
/// <item>The runtime gets SIGTERM and a moment to react; after a timeout or a crash there is nothing to wait for.</item>
/// <item>External extensions get the SHUTDOWN event, or are ended when they did not ask for it.</item>
/// <item>Whoever is left at the deadline is ended by the caller.</item>
/// </list>
/// </remarks>
sealed class ShutdownPhase(IsolatedProcess process, EnvironmentExtensions extensions, EnvironmentTelemetry telemetry, TimeProvider time)
{
    static readonly TimeSpan WithInternal = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan WithExternal = TimeSpan.FromSeconds(2);
    static readonly TimeSpan OfRuntime = TimeSpan.FromMilliseconds(300);

    public async Task RunAsync(ShutdownReason reason)
    {
        if (!extensions.Any) return;
        var deadline = time.GetUtcNow() + (extensions.AnyExternal ? WithExternal : WithInternal);
        if (reason == ShutdownReason.Spindown)
        {
            process.SignalRuntime(LibC.SigTerm);
            await WaitAsync(process.Exited, extensions.AnyExternal ? OfRuntime : WithInternal);
        }
        if (process.Supervisor is not { } supervisor) return;
        supervisor.SignalRuntime(LibC.SigKill);
        telemetry.Flush();
        foreach (var deaf in extensions.ShutDown(new ExtensionEvent.Shutdown(deadline, reason))) supervisor.Signal(deaf, LibC.SigKill);
        await WaitAsync(Task.WhenAny(supervisor.ExtensionsExited, process.Ended), deadline - time.GetUtcNow());
    }

    async Task WaitAsync(Task task, TimeSpan limit)
    {
        try
        {
            if (limit > TimeSpan.Zero) await task.WaitAsync(limit, time);
        }
        // It had its time.
        catch (TimeoutException)
        {
        }
    }
}
