using Lambray.Functions.ExecutionEnvironments.Isolation;

namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>ruby3.2, ruby3.3, … ("Building Lambda functions with Ruby" in the Developer Guide).</summary>
sealed class Ruby : ILanguage
{
    // The oldest that the bootstrap is written for.
    const string Question = "RUBY_VERSION >= '3.1' or exit 1; puts RbConfig.ruby, RUBY_VERSION";

    public string Id => "ruby";

    public string Name => "Ruby";

    public IReadOnlyList<string> DebianPackages => ["ruby"];

    public IEnumerable<string> Programs(LanguageVersion version) => [$"ruby{version.Major}.{version.Minor}", "ruby"];

    public async Task<Interpreter?> DescribeAsync(string program) => Interpreter.FromAnswer(await InterpreterQuestion.AskAsync(program, "-e", Question));

    public RuntimeInstallation Install(Interpreter interpreter, string bootstrap) => new()
    {
        LanguageDirectory = interpreter.LanguageDirectory,
        BootstrapDirectory = bootstrap,
        VariablesReadAtStart = ["RUBYOPT", "RUBY_"],
        Command = places => [interpreter.In(places.LanguageDirectory), Path.Combine(places.RuntimeDirectory, "bootstrap.rb")],
        Variables = places => Variables(places, GemVersion(interpreter)),
    };

    static Dictionary<string, string> Variables(EnvironmentAddresses places, string gemVersion) => new()
    {
        // Where the machine lacks the locale that LANG names, Ruby would take texts for ASCII.
        ["LC_CTYPE"] = "C.UTF-8",
        ["GEM_PATH"] = $"{places.TaskRoot}/vendor/bundle/ruby/{gemVersion}:{places.LayersDirectory}/ruby/gems/{gemVersion}",
        ["RUBYLIB"] = $"{places.TaskRoot}:{places.RuntimeDirectory}/lib:{places.LayersDirectory}/ruby/lib",
    };

    // Folders of gems are named by the version of the language without its patches: 3.3.0 for all of 3.3.
    static string GemVersion(Interpreter interpreter) =>
        LanguageVersion.TryParse(interpreter.FullVersion) is { } version ? $"{version.Major}.{version.Minor}.0" : interpreter.FullVersion;
}
