using Lambray.Functions.ExecutionEnvironments.Isolation;

namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>nodejs18.x, nodejs20.x, … ("Building Lambda functions with Node.js" in the Developer Guide).</summary>
sealed class NodeJs : ILanguage
{
    public string Id => "nodejs";

    public string Name => "Node.js";

    public IReadOnlyList<string> DebianPackages => ["nodejs"];

    // From the task root upwards Node.js comes by these places: ES modules, which do not follow NODE_PATH, find packages there too.
    public IReadOnlyDictionary<string, string> Links => new Dictionary<string, string>
    {
        ["/var/node_modules"] = $"{SandboxMounts.LayersDirectory}/nodejs/node_modules",
        ["/node_modules"] = $"{SandboxMounts.RuntimeDirectory}/node_modules",
    };

    public IEnumerable<string> Programs(LanguageVersion version) => [$"node{version.Major}", $"node-{version.Major}", "node", "nodejs"];

    public async Task<Interpreter?> DescribeAsync(string program) =>
        Interpreter.FromAnswer(await InterpreterQuestion.AskAsync(program, "-p", "process.execPath + '\\n' + process.versions.node"));

    public RuntimeInstallation Install(Interpreter interpreter, string bootstrap) => new()
    {
        LanguageDirectory = interpreter.LanguageDirectory,
        BootstrapDirectory = bootstrap,
        VariablesReadAtStart = ["NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "NODE_ICU_DATA", "NODE_DEBUG", "NODE_V8_COVERAGE", "UV_"],
        Command = places => [interpreter.In(places.LanguageDirectory), Path.Combine(places.RuntimeDirectory, "bootstrap.cjs")],
        Variables = places => new Dictionary<string, string>
        {
            ["NODE_PATH"] = $"{places.LayersDirectory}/nodejs/node_modules:{places.RuntimeDirectory}/node_modules:{places.TaskRoot}",
        },
    };
}
