using Xunit;

namespace Lambray.Tests.Server.Logs;

/// <summary>CloudWatch Logs as the SDK for JavaScript uses it, with a live tail.</summary>
public sealed class LogsFromNode(WholeServer server) : IClassFixture<WholeServer>
{
    [Fact]
    public async Task Events_are_tailed_live_and_read_back()
    {
        var outcome = await ClientProcess.Node("logs.mjs", server.Address.ToString(), "/live");

        Assert.Equal(
            """
            {"refused":"The specified log group does not exist.","groups":["123456789012:/live"],"live":["{\"n\":3}","{\"n\":4}","{\"n\":5}"],"all":["{\"n\":1}","{\"n\":2}","{\"n\":3}","{\"n\":4}","{\"n\":5}"]}
            """,
            outcome.Succeeded.TrimEnd());
    }
}
