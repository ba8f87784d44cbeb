using System.Globalization;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Storage;

/// <summary>Volumes in memory, for users and machines that cannot mount disks: exact in size and gone with their environment, but at the cost of the machine's memory.</summary>
/// <param name="why">Why it is nothing better.</param>
sealed class MemoryStorage(string why) : IEphemeralStorage
{
    public string Description => $"/tmp in memory, as {why}";

    public void Join()
    {
    }

    public Task<EphemeralVolume> TakeAsync(int megabytes) => Task.FromResult(new EphemeralVolume(
        ["--perms", "1777", "--size", (megabytes * 1024L * 1024).ToString(CultureInfo.InvariantCulture), "--tmpfs", "/tmp"], () => Task.CompletedTask));

    public void Dispose()
    {
    }
}
