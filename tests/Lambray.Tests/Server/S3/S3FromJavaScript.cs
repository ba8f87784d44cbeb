using Xunit;

namespace Lambray.Tests.Server.S3;

/// <summary>S3 by the AWS SDK for JavaScript v3, with lib-storage and presigned addresses.</summary>
public sealed class S3FromJavaScript(ResourcesServer server) : IClassFixture<ResourcesServer>
{
    [Fact]
    public async Task Works_as_the_SDK_expects()
    {
        var outcome = await ClientProcess.Node("s3.mjs", server.Address.ToString());
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }
}
