namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>
/// provided.al2, provided.al2023: the function, or one of its layers, brings its runtime as an executable file <c>bootstrap</c>
/// ("Using the Lambda runtime API for custom runtimes" in the Developer Guide).
/// </summary>
static class CustomRuntime
{
    const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static bool Serves(string runtime) => RuntimeName.Parse(runtime).Language == "provided";

    /// <param name="code">The folder of the function's code on the host.</param>
    /// <param name="layers">The folder of its layers; null when it has none.</param>
    public static RuntimeInstallation Find(string code, string? layers)
    {
        if (File.Exists(Path.Combine(code, "bootstrap"))) return At(code, "/var/task/bootstrap", inCode: true);
        if (layers is not null && File.Exists(Path.Combine(layers, "bootstrap"))) return At(layers, "/opt/bootstrap", inCode: false);
        return Unusable("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
    }

    static RuntimeInstallation At(string folder, string path, bool inCode)
    {
        var mode = File.GetUnixFileMode(Path.Combine(folder, "bootstrap"));
        if ((mode & Executable) == 0) return Unusable($"fork/exec {path}: permission denied");
        return new RuntimeInstallation { Command = places => [Path.Combine(inCode ? places.TaskRoot : places.LayersDirectory, "bootstrap")] };
    }

    // The environment is started all the same, and is over at once: an init phase like any other that fails.
    static RuntimeInstallation Unusable(string why) => new()
    {
        Command = _ => ["/bin/false"],
        EntrypointError = why,
    };
}
