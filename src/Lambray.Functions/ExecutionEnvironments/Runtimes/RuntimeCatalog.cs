using System.Collections.Concurrent;
using Lambray.Functions.ExecutionEnvironments.Isolation;

namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>Which managed runtimes this machine can run, and with what.</summary>
/// <param name="bootstraps">The folder with one folder per language, each with its bootstrap.</param>
/// <param name="searchPath">Folders in which interpreters are looked for, as in <c>PATH</c>.</param>
/// <param name="configured">Programs for runtimes that the configuration names; they are taken whatever their version.</param>
public sealed class RuntimeCatalog(string bootstraps, string? searchPath, IReadOnlyDictionary<string, string> configured)
{
    static readonly ILanguage[] Languages = [new NodeJs(), new Python(), new Java(), new DotNet(), new Ruby()];

    /// <summary>The symbolic links that any language has sandboxes hold.</summary>
    public static IReadOnlyList<(string Place, string Target)> Links { get; } = [.. Languages.SelectMany(language => language.Links).Select(link => (link.Key, link.Value))];

    readonly ConcurrentDictionary<string, RuntimeInstallation> installations = [];
    readonly ConcurrentDictionary<string, Interpreter> described = [];

    /// <summary>A sentence for the caller when the runtime cannot run here; null when it can.</summary>
    public async Task<string?> WhyUnavailableAsync(string runtime)
    {
        if (CustomRuntime.Serves(runtime)) return null;
        try
        {
            return await FindAsync(runtime) is null ? Advice(RuntimeName.Parse(runtime)) : null;
        }
        catch (EnvironmentStartException unprepared)
        {
            return unprepared.Message;
        }
    }

    /// <exception cref="EnvironmentStartException">The interpreter has gone since the function was created.</exception>
    public async Task<RuntimeInstallation> GetAsync(string runtime) =>
        await FindAsync(runtime) ?? throw new EnvironmentStartException(Advice(RuntimeName.Parse(runtime)));

    // Only what was found is remembered: whoever then installs what was missing need not start the server anew.
    async Task<RuntimeInstallation?> FindAsync(string runtime)
    {
        if (installations.TryGetValue(runtime, out var known) && (known.LanguageDirectory is null || Directory.Exists(known.LanguageDirectory))) return known;
        var name = RuntimeName.Parse(runtime);
        if (Find(name) is not { } language || name.Version is not { } version) return null;
        if (await ConfiguredAsync(runtime, language) is { } chosen) return installations[runtime] = await InstallAsync(language, chosen, notice: null);
        if (await NearestAsync(language, version) is not { } nearest) return null;
        var notice = DistanceOf(nearest, version) == 0 ? null
            : $"NOTICE Runtime {runtime} runs on {language.Name} {nearest.FullVersion} here, the nearest version that was found on this machine; " +
              $"the server's setting 'runtimes' can name another.";
        return installations[runtime] = await InstallAsync(language, nearest, notice);
    }

    async Task<RuntimeInstallation> InstallAsync(ILanguage language, Interpreter interpreter, string? notice)
    {
        var bootstrap = Path.Combine(bootstraps, language.Id);
        await language.PrepareAsync(interpreter, bootstrap);
        return language.Install(interpreter, bootstrap) with { Notice = notice, PrestartKey = language.CanWait ? interpreter.Program : null };
    }

    async Task<Interpreter?> ConfiguredAsync(string runtime, ILanguage language) =>
        configured.TryGetValue(runtime, out var program) && File.Exists(program) ? await DescribeAsync(language, program) : null;

    async Task<Interpreter?> NearestAsync(ILanguage language, LanguageVersion wanted)
    {
        Interpreter? nearest = null;
        foreach (var program in Candidates(language, wanted))
        {
            if (await DescribeAsync(language, program) is not { } found) continue;
            if (nearest is null || DistanceOf(found, wanted) < DistanceOf(nearest, wanted)) nearest = found;
            if (DistanceOf(nearest, wanted) == 0) break;
        }
        return nearest;
    }

    IEnumerable<string> Candidates(ILanguage language, LanguageVersion wanted)
    {
        var folders = (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return language.Programs(wanted).SelectMany(program => folders.Select(folder => Path.Combine(folder, program))).Distinct().Where(File.Exists);
    }

    async Task<Interpreter?> DescribeAsync(ILanguage language, string program)
    {
        if (described.TryGetValue(program, out var known) && File.Exists(known.Program)) return known;
        var found = await language.DescribeAsync(program);
        if (found is not null) described[program] = found;
        return found;
    }

    static int DistanceOf(Interpreter interpreter, LanguageVersion wanted) =>
        LanguageVersion.TryParse(interpreter.FullVersion) is { } version ? Comparable(version, wanted).DistanceTo(wanted) : int.MaxValue;

    // nodejs22.x and java21 say nothing of minor versions.
    static LanguageVersion Comparable(LanguageVersion version, LanguageVersion wanted) => wanted.Minor == 0 ? version with { Minor = 0 } : version;

    static ILanguage? Find(RuntimeName name) => Array.Find(Languages, language => language.Id == name.Language);

    static string Advice(RuntimeName runtime) => Find(runtime) is { } language
        ? $"Runtime {runtime} needs {language.Name} on this machine: install Debian's {Quoted(language.DebianPackages)}, " +
          $"or name the program in the server's setting 'runtimes', as in --runtimes {runtime}=/path/of/program."
        : $"This server does not run {runtime} functions; it runs those in {string.Join(", ", Languages.Select(known => known.Name))}.";

    static string Quoted(IReadOnlyList<string> packages) =>
        (packages.Count == 1 ? "package " : "packages ") + string.Join(" and ", packages.Select(package => $"'{package}'"));
}
