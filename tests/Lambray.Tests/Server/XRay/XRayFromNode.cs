using Xunit;

namespace Lambray.Tests.Server.XRay;

/// <summary>X-Ray as the SDK for JavaScript v3 uses it, which knows operations that Debian's boto3 does not.</summary>
public sealed class XRayFromNode(WholeServer server) : IClassFixture<WholeServer>
{
    [Fact]
    public async Task Boosts_indexing_destination_and_retrieval_work() =>
        Assert.Equal("", (await ClientProcess.Node("xray.mjs", server.Address.ToString())).Succeeded);
}
