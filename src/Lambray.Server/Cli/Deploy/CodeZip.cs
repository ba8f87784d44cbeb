using System.IO.Compression;

namespace Lambray.Server.Cli.Deploy;

/// <summary>A deployment package of all that lies in a folder.</summary>
static class CodeZip
{
    const int UnixModeShift = 16;

    // The oldest time that a zip can say: the same files then always give the same bytes, and CodeSha256 tells whether they changed.
    static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Links are the command line tools of packages, which no function runs.
    static readonly EnumerationOptions Files = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    // What tools keep beside code, and no function loads.
    static readonly string[] Skipped = [".git", ".venv", "__pycache__"];

    public static byte[] Of(string directory) => Of([directory], []);

    /// <param name="directories">Of files with the same name the one of the first folder is taken.</param>
    /// <param name="skipped">Names of folders that are left out.</param>
    public static byte[] Of(IReadOnlyList<string> directories, IReadOnlyList<string> skipped)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var directory in directories)
            foreach (var file in Directory.EnumerateFiles(directory, "*", Files))
                if (Path.GetRelativePath(directory, file) is var name && !name.Split(Path.DirectorySeparatorChar).Any(part => Skipped.Contains(part) || skipped.Contains(part)))
                    files.TryAdd(name, file);
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, file) in files) Add(archive, file, name);
        return zip.ToArray();
    }

    static void Add(ZipArchive archive, string file, string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = EntryTime;
        // A bootstrap has to stay a program.
        entry.ExternalAttributes = (int)File.GetUnixFileMode(file) << UnixModeShift;
        using var content = entry.Open();
        using var source = File.OpenRead(file);
        source.CopyTo(content);
    }
}
