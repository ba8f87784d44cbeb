using Lambray.Functions.ExecutionEnvironments.Isolation;

namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>python3.9, python3.10, … ("Building Lambda functions with Python" in the Developer Guide).</summary>
sealed class Python : ILanguage
{
    const int OldestMinor = 9;
    const int NewestMinor = 14;

    // The oldest that the bootstrap is written for; a "python" on the search path may still be version 2.
    static readonly string Question = $"import sys; sys.version_info >= (3, {OldestMinor}) or sys.exit(1); print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])";

    public string Id => "python";

    public string Name => "Python";

    public IReadOnlyList<string> DebianPackages => ["python3"];

    public IEnumerable<string> Programs(LanguageVersion version)
    {
        var minors = Enumerable.Range(OldestMinor, NewestMinor - OldestMinor + 1).OrderBy(minor => Math.Abs(minor - version.Minor));
        return [.. minors.Select(minor => $"python3.{minor}"), "python3", "python"];
    }

    public async Task<Interpreter?> DescribeAsync(string program) =>
        Interpreter.FromAnswer(await InterpreterQuestion.AskAsync(program, "-I", "-S", "-c", Question));

    // Compiled beforehand: a sandbox's runtime folder is read-only, and compiling would double the length of each cold start.
    public Task PrepareAsync(Interpreter interpreter, string bootstrap) =>
        InterpreterQuestion.AskAsync(interpreter.Program, "-I", "-S", "-m", "compileall", "-q", bootstrap);

    public RuntimeInstallation Install(Interpreter interpreter, string bootstrap) => new()
    {
        LanguageDirectory = interpreter.LanguageDirectory,
        BootstrapDirectory = bootstrap,
        VariablesReadAtStart = ["PYTHON"],
        // Without "site", as the bootstrap sets the search path itself; unbuffered, so that what was printed is in the log.
        Command = places => [interpreter.In(places.LanguageDirectory), "-S", "-u", Path.Combine(places.RuntimeDirectory, "bootstrap.py")],
        Variables = Variables,
    };

    static Dictionary<string, string> Variables(EnvironmentAddresses places)
    {
        var variables = new Dictionary<string, string> { ["PYTHONPATH"] = places.RuntimeDirectory };
        // The bootstrap looks for layers where AWS has them, unless told of another place.
        if (places.LayersDirectory != SandboxMounts.LayersDirectory) variables["LAMBRAY_LAYERS_DIR"] = places.LayersDirectory;
        return variables;
    }
}
