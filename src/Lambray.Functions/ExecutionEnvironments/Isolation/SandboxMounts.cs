namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>The file system that a sandboxed function sees: the machine's programs read-only, its own code, runtime and <c>/tmp</c>, nothing else.</summary>
static class SandboxMounts
{
    public const string TaskRoot = "/var/task";
    public const string RuntimeDirectory = "/var/runtime";
    public const string LanguageDirectory = "/var/lang";
    public const string LayersDirectory = "/opt";
    public const string Variables = "/run/lambray/variables";

    static readonly string[] OwnDirectories = ["/etc", "/var", LayersDirectory, "/run", "/run/lambray"];
    static readonly string[] SystemDirectories = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
    static readonly string[] SystemFiles = ["/etc/alternatives", "/etc/ssl", "/etc/ca-certificates", "/etc/ld.so.cache", "/etc/localtime"];
    static readonly string[] OwnFiles = ["passwd", "group", "hosts", "resolv.conf", "nsswitch.conf"];

    public static List<string> Arguments(EnvironmentPlan plan, Premises premises)
    {
        var files = premises.Files;
        var arguments = new List<string> { "--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev" };
        // Folders that bubblewrap makes only to hold a mount are root's alone, and the function is not root.
        foreach (var directory in OwnDirectories) arguments.AddRange(["--dir", directory]);
        foreach (var directory in SystemDirectories) arguments.AddRange(SystemDirectory(directory));
        foreach (var file in SystemFiles.Concat(plan.Runtime.SystemFiles)) arguments.AddRange(["--ro-bind-try", file, file]);
        foreach (var file in OwnFiles) arguments.AddRange(["--ro-bind", Path.Combine(files.Etc, file), "/etc/" + file]);
        arguments.AddRange(premises.Volume!.MountArguments);
        arguments.AddRange(plan.CodeDirectory is { } code ? ["--ro-bind", code, TaskRoot] : ["--dir", TaskRoot]);
        if (plan.LayersDirectory is { } layers) arguments.AddRange(["--ro-bind", layers, LayersDirectory]);
        if (plan.Runtime.BootstrapDirectory is { } bootstrap) arguments.AddRange(["--ro-bind", bootstrap, RuntimeDirectory]);
        if (plan.Runtime.LanguageDirectory is { } language) arguments.AddRange(["--ro-bind", language, LanguageDirectory]);
        foreach (var (link, target) in plan.Runtime.Links) arguments.AddRange(["--symlink", target, link]);
        arguments.AddRange(["--ro-bind", files.Variables, Variables]);
        // Whatever was only made to hold the mounts above must not be writable either.
        arguments.AddRange(["--remount-ro", "/"]);
        return arguments;
    }

    // On a merged /usr these are links into it; elsewhere folders of their own.
    static IEnumerable<string> SystemDirectory(string path)
    {
        if (!Directory.Exists(path)) return [];
        return new FileInfo(path).LinkTarget is { } target ? ["--symlink", target, path] : ["--ro-bind", path, path];
    }
}
