using System.Runtime.InteropServices;

namespace Lambray.Resources.S3.Bodies;

/// <summary>A second name for a file, which lives until its last name is removed. .NET has no call for that.</summary>
static partial class HardLink
{
    /// <returns>False where the file system has none, or allows this file no more of them.</returns>
    public static bool TryCreate(string existing, string path) => Link(existing, path) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Link(string existing, string path);
}
