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

    internal IsolatedProcess(ChildProcess process, bool isSandboxed, EnvironmentSockets sockets, EnvironmentDirectory files, IControlGroup? group) =>
        (this.process, this.isSandboxed, Sockets, this.files, this.group) = (process, isSandboxed, sockets, files, group);

    public EnvironmentSockets Sockets { get; }

    public Socket Output => process.Output;

    public Task<ExitStatus> Exited => process.Exited;

    public long? MemoryPeakBytes => group?.MemoryPeakBytes;

    public bool RanOutOfMemory => group?.RanOutOfMemory == true;

    /// <summary>Ends every process of the environment at once.</summary>
    /// <remarks>
    /// In a sandbox all go with the first of their process namespace. bubblewrap, outside, waits for it and then ends by
    /// itself; killing bubblewrap would leave that first process for somebody else to reap.
    /// </remarks>
    public void Kill()
    {
        if (!isSandboxed || !process.SignalChildren(LibC.SigKill)) process.SignalAll(LibC.SigKill);
    }

    /// <summary>Removes files, sockets and control group; the processes must have ended.</summary>
    public async Task RemoveAsync(TimeProvider time)
    {
        Sockets.Dispose();
        Output.Dispose();
        await RemoveGroupAsync(time);
        files.Remove();
    }

    // The kernel lets go of a group a moment after its last process.
    async Task RemoveGroupAsync(TimeProvider time)
    {
        for (var tries = 0; group?.TryRemove() == false && tries < GroupReleaseTries; tries++)
            await Task.Delay(GroupReleaseWait, time);
    }
}
