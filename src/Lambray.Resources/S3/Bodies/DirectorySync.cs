using System.Runtime.InteropServices;

namespace Lambray.Resources.S3.Bodies;

/// <summary>Makes the names in a directory durable: a renamed file is safe only once its directory is synced as well, and .NET has no call for that.</summary>
static partial class DirectorySync
{
    const int ReadOnly = 0;

    public static void Flush(string directory)
    {
        var descriptor = Open(directory, ReadOnly);
        if (descriptor < 0) throw Failure(directory);
        try
        {
            if (Sync(descriptor) < 0) throw Failure(directory);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    static IOException Failure(string directory) => new($"{directory}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);
}
