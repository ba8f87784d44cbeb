using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>Mounts folders of the host inside the mount namespace of a process that already runs.</summary>
static class ForeignMounts
{
    const int CurrentDirectory = -100;
    const uint OpenTreeClone = 1;
    const uint CloseOnExec = 0x80000;
    const uint EmptyPath = 0x1000;
    const uint Recursive = 0x8000;
    const int NoSuchCall = 38;
    const uint MoveFromEmptyPath = 4;
    const ulong ReadOnlyNoSetUserIdNoDevices = 1 | 2 | 4;

    /// <summary>Whether this kernel can (5.12 and newer).</summary>
    public static bool AreSupported()
    {
        using var none = new SafeFileHandle(-1, ownsHandle: false);
        return SetReadOnly(none) == 0 || Marshal.GetLastPInvokeError() != NoSuchCall;
    }

    /// <summary>To be called on a thread that does nothing else: while it is inside, it sees that process's files.</summary>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static void BindReadOnly(int process, IEnumerable<(string Source, string Target)> folders)
    {
        // What the thread sees as root is shared with all threads until it is told otherwise.
        Check(LibC.Unshare(LibC.CloneFileSystem), "unshare");
        using var host = File.OpenHandle("/proc/thread-self/ns/mnt");
        using var inside = File.OpenHandle($"/proc/{process}/ns/mnt");
        List<(SafeFileHandle Mount, string Target)> detached = [];
        try
        {
            foreach (var (source, target) in folders) detached.Add((Detached(source), target));
            Check(LibC.SetNamespace((int)inside.DangerousGetHandle(), LibC.CloneNewMounts), "setns");
            try
            {
                foreach (var (mount, target) in detached) Check(LibC.MoveMount(SystemCall.MoveMount, mount, "", CurrentDirectory, target, MoveFromEmptyPath), target);
            }
            finally
            {
                Check(LibC.SetNamespace((int)host.DangerousGetHandle(), LibC.CloneNewMounts), "setns");
            }
        }
        finally
        {
            foreach (var (mount, _) in detached) mount.Dispose();
        }
    }

    static SafeFileHandle Detached(string folder)
    {
        var mount = LibC.OpenTree(SystemCall.OpenTree, CurrentDirectory, folder, OpenTreeClone | CloseOnExec | Recursive);
        if (mount.IsInvalid) throw new Win32Exception(Marshal.GetLastPInvokeError(), folder);
        Check(SetReadOnly(mount), folder);
        return mount;
    }

    static nint SetReadOnly(SafeFileHandle mount)
    {
        var attributes = new LibC.MountAttributes { Set = ReadOnlyNoSetUserIdNoDevices };
        return LibC.SetMountAttributes(SystemCall.SetMountAttributes, mount, "", EmptyPath | Recursive, ref attributes, (nuint)Marshal.SizeOf<LibC.MountAttributes>());
    }

    static void Check(nint result, string what)
    {
        if (result != 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
