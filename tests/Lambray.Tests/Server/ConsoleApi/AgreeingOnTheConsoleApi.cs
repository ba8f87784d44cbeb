using System.Runtime.CompilerServices;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>The console's types are generated from console/openapi.json: here that file is held to the server.</summary>
public sealed class AgreeingOnTheConsoleApi
{
    /// <remarks><c>LAMBRAY_GOLDEN=write</c> writes the file anew; <c>npm run generate</c> then makes the types.</remarks>
    [Fact]
    public async Task The_description_of_the_api_is_what_the_server_has()
    {
        var actual = await ConsoleDocument.ReadAsync(TestContext.Current.CancellationToken);
        var file = Path.GetFullPath(Path.Combine(Folder(), "../../../../console/openapi.json"));

        if (Environment.GetEnvironmentVariable("LAMBRAY_GOLDEN") == "write") await File.WriteAllTextAsync(file, actual, TestContext.Current.CancellationToken);

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), actual);
    }

    static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
