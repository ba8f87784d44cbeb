using System.Runtime.CompilerServices;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>Answers of the control plane beside those that were recorded from AWS (<c>tests/recorded</c>).</summary>
public sealed class AgreeingWithAws(WholeServer server, ITestOutputHelper output) : IClassFixture<WholeServer>
{
    [Fact]
    public async Task The_recorded_cases_are_answered_as_AWS_answered_them()
    {
        var walk = await ClientProcess.Python(Script(), server.Address.ToString());
        output.WriteLine(walk.Output);
        Assert.True(walk.ExitCode == 0, walk.Output + walk.Error);
    }

    static string Script([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "recorded", "walk.py"));
}
