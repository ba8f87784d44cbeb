using System.ComponentModel;
using System.Globalization;
using Lambray.Functions.ExecutionEnvironments.Linux;
using Microsoft.Win32.SafeHandles;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Storage;

/// <summary>Volumes that are file systems of their own, on loop devices, so that one is full when its own size is used up. For root.</summary>
/// <remarks>
/// They are mounted where only the server's own threads see them, on files without names: whatever ends the server, the
/// kernel unmounts them and frees the disk.
/// </remarks>
sealed class DiskStorage : IEphemeralStorage
{
    const int UsualMegabytes = 512;
    const UnixFileMode Everybody = UnixFileMode.StickyBit
        | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    readonly string mkfs;
    readonly string directory;
    readonly DedicatedThread making = new("storage");

    // Unmounting waits for what is still to be written; a new volume must not wait for that.
    readonly DedicatedThread removing = new("storage-removal");
    readonly Dictionary<int, DiskImage> images = [];
    MountNamespace? mounts;
    int made;

    // Made to see whether they can be made.
    string? first;

    DiskStorage(string mkfs, string directory) => (this.mkfs, this.directory) = (mkfs, directory);

    public string Description => "/tmp on disk";

    /// <param name="directory">Where volumes lie.</param>
    /// <exception cref="IOException">This machine cannot; the message says why.</exception>
    public static async Task<DiskStorage> OpenAsync(string directory, string? searchPath)
    {
        var mkfs = Programs.Find("mkfs.ext4", searchPath) ?? throw new IOException("mkfs.ext4 is not installed; Debian has it in 'e2fsprogs'");
        Directory.CreateDirectory(directory);
        var storage = new DiskStorage(mkfs, directory);
        try
        {
            storage.mounts = await storage.making.RunAsync(MountNamespace.Enter);
            await storage.removing.RunAsync(storage.Join);
            storage.first = await storage.making.RunAsync(() => storage.Make(UsualMegabytes));
            return storage;
        }
        catch (Exception error) when (error is IOException or Win32Exception or UnauthorizedAccessException)
        {
            storage.Dispose();
            throw new IOException($"disks cannot be mounted here ({error.Message})", error);
        }
    }

    public void Join() => mounts!.Join();

    public async Task<EphemeralVolume> TakeAsync(int megabytes)
    {
        var path = (megabytes == UsualMegabytes ? Interlocked.Exchange(ref first, null) : null) ?? await making.RunAsync(() => Make(megabytes));
        return new EphemeralVolume(["--bind", path, "/tmp"], () => removing.RunAsync(() => Remove(path)));
    }

    public void Dispose()
    {
        making.Dispose();
        if (first is { } path) _ = removing.RunAsync(() => Remove(path));
        removing.Dispose();
        mounts?.Dispose();
    }

    string Make(int megabytes)
    {
        var path = Path.Combine(directory, (++made).ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(path);
        if (!images.TryGetValue(megabytes, out var image))
            image = images[megabytes] = DiskImage.Make(mkfs, path + ".image", megabytes, file => Arrange(file, path));
        using var disk = image.Create(path + ".disk");
        Mount(disk, path);
        return path;
    }

    // Once for all disks: the first change to each would wait for the real disk.
    static void Arrange(SafeFileHandle file, string path)
    {
        Mount(file, path);
        Directory.Delete(Path.Combine(path, "lost+found"));
        File.SetUnixFileMode(path, Everybody);
        MountNamespace.Unmount(path);
    }

    static void Mount(SafeFileHandle file, string path)
    {
        using var device = LoopDevice.Attach(file, DiskImage.BlockBytes);
        MountNamespace.MountDevice(device.Path, path, "ext4", "noinit_itable");
    }

    static void Remove(string path)
    {
        MountNamespace.Unmount(path);
        Directory.Delete(path);
    }
}
