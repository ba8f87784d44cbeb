using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>Reads the service map of a range of time out of the index.</summary>
public sealed class ServiceMaps(ITraceIndex index)
{
    /// <summary>All traces.</summary>
    public const uint EveryTrace = 0;

    /// <summary>The map of the traces that began in a range, whole seconds of it.</summary>
    public async ValueTask<IReadOnlyList<ServiceNode>> ReadAsync(uint group, DateTimeOffset start, DateTimeOffset end)
    {
        var graph = new ServiceGraphBuilder();
        foreach (var (length, from, to) in GraphRange.Cover(start.ToUnixTimeSeconds(), Ceiling(end)))
            foreach (var cell in await index.ReadCellsAsync(group, length, from, to)) graph.Add(cell);
        return graph.Build();
    }

    static long Ceiling(DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        return time > DateTimeOffset.FromUnixTimeSeconds(seconds) ? seconds + 1 : seconds;
    }
}
