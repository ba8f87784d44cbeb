using System.Net.Sockets;
using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>The running processes of one environment with all that was made for them; after <see cref="RemoveAsync"/> nothing of it is left.</summary>
public sealed class IsolatedProcess
{
    static readonly TimeSpan GroupReleaseWait = TimeSpan.FromMilliseconds(2);
    const int GroupReleaseTries = 500;

    readonly ChildProcess process;
    readonly bool isSandboxed;
    readonly EnvironmentDirectory files;
    readonly IControlGroup? group;

    internal IsolatedProcess(
        ChildProcess process, bool isSandboxed, IReadOnlyList<string> extensions, EnvironmentSockets sockets, EnvironmentDirectory files, IControlGroup? group)
    {
        (this.process, this.isSandboxed, Sockets, this.files, this.group) = (process, isSandboxed, sockets, files, group);
        Ended = isSandboxed ? UnwrapAsync(process.Exited) : process.Exited;
        if (process.Further is [var control, var extensionOutput])
            (Supervisor, ExtensionOutput) = (new Supervisor(control, extensions), extensionOutput);
        Exited = Supervisor is null ? Ended : FirstAsync(Supervisor.RuntimeExited, Ended);
    }

    public EnvironmentSockets Sockets { get; }

    public Socket Output => process.Output;

    /// <summary>What external extensions print; null when there are none.</summary>
    public Socket? ExtensionOutput { get; }

    /// <summary>How the runtime ended, once it has.</summary>
    public Task<ExitStatus> Exited { get; }

    /// <summary>Completes when the last process has ended, the extensions' too.</summary>
    public Task<ExitStatus> Ended { get; }

    /// <summary>Null without external extensions.</summary>
    internal Supervisor? Supervisor { get; }

    public long? MemoryPeakBytes => group?.MemoryPeakBytes;

    /// <summary>The host's folder for its temporary files.</summary>
    internal string Temporary => files.Temporary;

    /// <summary>The process id, on the host, of the first process inside the sandbox.</summary>
    /// <exception cref="EnvironmentStartException">It has ended.</exception>
    internal int FirstInside => process.FindFirstChild() ?? throw new EnvironmentStartException("The runtime has ended.");

    /// <summary>Gives it the limits of a function, which are no lower than those it was started with.</summary>
    internal void Raise(ResourceLimits limits) => group?.Raise(limits);

    public bool RanOutOfMemory => group?.RanOutOfMemory == true;

    /// <summary>Sends a signal to the runtime alone.</summary>
    public void SignalRuntime(int signal)
    {
        if (Supervisor is not null) Supervisor.SignalRuntime(signal);
        // Below bubblewrap's own two processes.
        else if (isSandboxed) process.SignalGrandchildren(signal);
        else process.Signal(signal);
    }

    /// <summary>Ends every process of the environment at once.</summary>
    /// <remarks>
    /// In a sandbox all go with the first of their process namespace. bubblewrap, outside, waits for it and then ends by
    /// itself; killing bubblewrap would leave that first process for somebody else to reap. Elsewhere processes may have
    /// left the runtime's session, but never its control group.
    /// </remarks>
    public void Kill()
    {
        if (isSandboxed && process.SignalChildren(LibC.SigKill)) return;
        process.SignalAll(LibC.SigKill);
        group?.KillAll();
    }

    /// <summary>Removes files, sockets and control group; the processes must have ended.</summary>
    public async Task RemoveAsync()
    {
        Sockets.Dispose();
        Output.Dispose();
        foreach (var socket in process.Further) socket.Dispose();
        await RemoveGroupAsync();
        files.Remove();
    }

    static async Task<ExitStatus> FirstAsync(Task<ExitStatus> runtime, Task<ExitStatus> all) => await await Task.WhenAny(runtime, all);

    static async Task<ExitStatus> UnwrapAsync(Task<ExitStatus> bubblewrap) => (await bubblewrap).Unwrapped;

    // The kernel lets go of a group a moment after its last process. That moment is its own, whatever clock the server has.
    async Task RemoveGroupAsync()
    {
        for (var tries = 0; group?.TryRemove() == false && tries < GroupReleaseTries; tries++)
        {
            // Whoever was being forked while the others were ended.
            group.KillAll();
            await Task.Delay(GroupReleaseWait, TimeProvider.System);
        }
    }
}
