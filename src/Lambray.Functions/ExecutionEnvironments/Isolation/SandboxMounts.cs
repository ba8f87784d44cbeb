using Lambray.Functions.ExecutionEnvironments.Runtimes;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>The file system that a sandboxed function sees: the machine's programs read-only, its own code, runtime and <c>/tmp</c>, nothing else.</summary>
static class SandboxMounts
{
    public const string TaskRoot = "/var/task";
    public const string RuntimeDirectory = "/var/runtime";
    public const string LanguageDirectory = "/var/lang";
    public const string LayersDirectory = "/opt";

    static readonly string[] OwnDirectories = ["/etc", "/var", TaskRoot, RuntimeDirectory, LanguageDirectory, LayersDirectory, "/run"];
    static readonly string[] SystemDirectories = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
    static readonly string[] SystemFiles = ["/etc/alternatives", "/etc/ssl", "/etc/ca-certificates", "/etc/ld.so.cache", "/etc/localtime"];
    static readonly string[] OwnFiles = ["passwd", "group", "hosts", "resolv.conf", "nsswitch.conf"];

    /// <param name="plan">Null for a sandbox whose folders come later.</param>
    public static List<string> Arguments(Premises premises, EnvironmentPlan? plan)
    {
        var arguments = new List<string> { "--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev" };
        // Folders that bubblewrap makes only to hold a mount are root's alone, and the function is not root.
        foreach (var directory in OwnDirectories) arguments.AddRange(["--dir", directory]);
        foreach (var directory in SystemDirectories) arguments.AddRange(SystemDirectory(directory));
        foreach (var file in SystemFiles.Concat(plan?.Runtime.SystemFiles ?? [])) arguments.AddRange(["--ro-bind-try", file, file]);
        foreach (var file in OwnFiles) arguments.AddRange(["--ro-bind", Path.Combine(premises.Files.Etc, file), "/etc/" + file]);
        foreach (var (place, target) in RuntimeCatalog.Links) arguments.AddRange(["--symlink", target, place]);
        arguments.AddRange(premises.Volume!.MountArguments);
        if (plan is not null)
            foreach (var (source, target) in Folders(plan)) arguments.AddRange(["--ro-bind", source, target]);
        // Whatever was only made to hold the mounts above must not be writable either.
        arguments.AddRange(["--remount-ro", "/"]);
        return arguments;
    }

    /// <summary>What one environment has and another has not.</summary>
    public static IEnumerable<(string Source, string Target)> Folders(EnvironmentPlan plan) => new (string? Source, string Target)[]
    {
        (plan.Runtime.BootstrapDirectory, RuntimeDirectory), (plan.Runtime.LanguageDirectory, LanguageDirectory),
        (plan.CodeDirectory, TaskRoot), (plan.LayersDirectory, LayersDirectory),
    }.Where(folder => folder.Source is not null).Select(folder => (folder.Source!, folder.Target));

    /// <summary>Those that a runtime which waited for its function has not yet.</summary>
    public static IEnumerable<(string Source, string Target)> FunctionFolders(EnvironmentPlan plan) =>
        Folders(plan).Where(folder => folder.Target is TaskRoot or LayersDirectory);

    // On a merged /usr these are links into it; elsewhere folders of their own.
    static IEnumerable<string> SystemDirectory(string path)
    {
        if (!Directory.Exists(path)) return [];
        return new FileInfo(path).LinkTarget is { } target ? ["--symlink", target, path] : ["--ro-bind", path, path];
    }
}
