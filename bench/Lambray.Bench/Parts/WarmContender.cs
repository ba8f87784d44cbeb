using Lambray.Bench.Figures;
using Lambray.Bench.Load;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts;

/// <summary>One of those that take turns in <see cref="WarmInvocations"/>.</summary>
sealed class WarmContender(string name, PreparedRequest request, ServerProcess server)
{
    public static readonly IReadOnlyList<int> Connections = [1, 4, 16];

    // Idle environments are frozen, and each connection needs one.
    const int WakeUpRequestsPerConnection = 10;
    const int LatencyRequests = 400;
    const int ThroughputRequests = 800;

    readonly List<Round> rounds = [];

    public string Name => name;

    public TimeSpan Median => rounds.Select(round => round.Latency.Percentile(0.5)).Median();

    public TimeSpan Slow => rounds.Select(round => round.Latency.Percentile(0.99)).Median();

    /// <summary>What the server's process, without its environments, spent on one request, and on what it had put off.</summary>
    public TimeSpan ServerCpu => TimeSpan.FromTicks(rounds.Sum(round => round.ServerCpu.Ticks)) / (rounds.Count * LatencyRequests);

    /// <param name="connections">An index of <see cref="Connections"/>.</param>
    public double PerSecond(int connections) => rounds.Select(round => round.Throughput[connections]).Median();

    public double MedianComparedTo(WarmContender other) =>
        rounds.Zip(other.rounds, (one, another) => one.Latency.Percentile(0.5) / another.Latency.Percentile(0.5)).Median();

    /// <inheritdoc cref="PerSecond"/>
    public double PerSecondComparedTo(WarmContender other, int connections) =>
        rounds.Zip(other.rounds, (one, another) => one.Throughput[connections] / another.Throughput[connections]).Median();

    public async Task WarmUpAsync(int requests)
    {
        foreach (var connections in Connections) await LoadRun.OfAsync(request, connections, requests / Connections.Count);
    }

    /// <summary>Has its turn in one round.</summary>
    /// <param name="processes">Those that must have come to rest before it begins, and before processor time is read.</param>
    public async Task MeasureAsync(ProcessTree processes)
    {
        await processes.SettleAsync();
        await LoadRun.OfAsync(request, connections: 1, WakeUpRequestsPerConnection);
        var cpuBefore = server.ProcessorTime;
        var latency = await LoadRun.OfAsync(request, connections: 1, LatencyRequests);
        await processes.SettleAsync();
        var cpu = server.ProcessorTime - cpuBefore;
        var throughput = new List<double> { latency.PerSecond };
        foreach (var connections in Connections.Skip(1))
        {
            await LoadRun.OfAsync(request, connections, connections * WakeUpRequestsPerConnection);
            throughput.Add((await LoadRun.OfAsync(request, connections, ThroughputRequests)).PerSecond);
        }
        rounds.Add(new Round(latency, cpu, throughput));
    }

    sealed record Round(LoadResult Latency, TimeSpan ServerCpu, IReadOnlyList<double> Throughput);
}
