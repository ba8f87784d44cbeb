using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>A view of the file system that only some threads of the server have, and the processes that they start.</summary>
/// <remarks>What is mounted in it is nowhere else to be seen, and the kernel unmounts it when the server ends, however that happens.</remarks>
sealed class MountNamespace : IDisposable
{
    const ulong Recursive = 1 << 14;
    const ulong Slave = 1 << 19;
    const ulong NoSetUserId = 2;
    const ulong NoDevices = 4;
    const ulong NoAccessTimes = 1 << 10;

    readonly SafeFileHandle handle;

    MountNamespace(SafeFileHandle handle) => this.handle = handle;

    /// <summary>Makes one for the calling thread.</summary>
    /// <exception cref="IOException">This user may not.</exception>
    public static MountNamespace Enter()
    {
        Check(LibC.Unshare(LibC.CloneNewMounts), "No mount namespace could be made");
        // What the host mounts and unmounts is followed; what is mounted here stays here.
        Check(LibC.Mount("none", "/", null, Recursive | Slave, null), "A mount namespace could not be made private");
        return new MountNamespace(File.OpenHandle("/proc/thread-self/ns/mnt"));
    }

    /// <summary>Takes the calling thread in.</summary>
    public void Join()
    {
        Check(LibC.Unshare(LibC.CloneFileSystem), "A thread could not leave its process's working directory");
        Check(LibC.SetNamespace((int)handle.DangerousGetHandle(), LibC.CloneNewMounts), "A mount namespace could not be entered");
    }

    public static void MountDevice(string device, string directory, string type, string options) =>
        Check(LibC.Mount(device, directory, type, NoSetUserId | NoDevices | NoAccessTimes, options), $"{device} could not be mounted");

    public static void Unmount(string directory) => Check(LibC.Unmount(directory, 0), $"{directory} could not be unmounted");

    public void Dispose() => handle.Dispose();

    static void Check(int result, string what)
    {
        if (result != 0) throw new IOException($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
