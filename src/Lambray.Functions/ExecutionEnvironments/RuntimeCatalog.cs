using System.Collections.Concurrent;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>Which managed runtimes this machine can run, and with what.</summary>
/// <param name="bootstraps">The folder with one folder per language, each with its bootstrap.</param>
/// <param name="searchPath">Folders in which interpreters are looked for, as in <c>PATH</c>.</param>
public sealed class RuntimeCatalog(string bootstraps, string? searchPath)
{
    const string NodePrefix = "nodejs";

    readonly ConcurrentDictionary<string, string?> interpreters = [];

    /// <summary>A sentence for the caller when the runtime cannot run here; null when it can.</summary>
    public string? WhyUnavailable(string runtime)
    {
        if (!runtime.StartsWith(NodePrefix, StringComparison.Ordinal))
            return $"This server does not run {runtime} functions yet; it runs nodejs18.x, nodejs20.x, nodejs22.x and nodejs24.x.";
        return FindInterpreter("node") is null
            ? $"Runtime {runtime} needs Node.js on this machine: install Debian's package 'nodejs', or put 'node' on the server's PATH."
            : null;
    }

    /// <exception cref="Isolation.EnvironmentStartException">The interpreter has gone since the function was created.</exception>
    public RuntimeInstallation Get(string runtime)
    {
        if (WhyUnavailable(runtime) is { } why) throw new Isolation.EnvironmentStartException(why, new FileNotFoundException(why));
        var interpreter = FindInterpreter("node")!;
        var language = Path.GetDirectoryName(Path.GetDirectoryName(interpreter))!;
        return new RuntimeInstallation(language, Path.GetRelativePath(language, interpreter), Path.Combine(bootstraps, NodePrefix), "bootstrap.mjs");
    }

    // The file itself, behind whatever links lead to it: a sandbox sees only the folder that it really lies in.
    string? FindInterpreter(string program) => interpreters.GetOrAdd(program, name =>
        (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .Where(File.Exists)
            .Select(path => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path)
            .FirstOrDefault());
}
