using System.IO.Compression;

namespace Lambray.Server.Cli.Deploy;

/// <summary>A jar, as it tells what it wants: a Java version, and a handler among its classes.</summary>
/// <param name="Handlers">Names of the classes that implement an interface of Lambda's for handlers, in order.</param>
public sealed record JavaArchive(string Path, string Runtime, IReadOnlyList<string> Handlers)
{
    // Where Maven, Gradle and people put them.
    static readonly string[] Folders = ["", "target", "build/libs"];

    // What Maven and Gradle leave beside the jar that is to be deployed.
    static readonly string[] Others = ["-sources.jar", "-javadoc.jar", "-tests.jar", "-plain.jar"];

    // The first version of class files that each runtime is needed for.
    static readonly (int ClassVersion, string Runtime)[] Runtimes = [(66, "java25"), (62, "java21"), (56, "java17"), (0, "java11")];

    /// <summary>The largest jar of a folder or of a build in it, which is the one with its libraries; null when there is none.</summary>
    public static JavaArchive? Find(string directory)
    {
        var jar = Folders.Select(folder => System.IO.Path.Combine(directory, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.jar"))
            .Where(file => !Others.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .OrderByDescending(file => new FileInfo(file).Length).ThenBy(file => file, StringComparer.Ordinal).FirstOrDefault();
        return jar is null ? null : Read(jar);
    }

    static JavaArchive Read(string jar)
    {
        try
        {
            using var archive = ZipFile.OpenRead(jar);
            // Newer classes for newer versions are no matter of the version that is needed.
            var classes = archive.Entries.Where(entry => entry.FullName.EndsWith(".class", StringComparison.Ordinal) && !entry.FullName.StartsWith("META-INF/", StringComparison.Ordinal))
                .Select(Read).ToList();
            var newest = classes.Select(read => read.Version).DefaultIfEmpty().Max();
            return new JavaArchive(
                jar, Runtimes.First(runtime => newest >= runtime.ClassVersion).Runtime,
                [.. classes.Where(read => read.IsHandler).Select(read => read.Name).Order(StringComparer.Ordinal)]);
        }
        catch (InvalidDataException error)
        {
            throw new CommandException($"{jar} is no jar: {error.Message}", ExitCodes.Misused, error);
        }
    }

    static JavaClass Read(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return JavaClass.Read(bytes.ToArray());
    }
}
