using Lambray.Functions.ExecutionEnvironments.Isolation;

namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>dotnet8, dotnet10 ("Building Lambda functions with C#" in the Developer Guide).</summary>
sealed class DotNet : ILanguage
{
    const string Framework = "Microsoft.NETCore.App ";

    // What the bootstrap is compiled for.
    const int OldestMajor = 10;

    static readonly string[] LibraryFolders = ["/usr/lib", "/usr/lib64", "/lib"];

    public string Id => "dotnet";

    public string Name => ".NET";

    public IReadOnlyList<string> DebianPackages => ["dotnet-runtime-10.0"];

    public IEnumerable<string> Programs(LanguageVersion version) => ["dotnet", "/usr/share/dotnet/dotnet", "/usr/lib/dotnet/dotnet"];

    // The answer names the folder of each framework: <root>/shared/Microsoft.NETCore.App.
    public async Task<Interpreter?> DescribeAsync(string program)
    {
        var newest = (await InterpreterQuestion.AskAsync(program, "--list-runtimes"))?.Split('\n')
            .Where(line => line.StartsWith(Framework, StringComparison.Ordinal))
            .Select(line => line[Framework.Length..].Split(' ', 2))
            .MaxBy(parts => LanguageVersion.TryParse(parts[0])?.Major ?? 0);
        if (newest is not [var version, var folder] || LanguageVersion.TryParse(version) is not { Major: >= OldestMajor }) return null;
        var root = Path.GetDirectoryName(Path.GetDirectoryName(folder.Trim('[', ']')))!;
        return new Interpreter(Path.Combine(root, "dotnet"), root, version);
    }

    public RuntimeInstallation Install(Interpreter interpreter, string bootstrap) => new()
    {
        LanguageDirectory = interpreter.LanguageDirectory,
        BootstrapDirectory = bootstrap,
        Command = places => ["/bin/sh", Path.Combine(places.RuntimeDirectory, "bootstrap"), interpreter.In(places.LanguageDirectory)],
        Variables = Variables,
        VariablesReadAtStart = ["DOTNET_", "COMPlus_", "CORECLR_"],
    };

    static Dictionary<string, string> Variables(EnvironmentAddresses places)
    {
        // Where programs with a starter of their own find .NET.
        var variables = new Dictionary<string, string> { ["DOTNET_ROOT"] = places.LanguageDirectory };
        if (!HasCultures()) variables["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        return variables;
    }

    // Without ICU .NET does not start, unless it is told to know no culture but the invariant.
    static bool HasCultures() => LibraryFolders.Where(Directory.Exists)
        .SelectMany(folder => Directory.GetDirectories(folder, "*-linux-gnu").Append(folder))
        .Any(folder => Directory.EnumerateFiles(folder, "libicuuc.so.*").Any());
}
