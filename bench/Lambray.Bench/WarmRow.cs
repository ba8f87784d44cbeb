namespace Lambray.Bench;

/// <summary>Latency and throughput of one kind of warm request.</summary>
/// <param name="ServerCpu">What the server's process, without its environments, spent on one request while latency was measured.</param>
sealed record WarmRow(string Name, LoadResult Latency, TimeSpan ServerCpu, IReadOnlyList<LoadResult> Throughput)
{
    public static readonly IReadOnlyList<int> Connections = [1, 4, 16];

    // The JIT compiles what is hot a second time, in the background; that must be over.
    const int WarmUpRequests = 10_000;

    // Each connection needs an environment, which a few requests start.
    const int ConnectionWarmUpRequests = 500;
    const int LatencyRequests = 2_000;
    const int ThroughputRequests = 5_000;

    public static async Task<WarmRow> MeasureAsync(string name, ServerProcess server, PreparedRequest request)
    {
        await Load.RunAsync(request, connections: 1, WarmUpRequests);
        var cpuBefore = server.ProcessorTime;
        var latency = await Load.RunAsync(request, connections: 1, LatencyRequests);
        var cpu = (server.ProcessorTime - cpuBefore) / LatencyRequests;
        var throughput = new List<LoadResult>();
        foreach (var connections in Connections)
        {
            await Load.RunAsync(request, connections, ConnectionWarmUpRequests);
            throughput.Add(await Load.RunAsync(request, connections, ThroughputRequests));
        }
        return new WarmRow(name, latency, cpu, throughput);
    }
}
