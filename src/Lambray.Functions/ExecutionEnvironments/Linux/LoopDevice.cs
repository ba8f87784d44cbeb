using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>A file that is a disk to the kernel (<c>man 4 loop</c>), until nobody has it open or mounted any more.</summary>
sealed class LoopDevice : IDisposable
{
    const nuint GetFree = 0x4C82;
    const nuint Configure = 0x4C0A;
    const uint AutoClear = 4;
    const uint DirectIo = 16;
    const int Busy = 16;
    const int Tries = 20;

    readonly SafeFileHandle device;

    LoopDevice(SafeFileHandle device, string path) => (this.device, Path) = (device, path);

    public string Path { get; }

    /// <exception cref="IOException">This machine has no loop devices.</exception>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static LoopDevice Attach(SafeFileHandle image, uint blockBytes)
    {
        using var control = File.OpenHandle("/dev/loop-control", FileMode.Open, FileAccess.ReadWrite);
        for (var tries = 1; ; tries++)
        {
            var number = LibC.IoControl((int)control.DangerousGetHandle(), GetFree);
            if (number < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
            var path = string.Create(CultureInfo.InvariantCulture, $"/dev/loop{number}");
            var device = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            // With direct writes the function's data is cached once, not twice; not every file system can.
            if (TryConfigure(device, image, blockBytes, AutoClear | DirectIo) || TryConfigure(device, image, blockBytes, AutoClear))
                return new LoopDevice(device, path);
            var error = Marshal.GetLastPInvokeError();
            device.Dispose();
            // Another program has taken the free one first.
            if (error != Busy || tries == Tries) throw new Win32Exception(error);
        }
    }

    public void Dispose() => device.Dispose();

    static bool TryConfigure(SafeFileHandle device, SafeFileHandle image, uint blockBytes, uint flags)
    {
        var config = new LibC.LoopConfig { File = (uint)image.DangerousGetHandle(), BlockBytes = blockBytes, Flags = flags };
        return LibC.IoControl((int)device.DangerousGetHandle(), Configure, ref config) == 0;
    }
}
