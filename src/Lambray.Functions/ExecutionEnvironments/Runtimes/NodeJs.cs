namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>nodejs18.x, nodejs20.x, … ("Building Lambda functions with Node.js" in the Developer Guide).</summary>
sealed class NodeJs : ILanguage
{
    public string Id => "nodejs";

    public string Name => "Node.js";

    public IReadOnlyList<string> DebianPackages => ["nodejs"];

    public IEnumerable<string> Programs(LanguageVersion version) => [$"node{version.Major}", $"node-{version.Major}", "node", "nodejs"];

    public async Task<Interpreter?> DescribeAsync(string program) =>
        Interpreter.FromAnswer(await InterpreterQuestion.AskAsync(program, "-p", "process.execPath + '\\n' + process.versions.node"));

    public RuntimeInstallation Install(Interpreter interpreter, string bootstrap) => new()
    {
        LanguageDirectory = interpreter.LanguageDirectory,
        BootstrapDirectory = bootstrap,
        Command = places => [interpreter.In(places.LanguageDirectory), Path.Combine(places.RuntimeDirectory, "bootstrap.mjs")],
        Variables = places => new Dictionary<string, string>
        {
            ["NODE_PATH"] = $"{places.LayersDirectory}/nodejs/node_modules:{places.RuntimeDirectory}/node_modules:{places.TaskRoot}",
        },
    };
}
