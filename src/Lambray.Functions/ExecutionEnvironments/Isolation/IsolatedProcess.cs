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
    readonly Lock signalLock = new();
    bool isKilled;

    internal IsolatedProcess(ChildProcess process, bool isSandboxed, EnvironmentSockets sockets, EnvironmentDirectory files, IControlGroup? group) =>
        (this.process, this.isSandboxed, Exited, Sockets, this.files, this.group) =
            (process, isSandboxed, isSandboxed ? UnwrapAsync(process.Exited) : process.Exited, sockets, files, group);

    public EnvironmentSockets Sockets { get; }

    public Socket Output => process.Output;

    /// <summary>How the runtime ended, once it has.</summary>
    public Task<ExitStatus> Exited { get; }

    public long? MemoryPeakBytes => group?.MemoryPeakBytes;

    public bool RanOutOfMemory => group?.RanOutOfMemory == true;

    /// <summary>Takes the CPU from every process of the environment until <see cref="Thaw"/>.</summary>
    public void Freeze()
    {
        lock (signalLock)
        {
            // What is frozen does not die.
            if (isKilled) return;
            if (group?.CanFreeze == true) group.Freeze();
            else process.SignalTree(LibC.SigStop);
        }
    }

    /// <summary>Lets a frozen environment go on.</summary>
    public void Thaw()
    {
        if (group?.CanFreeze == true) group.Thaw();
        else process.SignalTree(LibC.SigContinue);
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
                group?.KillAll();
            }
            Thaw();
        }
    }

    /// <summary>Removes files, sockets and control group; the processes must have ended.</summary>
    public async Task RemoveAsync()
    {
        Sockets.Dispose();
        Output.Dispose();
        await RemoveGroupAsync();
        files.Remove();
    }

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
