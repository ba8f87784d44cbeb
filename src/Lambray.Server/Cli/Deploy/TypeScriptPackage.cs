namespace Lambray.Server.Cli.Deploy;

/// <summary>A function in TypeScript, compiled by what its folder has installed: bundled by esbuild, or file by file by tsc.</summary>
/// <param name="Entry">The file with the handler, as it is called in the folder.</param>
public sealed record TypeScriptPackage(string Folder, string Entry) : CodePackage
{
    const string Target = "es2022";

    // tsc needs these, the function does not.
    static readonly string[] OfTheCompiler = ["typescript", "@types"];

    string Tools => Path.Combine(Folder, "node_modules", ".bin");

    /// <summary>Whether the folder has a compiler.</summary>
    public bool CanCompile => File.Exists(Path.Combine(Tools, "esbuild")) || File.Exists(Path.Combine(Tools, "tsc"));

    public override Task<byte[]> PackAsync(CancellationToken cancellation)
    {
        if (!CanCompile)
            throw new CommandException(
                $"{Entry} is TypeScript, and {Folder} has no compiler for it; install one there: npm install --save-dev esbuild (or typescript)", ExitCodes.Misused);
        return BuildAsync(output => File.Exists(Path.Combine(Tools, "esbuild")) ? BundleAsync(output, cancellation) : CompileAsync(output, cancellation));
    }

    // One file with all that the code imports. What the runtime brings need not be in it.
    async Task<byte[]> BundleAsync(string output, CancellationToken cancellation)
    {
        var bundle = Path.Combine(output, Path.ChangeExtension(Entry, ".js"));
        List<string> arguments = [Entry, "--bundle", "--platform=node", $"--target={Target}", "--format=cjs", "--sourcemap=inline", "--log-level=warning", $"--outfile={bundle}"];
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@aws-sdk"))) arguments.AddRange(["--external:@aws-sdk/*", "--external:@smithy/*"]);
        await RunAsync("esbuild", arguments, cancellation);
        return CodeZip.Of(output);
    }

    // What is compiled lies over the folder as it is, with its packages.
    async Task<byte[]> CompileAsync(string output, CancellationToken cancellation)
    {
        List<string> arguments = ["--outDir", output, "--rootDir", Folder, "--noEmit", "false", "--declaration", "false", "--skipLibCheck"];
        if (File.Exists(Path.Combine(Folder, "tsconfig.json"))) arguments.AddRange(["--project", Folder]);
        else arguments.AddRange(["--target", Target, "--module", "commonjs", "--esModuleInterop", Entry]);
        await RunAsync("tsc", arguments, cancellation);
        return CodeZip.Of([output, Folder], OfTheCompiler);
    }

    Task RunAsync(string tool, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        BuildTool.RunAsync(Path.Combine(Tools, tool), arguments, Folder, $"{tool} of {Folder} cannot be run", cancellation);
}
