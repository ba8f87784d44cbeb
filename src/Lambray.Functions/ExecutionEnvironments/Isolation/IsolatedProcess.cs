using System.Net.Sockets;
using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>The running processes of one environment with all that was made for them; after <see cref="RemoveAsync"/> nothing of it is left.</summary>
public sealed class IsolatedProcess
{
    readonly ChildProcess process;
    readonly bool isSandboxed;
    readonly Premises premises;
    readonly Lock signalLock = new();
    bool isKilled;

    internal IsolatedProcess(ChildProcess process, bool isSandboxed, Premises premises, Supervisor? supervisor)
    {
        (this.process, this.isSandboxed, this.premises, Supervisor) = (process, isSandboxed, premises, supervisor);
        Ended = isSandboxed ? UnwrapAsync(process.Exited) : process.Exited;
        Exited = supervisor is null ? Ended : FirstAsync(supervisor.RuntimeExited, Ended);
    }

    public EnvironmentSockets Sockets => premises.Network.Sockets;

    public Socket Output => process.Output;

    /// <summary>What external extensions print; null when there are none.</summary>
    public Socket? ExtensionOutput => Supervisor is null ? null : process.Further[^1];

    /// <summary>How the runtime ended, once it has.</summary>
    public Task<ExitStatus> Exited { get; }

    /// <summary>Completes when the last process has ended, the extensions' too.</summary>
    public Task<ExitStatus> Ended { get; }

    /// <summary>Null without external extensions.</summary>
    internal Supervisor? Supervisor { get; }

    public long? MemoryPeakBytes => premises.Group?.MemoryPeakBytes;

    /// <summary>What its processes hold now; null where the machine cannot tell.</summary>
    public long? MemoryInUseBytes => premises.Group?.MemoryInUseBytes;

    public bool RanOutOfMemory => premises.Group?.RanOutOfMemory == true;

    /// <summary>The host's folder for its temporary files.</summary>
    internal string Temporary => premises.Files.MakeTemporary();

    /// <summary>The process id, on the host, of the first process inside the sandbox.</summary>
    /// <exception cref="EnvironmentStartException">It has ended.</exception>
    internal int FirstInside => process.FindFirstChild() ?? throw new EnvironmentStartException("The runtime has ended.");

    /// <summary>Gives it the limits of a function, which are no lower than those it was started with.</summary>
    internal void Raise(ResourceLimits limits)
    {
        if (premises.Group is { } group) group.Raise(limits);
        else if (isSandboxed) process.ForEachGrandchild(runtime => LimitData(runtime, limits.MemoryBytes));
        else LimitData(process.Pid, limits.MemoryBytes);
    }

    /// <summary>Takes the CPU from every process of the environment until <see cref="Thaw"/>.</summary>
    public void Freeze()
    {
        lock (signalLock)
        {
            // What is frozen does not die.
            if (isKilled) return;
            if (premises.Group is { CanFreeze: true } group) group.Freeze();
            else process.SignalTree(LibC.SigStop);
        }
    }

    /// <summary>Lets a frozen environment go on.</summary>
    public void Thaw()
    {
        if (premises.Group is { CanFreeze: true } group) group.Thaw();
        else process.SignalTree(LibC.SigContinue);
    }

    /// <summary>Makes a socket with which the server connects to what listens in the environment.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The environment has ended.</exception>
    public Socket OpenSocket() => premises.Network.OpenSocket();

    /// <summary>Sends a signal to the runtime alone.</summary>
    public void SignalRuntime(int signal)
    {
        if (Supervisor is not null) Supervisor.SignalRuntime(signal);
        // Below bubblewrap's own two processes.
        else if (isSandboxed) process.ForEachGrandchild(runtime => LibC.Kill(runtime, signal));
        else process.Signal(signal);
    }

    /// <summary>Ends every process of the environment at once, frozen or not.</summary>
    /// <remarks>
    /// In a sandbox all go with the first of their process namespace. bubblewrap, outside, waits for it and then ends by
    /// itself; killing bubblewrap would leave that first process for somebody else to reap. Elsewhere processes may have
    /// left the runtime's session, but never its control group.
    /// </remarks>
    public void Kill()
    {
        lock (signalLock)
        {
            isKilled = true;
            if (!isSandboxed || !process.SignalChildren(LibC.SigKill))
            {
                process.SignalAll(LibC.SigKill);
                premises.Group?.KillAll();
            }
            Thaw();
        }
    }

    /// <summary>Removes all that was made for the processes; they must have ended.</summary>
    public Task RemoveAsync() => LeavePremises().RemoveAsync();

    /// <summary>Leaves all that was made for the processes to others; they must have ended.</summary>
    internal Premises LeavePremises()
    {
        Output.Dispose();
        foreach (var socket in process.Further) socket.Dispose();
        return premises;
    }

    static void LimitData(int runtime, long bytes) =>
        _ = LibC.LimitResource(runtime, LibC.DataResource, new LibC.ResourceLimit((ulong)bytes, (ulong)bytes), former: 0);

    static async Task<ExitStatus> FirstAsync(Task<ExitStatus> runtime, Task<ExitStatus> all) => await await Task.WhenAny(runtime, all);

    static async Task<ExitStatus> UnwrapAsync(Task<ExitStatus> bubblewrap) => (await bubblewrap).Unwrapped;
}
