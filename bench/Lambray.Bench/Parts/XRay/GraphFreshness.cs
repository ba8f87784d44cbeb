using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Lambray.Bench.Figures;
using Lambray.Bench.Load;

namespace Lambray.Bench.Parts.XRay;

/// <summary>How soon a segment is seen on the service graph, while many others come: from its packet to the first answer that has its node.</summary>
static class GraphFreshness
{
    const int Traces = 5_000;
    const int PerSecond = 10_000;
    const int Probes = 60;
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(Workplace place)
    {
        await using var server = await XRayServerProcess.StartAsync(place);
        using var stopping = new CancellationTokenSource();
        var load = Task.Run(() => new PacketSender(server.Daemon, ShopPackets.Of(Traces)).SendAsync(PerSecond, Longest, stopping.Token));
        var taken = new List<TimeSpan>();
        using var connection = server.Connect();
        using var udp = new UdpClient();
        for (var number = -5; number < Probes; number++)
        {
            await Task.Delay(Between, TimeProvider.System);
            var seen = await SeeAsync(connection, udp, server, number);
            // The first ones find code that has not been compiled.
            if (number >= 0) taken.Add(seen);
        }
        await stopping.CancelAsync();
        await load;

        taken.Sort();
        var table = new Table(place.Output, "Seen on the graph after", "p50", "p99");
        await table.WriteHeadAsync();
        await table.WriteRowAsync("at 10,000 segments/s", Text.Milliseconds(taken.Percentile(0.5)), Text.Milliseconds(taken.Percentile(0.99)));
    }

    static async Task<TimeSpan> SeeAsync(ApiConnection connection, UdpClient udp, XRayServerProcess server, int number)
    {
        var name = $"probe-{number + 100}";
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        var packet = string.Create(CultureInfo.InvariantCulture, $$"""
            {"format":"json","version":1}
            {"name":"{{name}}","id":"{{Random.Shared.NextInt64():x16}}","trace_id":"1-{{(long)now:x8}}-{{Random.Shared.NextInt64():x24}}","start_time":{{now - 0.01:F3}},"end_time":{{now:F3}}}
            """);
        var started = Stopwatch.GetTimestamp();
        await udp.SendAsync(Encoding.ASCII.GetBytes(packet), server.Daemon);
        var request = string.Create(CultureInfo.InvariantCulture, $$"""{"StartTime":{{now - 60:F0}},"EndTime":{{now + 60:F0}}}""");
        while (!connection.Post("/ServiceGraph", request).Body.Contains($"\"{name}\"", StringComparison.Ordinal))
            if (Stopwatch.GetElapsedTime(started) > Limit) throw new TimeoutException($"{name} is not on the graph after {Limit}: its packet was lost, or the index stands still.");
        return Stopwatch.GetElapsedTime(started);
    }
}
