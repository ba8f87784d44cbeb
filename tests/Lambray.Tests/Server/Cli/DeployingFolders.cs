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
    public async Task Says_what_it_looked_for_where_a_folder_says_nothing()
    {
        var folder = Write("notes", ("README.md", "# Notes"));

        var guessed = await RunAsync("deploy", folder);
        var missing = await RunAsync("deploy", folder + "/none");

        Assert.Equal(2, guessed.Code);
        Assert.StartsWith($"lambray: {folder} does not say what it is (looked for bootstrap, package.json, index.mjs, ", guessed.Errors, StringComparison.Ordinal);
        Assert.Equal((2, $"lambray: {folder}/none is no folder\n"), (missing.Code, missing.Errors));
    }

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
