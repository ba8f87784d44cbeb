namespace Lambray.Bench.Functions;

/// <summary>A language's program on this machine.</summary>
static class Interpreter
{
    /// <summary>The program itself, behind whatever links lead to it; null when there is none.</summary>
    /// <param name="name">A path, or a name: Debian's program goes before those that version managers wrap into scripts.</param>
    public static string? Find(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Prepend("/usr/bin");
        var path = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return path is null ? null : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
    }
}
