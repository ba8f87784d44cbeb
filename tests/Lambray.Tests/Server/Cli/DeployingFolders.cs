using System.IO.Compression;
using System.Runtime.CompilerServices;
using Lambray.Tests.Server.Runtimes;
using Xunit;

namespace Lambray.Tests.Server.Cli;

public sealed class DeployingFolders(WholeServer server) : IClassFixture<WholeServer>, IDisposable
{
    readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Makes_a_function_of_a_folder_then_updates_it()
    {
        var folder = Write("my shop", ("lambda_function.py", "import os\ndef helper(x): pass\ndef lambda_handler(event, context): return [os.environ.get('STAGE'), 1]\n"));

        var first = await RunAsync("deploy", folder, "--env", "STAGE=test");
        var invoked = await server.InvokeAsync("my-shop");
        Write("my shop", ("lambda_function.py", "import os\ndef lambda_handler(event, context): return [os.environ.get('STAGE'), 2]\n"));
        var second = await RunAsync("deploy", folder, "--memory", "300");
        var again = await server.InvokeAsync("my-shop");
        var function = (await server.SettledAsync("my-shop"))!;

        Assert.Equal((0, ""), (first.Code, first.Errors));
        Assert.Contains("my-shop is deployed, with active tracing.\n", first.Output, StringComparison.Ordinal);
        Assert.Contains("my-shop is up to date, with active tracing.\n", second.Output, StringComparison.Ordinal);
        Assert.Equal(("""["test", 1]""", """["test", 2]"""), (invoked.Succeeded, again.Succeeded));
        Assert.Equal(("Active", 300, "python3.12", "lambda_function.lambda_handler"), (function.TracingMode.ToString(), function.MemorySize, function.Runtime, function.Handler));
        Assert.EndsWith(":role/my-shop-role", function.Role, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_the_handler_of_a_package_and_keeps_programs_executable()
    {
        var package = Write("package", ("package.json", """{"main":"src/entry"}"""), ("src/entry.js", "exports.helper = 1;\nexports.handler = async () => 'from entry';"));
        var custom = Write("custom", ("bootstrap", """
            #!/usr/bin/python3
            import os, urllib.request
            api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
            while True:
                with urllib.request.urlopen(api + "next") as event:
                    id = event.headers["Lambda-Runtime-Aws-Request-Id"]
                urllib.request.urlopen(api + id + "/response", b'"from a program"').close()

            """));
        File.SetUnixFileMode(Path.Combine(custom, "bootstrap"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        Assert.Equal(0, (await RunAsync("deploy", package)).Code);
        Assert.Equal(0, (await RunAsync("deploy", custom, "--name", "own")).Code);

        Assert.Equal("\"from entry\"", (await server.InvokeAsync("package")).Succeeded);
        Assert.Equal("\"from a program\"", (await server.InvokeAsync("own")).Succeeded);
    }

    [Fact]
    public async Task Publishes_a_NET_project_with_the_handler_that_its_tools_know()
    {
        var folder = Write("Shop",
            ("Shop.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                </Project>
                """),
            ("Orders.cs", "namespace Shop;\npublic class Orders { public System.IO.Stream Echo(System.IO.Stream order) => order; }\n"),
            ("aws-lambda-tools-defaults.json", """{"function-handler":"Shop::Shop.Orders::Echo"}"""));

        var deployed = await RunAsync("deploy", folder, "--name", "dotnet-shop", "--memory", "512");

        Assert.Equal((0, ""), (deployed.Code, deployed.Errors));
        Assert.Equal("""{"total":3}""", (await server.InvokeAsync("dotnet-shop", """{"total":3}""")).Succeeded);
        Assert.Equal("dotnet10", (await server.SettledAsync("dotnet-shop")).Runtime);

        Write("Shop", ("Orders.cs", "this is no C#"));
        var broken = await RunAsync("deploy", folder, "--name", "dotnet-shop");
        Assert.Equal(1, broken.Code);
        Assert.Contains("error CS", broken.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_a_jar_with_the_handler_and_the_Java_that_its_classes_tell()
    {
        Assert.SkipUnless(JavaCode.IsAvailable, "Java functions need a JDK and Jackson.");
        var code = new JavaCode();
        await code.InitializeAsync();
        var one = WriteJar("one/target/shop-1.0.jar", code.Zip, name => name == "example/Handlers$OnMaps.class");
        var many = WriteJar("many/build/libs/shop.jar", code.Zip, name => name.StartsWith("example/Handlers", StringComparison.Ordinal));

        var deployed = await RunAsync("deploy", one, "--name", "jar", "--memory", "512");
        var asked = await RunAsync("deploy", many, "--name", "jars");
        var told = await RunAsync("deploy", many, "--name", "jars", "--handler", "example.Handlers::number", "--memory", "512");

        Assert.Equal((0, ""), (deployed.Code, deployed.Errors));
        Assert.Equal("""{"a":1,"size":1}""", (await server.InvokeAsync("jar", """{"a":1}""")).Succeeded);
        var function = await server.SettledAsync("jar");
        Assert.Equal(("java11", "example.Handlers$OnMaps"), (function.Runtime, function.Handler));
        Assert.Equal(2, asked.Code);
        Assert.StartsWith($"lambray: {many}/build/libs/shop.jar has more than one handler: example.Handlers$", asked.Errors, StringComparison.Ordinal);
        Assert.EndsWith("; say which it is with --handler\n", asked.Errors, StringComparison.Ordinal);
        Assert.Equal(0, told.Code);
        Assert.Equal("42", (await server.InvokeAsync("jars", "41")).Succeeded);
    }

    [Theory]
    [InlineData("tests/node", "bundled")]
    [InlineData("console", "compiled")]
    public async Task Compiles_TypeScript_with_what_its_folder_has(string compilersOf, string name)
    {
        var folder = Write(name,
            ("src/index.ts", "import { total } from './prices';\nexport const handler = async (event: { prices: number[] }): Promise<number> => total(event.prices);\n"),
            ("src/prices.ts", "export function total(prices: number[]): number { return prices.reduce((sum, price) => sum + price, 0); }\n"));
        // A link, which is not packed.
        File.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(RepositoryRoot(), compilersOf, "node_modules"));

        var deployed = await RunAsync("deploy", folder);

        Assert.Equal((0, ""), (deployed.Code, deployed.Errors));
        Assert.Equal("6", (await server.InvokeAsync(name, """{"prices":[1,2,3]}""")).Succeeded);
        Assert.Equal("src/index.handler", (await server.SettledAsync(name)).Handler);
    }

    [Fact]
    public async Task Says_what_TypeScript_without_a_compiler_needs()
    {
        var folder = Write("untyped", ("index.ts", "export const handler = async () => 1;"));

        var refused = await RunAsync("deploy", folder);

        Assert.Equal((2, $"lambray: index.ts is TypeScript, and {folder} has no compiler for it; install one there: npm install --save-dev esbuild (or typescript)\n"),
            (refused.Code, refused.Errors));
    }

    [Fact]
    public async Task Says_what_it_looked_for_where_a_folder_says_nothing()
    {
        var folder = Write("notes", ("README.md", "# Notes"));

        var guessed = await RunAsync("deploy", folder);
        var missing = await RunAsync("deploy", folder + "/none");

        Assert.Equal(2, guessed.Code);
        Assert.StartsWith($"lambray: {folder} does not say what it is (looked for bootstrap, package.json, index.mjs, ", guessed.Errors, StringComparison.Ordinal);
        Assert.Equal((2, $"lambray: {folder}/none is no folder\n"), (missing.Code, missing.Errors));
    }

    string WriteJar(string path, byte[] classes, Func<string, bool> choose)
    {
        var jar = Path.Combine(directory.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(jar)!);
        using var source = new ZipArchive(new MemoryStream(classes));
        using var target = ZipFile.Open(jar, ZipArchiveMode.Create);
        foreach (var entry in source.Entries.Where(entry => choose(entry.FullName)))
        {
            using var from = entry.Open();
            using var to = target.CreateEntry(entry.FullName).Open();
            from.CopyTo(to);
        }
        return Path.Combine(directory.Path, path.Split('/')[0]);
    }

    static string RepositoryRoot([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", ".."));

    string Write(string folder, params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(directory.Path, folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        return Path.Combine(directory.Path, folder);
    }

    async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var terminal = new TestTerminal(time: TimeProvider.System);
        var code = await terminal.RunAsync([.. arguments, "--endpoint", server.Address.ToString()]);
        return (code, terminal.Output, terminal.Errors);
    }
}
