using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lambray.Server.Cli.Deploy;

/// <summary>The runtime and the handler that a folder of code wants, as its files tell.</summary>
/// <param name="Handler">Null when the files leave open which it is; then <paramref name="Question"/> asks.</param>
public sealed partial record CodeGuess(string Runtime, string? Handler, CodePackage Package, string? Question = null)
{
    static readonly string[] NodeFiles = ["index.mjs", "index.js", "index.cjs", "app.mjs", "app.js", "handler.mjs", "handler.js", "main.js"];
    static readonly string[] TypeScriptFiles =
        ["index.ts", "index.mts", "app.ts", "handler.ts", "main.ts", "src/index.ts", "src/app.ts", "src/handler.ts", "src/main.ts"];
    static readonly string[] PythonFiles = ["lambda_function.py", "app.py", "handler.py", "main.py", "index.py"];
    static readonly string[] RubyFiles = ["lambda_function.rb", "app.rb", "handler.rb", "main.rb"];

    /// <summary>What is looked for, for whoever has something else.</summary>
    public static string Looked => $"bootstrap, package.json, {string.Join(", ", NodeFiles.Concat(TypeScriptFiles).Concat(PythonFiles).Concat(RubyFiles))}, *.csproj, *.jar";

    /// <summary>Null when the files tell nothing.</summary>
    public static CodeGuess? Of(string directory) =>
        Custom(directory) ?? DotNet(directory) ?? Java(directory) ?? NodeJs(directory) ?? Python(directory) ?? Ruby(directory);

    static CodeGuess? Custom(string directory) =>
        File.Exists(Path.Combine(directory, "bootstrap")) ? new CodeGuess("provided.al2023", "bootstrap", new FolderPackage(directory)) : null;

    // TypeScript is what the JavaScript beside it was made of; without a compiler that has to do.
    static CodeGuess? NodeJs(string directory) =>
        TypeScript(directory) is { } typed && (typed.Package is TypeScriptPackage { CanCompile: true } || JavaScript(directory) is null) ? typed : JavaScript(directory);

    static CodeGuess? JavaScript(string directory) =>
        (MainOf(directory) ?? FirstOf(directory, NodeFiles)) is { } file
            ? new CodeGuess("nodejs22.x", HandlerOf(directory, file, JavaScriptExport(), ["handler"]), new FolderPackage(directory))
            : null;

    static CodeGuess? TypeScript(string directory) => FirstOf(directory, TypeScriptFiles) is { } file
        ? new CodeGuess("nodejs22.x", HandlerOf(directory, file, JavaScriptExport(), ["handler"]), new TypeScriptPackage(directory, file))
        : null;

    static CodeGuess? Python(string directory) => FirstOf(directory, PythonFiles) is { } file
        ? new CodeGuess("python3.12", HandlerOf(directory, file, FunctionDefinition(), ["lambda_handler", "handler"]), new FolderPackage(directory))
        : null;

    static CodeGuess? Ruby(string directory) => FirstOf(directory, RubyFiles) is { } file
        ? new CodeGuess("ruby3.3", HandlerOf(directory, file, FunctionDefinition(), ["lambda_handler", "handler"]), new FolderPackage(directory))
        : null;

    static CodeGuess? Java(string directory)
    {
        if (JavaArchive.Find(directory) is not { } jar) return null;
        var question = jar.Handlers.Count == 0
            ? $"no class in {jar.Path} implements RequestHandler or RequestStreamHandler"
            : $"{jar.Path} has more than one handler: {string.Join(", ", jar.Handlers)}";
        return new CodeGuess(jar.Runtime, jar.Handlers is [var only] ? only : null, new JarPackage(jar.Path), question);
    }

    // A program is its own handler; a library says in the file of AWS's .NET tools which method is.
    static CodeGuess? DotNet(string directory)
    {
        if (Directory.EnumerateFiles(directory, "*.csproj").Order(StringComparer.Ordinal).FirstOrDefault() is not { } project) return null;
        var text = File.ReadAllText(project);
        var runtime = text.Contains("net8.0", StringComparison.Ordinal) ? "dotnet8" : "dotnet10";
        var assembly = AssemblyName().Match(text) is { Success: true } named ? named.Groups["name"].Value : Path.GetFileNameWithoutExtension(project);
        return new CodeGuess(runtime, ToolsHandlerOf(directory) ?? assembly, new DotNetPackage(project));
    }

    // What package.json says, with the ending that it may leave out.
    static string? MainOf(string directory)
    {
        if (JsonMember(Path.Combine(directory, "package.json"), "main") is not { } main) return null;
        return ((string[])["", ".js", ".mjs", ".cjs", "/index.js"]).Select(ending => main + ending).FirstOrDefault(name => File.Exists(Path.Combine(directory, name)));
    }

    static string? ToolsHandlerOf(string directory) => JsonMember(Path.Combine(directory, "aws-lambda-tools-defaults.json"), "function-handler");

    static string? FirstOf(string directory, string[] names) => names.FirstOrDefault(name => File.Exists(Path.Combine(directory, name)));

    /// <param name="usual">Names that are handlers where there are several to choose from.</param>
    static string HandlerOf(string directory, string file, Regex names, string[] usual)
    {
        var found = names.Matches(File.ReadAllText(Path.Combine(directory, file))).Select(match => match.Groups["name"].Value).ToArray();
        var name = usual.FirstOrDefault(found.Contains) ?? found.FirstOrDefault() ?? usual[0];
        return $"{Path.ChangeExtension(file, null).TrimStart('.', '/')}.{name}";
    }

    static string? JsonMember(string path, string name)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var member) ? member.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new CommandException($"{path} is not what it should be: {error.Message}", ExitCodes.Misused, error);
        }
    }

    [GeneratedRegex(@"\bexports\.(?<name>\w+)\s*=|\bexport\s+(const|let|(async\s+)?function)\s+(?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex JavaScriptExport();

    // Python and Ruby say it alike.
    [GeneratedRegex(@"^def\s+(?<name>\w+)\s*\(", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex FunctionDefinition();

    [GeneratedRegex("<AssemblyName>(?<name>[^<]+)</AssemblyName>", RegexOptions.ExplicitCapture)]
    private static partial Regex AssemblyName();
}
