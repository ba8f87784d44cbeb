using Lambray.Functions.ExecutionEnvironments.Runtimes;
using Xunit;

namespace Lambray.Tests.Functions.ExecutionEnvironments.Runtimes;

public sealed class FindingRuntimes : IDisposable
{
    readonly TemporaryDirectory machine = new();

    [Theory]
    [InlineData("nodejs22.x", "nodejs", 22, 0)]
    [InlineData("python3.12", "python", 3, 12)]
    [InlineData("java8.al2", "java", 8, 0)]
    [InlineData("dotnet10", "dotnet", 10, 0)]
    [InlineData("ruby3.4", "ruby", 3, 4)]
    public void Takes_a_runtime_identifier_apart(string text, string language, int major, int minor)
    {
        var name = RuntimeName.Parse(text);
        Assert.Equal((language, new LanguageVersion(major, minor)), (name.Language, name.Version));
    }

    [Fact]
    public void A_custom_runtime_has_no_version_of_a_language()
    {
        var name = RuntimeName.Parse("provided.al2023");
        Assert.Equal(("provided", null), (name.Language, name.Version));
    }

    [Fact]
    public async Task Takes_the_version_that_was_asked_for_although_another_comes_first()
    {
        Interpreter("first", "node", "20.1.0");
        var exact = Interpreter("second", "node", "22.9.1");
        var runtime = await Catalog().GetAsync("nodejs22.x");
        Assert.Equal(exact, runtime.LanguageDirectory);
        Assert.Null(runtime.Notice);
    }

    [Fact]
    public async Task The_nearest_version_stands_in_and_says_so()
    {
        Interpreter("first", "node", "14.1.0");
        var nearest = Interpreter("second", "node", "20.9.1");
        var runtime = await Catalog().GetAsync("nodejs22.x");
        Assert.Equal(nearest, runtime.LanguageDirectory);
        Assert.StartsWith("NOTICE Runtime nodejs22.x runs on Node.js 20.9.1 here", runtime.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configured_program_is_taken_whatever_its_version()
    {
        Interpreter("first", "node", "22.1.0");
        var other = Interpreter("elsewhere", "my-node", "18.0.0");
        var runtime = await Catalog(("nodejs22.x", Path.Combine(other, "bin", "my-node"))).GetAsync("nodejs22.x");
        Assert.Equal(other, runtime.LanguageDirectory);
        Assert.Null(runtime.Notice);
    }

    [Fact]
    public async Task What_was_installed_since_is_found()
    {
        var catalog = Catalog();
        Assert.Equal(
            "Runtime nodejs22.x needs Node.js on this machine: install Debian's package 'nodejs', " +
            "or name the program in the server's setting 'runtimes', as in --runtimes nodejs22.x=/path/of/program.",
            await catalog.WhyUnavailableAsync("nodejs22.x"));
        Interpreter("first", "node", "22.1.0");
        Assert.Null(await catalog.WhyUnavailableAsync("nodejs22.x"));
    }

    [Fact]
    public async Task Passes_over_a_wrapper_whose_program_is_gone()
    {
        Script(Path.Combine(machine.Path, "first", "bin"), "node", "exit 127");
        var working = Interpreter("second", "node", "22.0.0");
        Assert.Equal(working, (await Catalog().GetAsync("nodejs22.x")).LanguageDirectory);
    }

    public void Dispose() => machine.Dispose();

    RuntimeCatalog Catalog(params (string Runtime, string Program)[] configured) => new(
        "/bootstraps", $"{machine.Path}/first/bin:{machine.Path}/second/bin", configured.ToDictionary(entry => entry.Runtime, entry => entry.Program));

    /// <summary>A program that says of itself what an interpreter would; returns its language's folder.</summary>
    string Interpreter(string folder, string name, string version)
    {
        var directory = Path.Combine(machine.Path, folder);
        Script(Path.Combine(directory, "bin"), name, $"printf '%s\\n{version}\\n' \"$0\"");
        return directory;
    }

    static void Script(string directory, string name, string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(directory).FullName, name);
        File.WriteAllText(path, "#!/bin/sh\n" + text + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
