using Lambray.Functions.ExecutionEnvironments.Isolation;

namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>java11, java17, java21, … ("Building Lambda functions with Java" in the Developer Guide).</summary>
/// <remarks>Its bootstrap is compiled on this machine, before the first Java function: an archive of loaded classes fits one JVM only.</remarks>
sealed class Java : ILanguage
{
    const string Installations = "/usr/lib/jvm";
    const string JsonLibrary = "/usr/share/java/jackson-databind.jar";

    public string Id => "java";

    public string Name => "Java";

    public IReadOnlyList<string> DebianPackages => ["openjdk-17-jdk-headless", "libjackson2-databind-java"];

    // A JVM takes its directory and the size of its heap at its start, and both are the function's.
    public bool CanWait => false;

    // Debian puts every version into a folder of its own, whose name tells it.
    public IEnumerable<string> Programs(LanguageVersion version)
    {
        var installed = Directory.Exists(Installations) ? Directory.GetDirectories(Installations) : [];
        return [.. installed.OrderBy(path => Path.GetFileName(path).Contains($"-{version.Major}-", StringComparison.Ordinal) ? 0 : 1).Select(path => Path.Combine(path, "bin", "java")), "java"];
    }

    // The settings, which only go to standard error, tell the place behind all links and wrappers.
    public async Task<Interpreter?> DescribeAsync(string program)
    {
        var settings = await InterpreterQuestion.AskAsync("/bin/sh", "-c", "exec \"$0\" -XshowSettings:properties -version 2>&1", program);
        if (Property(settings, "java.home") is not { } home || Property(settings, "java.version") is not { } version) return null;
        return File.Exists(Path.Combine(home, "bin", "javac")) && File.Exists(JsonLibrary) ? new Interpreter(Path.Combine(home, "bin", "java"), home, version) : null;
    }

    public async Task PrepareAsync(Interpreter interpreter, string bootstrap)
    {
        var build = Path.Combine(bootstrap, "build");
        if (await InterpreterQuestion.AskAsync("/bin/sh", build, interpreter.LanguageDirectory, interpreter.FullVersion) is null)
            throw new EnvironmentStartException($"The Java runtime could not be compiled; this shows why: sh {build} {interpreter.LanguageDirectory} {interpreter.FullVersion}");
    }

    public RuntimeInstallation Install(Interpreter interpreter, string bootstrap) => new()
    {
        LanguageDirectory = interpreter.LanguageDirectory,
        BootstrapDirectory = bootstrap,
        // Debian's installations have links to their configuration.
        SystemFiles = [$"/etc/java-{interpreter.FullVersion.Split('.')[0]}-openjdk"],
        Command = places =>
        [
            "/bin/sh", Path.Combine(places.RuntimeDirectory, "bootstrap"), interpreter.In(places.LanguageDirectory), interpreter.FullVersion, "lambray.runtime.Bootstrap",
        ],
        Variables = places => places.LayersDirectory == SandboxMounts.LayersDirectory ? [] : new Dictionary<string, string> { ["LAMBRAY_LAYERS_DIR"] = places.LayersDirectory },
    };

    static string? Property(string? settings, string name) => settings?.Split('\n')
        .Select(line => line.Split(" = ", 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(parts => parts.Length == 2 && parts[0] == name)?[1];
}
