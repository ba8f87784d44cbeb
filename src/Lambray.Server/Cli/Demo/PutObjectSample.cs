using System.IO.Compression;

namespace Lambray.Server.Cli.Demo;

/// <summary>The function that the demo deploys, as it lies in the repository.</summary>
static class PutObjectSample
{
    const string Path = "samples/put-object";

    // The oldest time that a zip can say: the same files then always give the same bytes, and CodeSha256 tells whether they changed.
    static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Links are the command line tools of packages, which no function runs.
    static readonly EnumerationOptions Files = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The repository that this program was built in: the nearest folder above that has the sample.</summary>
    public static string FindRepository(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Path, "index.js"))) return folder.FullName;
        throw new CommandException($"the demo needs {Path} of a clone of the repository; run ./lambray demo there", ExitCodes.Misused);
    }

    public static byte[] Zip(string repository)
    {
        var sample = System.IO.Path.Combine(repository, Path);
        if (!Directory.Exists(System.IO.Path.Combine(sample, "node_modules")))
            throw new CommandException($"{sample} lacks its packages; run ./lambray demo, or npm ci there", ExitCodes.Misused);
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var file in Directory.EnumerateFiles(sample, "*", Files).Order(StringComparer.Ordinal))
                Add(archive, file, System.IO.Path.GetRelativePath(sample, file));
        return zip.ToArray();
    }

    static void Add(ZipArchive archive, string file, string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = EntryTime;
        using var content = entry.Open();
        using var source = File.OpenRead(file);
        source.CopyTo(content);
    }
}
