using System.Net;
using System.Text.Json;
using Lambray.Server.Daemon;
using Lambray.Tracing.Intake;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.XRay;

/// <summary>A real X-Ray SDK that asks the daemon's port what to sample.</summary>
public sealed class SamplingBySdks
{
    [Fact]
    public async Task The_SDK_for_Node_js_does_what_the_rules_say()
    {
        await using var server = await WholeServer.StartAsync(config => config with { Daemon = new IPEndPoint(IPAddress.Loopback, 0) });
        await CreateRuleAsync(server, "mute", """ "Priority":1,"FixedRate":0,"ReservoirSize":0,"ServiceName":"MUT*" """);
        await CreateRuleAsync(server, "shout", """ "Priority":2,"FixedRate":1,"ReservoirSize":4,"ServiceName":"lou?" """);

        var targets = await ClientProcess.Node("xray-sampling.mjs", DaemonAddress(server), "mute", "shout", "Default");

        Assert.Equal("""{"mute":{"rate":0,"quota":0,"interval":10},"shout":{"rate":1,"quota":4,"interval":10}}""", targets.Succeeded.Trim());
        var intake = server.Services.GetRequiredService<SegmentIntake>();
        await Eventually.HoldsAsync(() => intake.Counts.Accepted == 100, "each request of the loud service is traced, and none of the muted one");
        var graph = await server.SendAsync(HttpMethod.Post, "/ServiceGraph", $$"""{"StartTime":{{Now - 600}},"EndTime":{{Now + 600}}}""");
        Assert.Equal(["loud"], JsonElement.Parse(graph.Body).GetProperty("Services").EnumerateArray().Select(service => service.GetProperty("Name").GetString()).Distinct());
        var statistics = JsonElement.Parse((await server.SendAsync(HttpMethod.Post, "/SamplingStatisticSummaries", "{}")).Body);
        Assert.Equal(
            [("mute", 100, 0), ("shout", 100, 100)],
            statistics.GetProperty("SamplingStatisticSummaries").EnumerateArray()
                .Select(summary => (
                    summary.GetProperty("RuleName").GetString(), summary.GetProperty("RequestCount").GetInt32(),
                    summary.GetProperty("SampledCount").GetInt32() + summary.GetProperty("BorrowCount").GetInt32())));
    }

    // Asked for any port, the daemon finds one for each of its protocols.
    static string DaemonAddress(WholeServer server)
    {
        var tcp = server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Last();
        return $"tcp:{new Uri(tcp).Authority} udp:{server.Services.GetRequiredService<DaemonListener>().Address}";
    }

    static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    static async Task CreateRuleAsync(WholeServer server, string name, string fields)
    {
        var answer = await server.SendAsync(HttpMethod.Post, "/CreateSamplingRule", $$"""
            {"SamplingRule":{"RuleName":"{{name}}","ServiceType":"*","Host":"*","HTTPMethod":"*","URLPath":"*","ResourceARN":"*","Version":1,{{fields}} } }
            """);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }
}
