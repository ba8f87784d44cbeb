using System.IO.Compression;
using System.Text;
using Lambray.Aws;

namespace Lambray.Functions.Registry;

/// <summary>Symbolic links in deployment packages, which may lead to other files of the package and nowhere else.</summary>
/// <remarks>
/// A link's text may begin with as many ".." as it lies deep, and have none after that. No entry lies beneath a link, so that what a
/// link goes up from is where it was unpacked; going down again it meets files or other links, of which the same is true.
/// </remarks>
static class PackageLinks
{
    const int UnixModeShift = 16;
    const int UnixTypeMask = 0xF000;
    const int UnixLink = 0xA000;

    const string AnotherEntry = "there is another entry of this name";

    // PATH_MAX of Linux.
    const int TargetBytesMax = 4096;

    public static bool IsOne(ZipArchiveEntry entry) => ((entry.ExternalAttributes >> UnixModeShift) & UnixTypeMask) == UnixLink;

    /// <summary>Some tools of Windows write backslashes.</summary>
    public static string NameOf(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');

    /// <exception cref="AwsException">InvalidParameterValueException: a link leads out of the package, or is not alone in its place.</exception>
    public static void Check(ZipArchive archive)
    {
        var links = new Dictionary<string, ZipArchiveEntry>();
        foreach (var link in archive.Entries.Where(IsOne))
            if (!links.TryAdd(PathOf(link), link)) throw Refused(link, AnotherEntry);
        if (links.Count == 0) return;
        foreach (var (path, link) in links)
            if (!StaysInside(path, ReadTarget(link))) throw Refused(link, "it leads out of the package");
        foreach (var entry in archive.Entries)
            foreach (var ancestor in AncestorsOf(PathOf(entry)))
                if (links.TryGetValue(ancestor, out var above)) throw Refused(above, $"'{entry.FullName}' lies beneath it");
        foreach (var entry in archive.Entries)
            if (!IsOne(entry) && links.TryGetValue(PathOf(entry), out var twin)) throw Refused(twin, AnotherEntry);
    }

    /// <summary>Makes the link. All that is none is to be there already.</summary>
    public static void Extract(ZipArchiveEntry link, string root)
    {
        var path = Path.Combine(root, PathOf(link));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, ReadTarget(link));
    }

    static string PathOf(ZipArchiveEntry entry) => string.Join('/', NameOf(entry).Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."));

    static IEnumerable<string> AncestorsOf(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1)) yield return path[..slash];
    }

    static bool StaysInside(string path, string target)
    {
        if (target.Length == 0 || target.StartsWith('/') || target.Contains('\0')) return false;
        var parts = target.Split('/').Where(part => part is not ("" or ".")).ToArray();
        var up = parts.TakeWhile(part => part == "..").Count();
        return up <= path.Count(character => character == '/') && !parts.Skip(up).Contains("..");
    }

    static string ReadTarget(ZipArchiveEntry link)
    {
        if (link.Length > TargetBytesMax) throw Refused(link, $"it is longer than {TargetBytesMax} bytes");
        using var content = link.Open();
        var target = new byte[TargetBytesMax + 1];
        var read = content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read > TargetBytesMax) throw new InvalidDataException($"'{link.FullName}' unpacks to more than the zip says.");
        return Encoding.UTF8.GetString(target, 0, read);
    }

    static AwsException Refused(ZipArchiveEntry link, string why) =>
        LambdaErrors.InvalidParameter($"The zip file holds a link that a function's folder cannot hold: '{link.FullName}': {why}.");
}
