using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Isolation.Network;
using Lambray.Functions.ExecutionEnvironments.Isolation.Storage;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>All that is made for one environment before its processes start, and taken back when they have ended.</summary>
/// <param name="Group">Null on a machine without control groups.</param>
/// <param name="Volume">Its <c>/tmp</c>; null where it shares the host's files.</param>
sealed record Premises(IControlGroup? Group, EnvironmentDirectory Files, EphemeralVolume? Volume, EnvironmentNetwork Network)
{
    static readonly TimeSpan GroupReleaseWait = TimeSpan.FromMilliseconds(2);
    const int GroupReleaseTries = 500;

    public async Task RemoveAsync()
    {
        Network.Dispose();
        await RemoveGroupAsync();
        if (Volume is not null) await Volume.RemoveAsync();
        Files.Remove();
    }

    // The kernel lets go of a group a moment after its last process. That moment is its own, whatever clock the server has.
    async Task RemoveGroupAsync()
    {
        for (var tries = 0; Group?.TryRemove() == false && tries < GroupReleaseTries; tries++)
        {
            // Whoever was being forked while the others were ended.
            Group.KillAll();
            await Task.Delay(GroupReleaseWait, TimeProvider.System);
        }
    }
}
