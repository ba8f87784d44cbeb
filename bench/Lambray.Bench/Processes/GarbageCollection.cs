using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Lambray.Bench.Processes;

/// <summary>Has another .NET process collect its garbage, so that what it holds is what it needs.</summary>
static class GarbageCollection
{
    // A session with this keyword begins with a full collection; tools that draw heaps rely on it.
    const long HeapCollectKeyword = 0x800000;

    /// <param name="process">One that runs on the JIT: compiled ahead of time it has no port for diagnostics.</param>
    public static async Task InduceAsync(int process)
    {
        var client = new DiagnosticsClient(process);
        var provider = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, HeapCollectKeyword);
        using var session = await client.StartEventPipeSessionAsync(provider, requestRundown: false, circularBufferMB: 1, CancellationToken.None);
        var events = session.EventStream.CopyToAsync(Stream.Null);
        await session.StopAsync(CancellationToken.None);
        await events;
    }
}
