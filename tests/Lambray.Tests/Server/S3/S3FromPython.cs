using System.Globalization;
using System.Runtime.CompilerServices;
using Xunit;

namespace Lambray.Tests.Server.S3;

/// <summary>S3 by boto3: the scripts of <c>tests/s3</c>, each of which ends at the first thing that is not as it should be.</summary>
public sealed class S3FromPython(ResourcesServer server) : IClassFixture<ResourcesServer>
{
    [Theory]
    [InlineData("objects.py")]
    [InlineData("multipart.py")]
    [InlineData("buckets.py")]
    public async Task Works_as_boto3_expects(string script)
    {
        var outcome = await ClientProcess.Python(Script(script), server.Address.ToString());
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    [Fact]
    public async Task Versions_are_as_a_plain_model_of_them()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var outcome = await ClientProcess.Python(Script("versions.py"), server.Address.ToString(), seed.ToString(CultureInfo.InvariantCulture));
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    static string Script(string name, [CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "s3", name));
}
