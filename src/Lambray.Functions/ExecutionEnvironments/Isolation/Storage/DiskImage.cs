using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Storage;

/// <summary>An empty ext4 file system of one size, made once: all of it that is not zero, a few dozen blocks.</summary>
sealed class DiskImage
{
    public const int BlockBytes = 4096;
    const long Megabyte = 1024 * 1024;

    readonly long length;
    readonly List<(long Offset, byte[] Bytes)> blocks;

    DiskImage(long length, List<(long Offset, byte[] Bytes)> blocks) => (this.length, this.blocks) = (length, blocks);

    /// <param name="mkfs">The program <c>mkfs.ext4</c>.</param>
    /// <param name="scratch">A path for a moment's use.</param>
    /// <param name="arrange">Makes changes to the file system, which every disk then begins with.</param>
    /// <exception cref="IOException">It could not be made.</exception>
    public static DiskImage Make(string mkfs, string scratch, int megabytes, Action<SafeFileHandle> arrange)
    {
        // The file system needs some 4 % for itself; a function is to have all that it asked for.
        var length = ((megabytes * 104L / 100) + 8) * Megabyte;
        try
        {
            using var file = File.OpenHandle(scratch, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.SetLength(file, length);
            Format(mkfs, scratch);
            arrange(file);
            return new DiskImage(length, [.. ReadBlocks(file, length)]);
        }
        finally
        {
            File.Delete(scratch);
        }
    }

    /// <summary>A new disk with this file system: a file that takes no more room than was written to it, and that is gone once it is closed.</summary>
    public SafeFileHandle Create(string path)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite);
        try
        {
            File.Delete(path);
            RandomAccess.SetLength(file, length);
            foreach (var (offset, bytes) in blocks) RandomAccess.Write(file, bytes, offset);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // Without a journal: it lives as long as one environment, and nobody repairs it.
    static void Format(string mkfs, string path)
    {
        string[] arguments =
        [
            "-q", "-F", "-b", BlockBytes.ToString(CultureInfo.InvariantCulture), "-m", "0", "-i", "16384",
            "-O", "^has_journal,^resize_inode", "-E", "lazy_itable_init=1,nodiscard,root_owner=0:0", path,
        ];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(mkfs, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new IOException($"{mkfs} failed: {error.Trim()}");
        }
        catch (Win32Exception error)
        {
            throw new IOException(error.Message, error);
        }
    }

    static IEnumerable<(long Offset, byte[] Bytes)> ReadBlocks(SafeFileHandle file, long length)
    {
        for (var offset = 0L; (offset = Linux.LibC.Seek((int)file.DangerousGetHandle(), offset, Linux.LibC.SeekData)) >= 0 && offset < length; offset += BlockBytes)
        {
            var block = new byte[BlockBytes];
            RandomAccess.Read(file, block, offset);
            if (block.AsSpan().ContainsAnyExcept((byte)0)) yield return (offset, block);
        }
    }
}
