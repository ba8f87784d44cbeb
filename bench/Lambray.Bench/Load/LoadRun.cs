using System.Diagnostics;
using Lambray.Bench.Figures;

namespace Lambray.Bench.Load;

/// <summary>Requests over a fixed number of connections, each of which sends its next request when it has its answer.</summary>
static class LoadRun
{
    /// <summary>What each request took, and what they took together.</summary>
    public static async Task<LoadResult> OfAsync(PreparedRequest request, int connections, int requests)
    {
        var perConnection = requests / connections;
        // All are connected before the first request, and its moment is the start.
        var started = 0L;
        using var connected = new Barrier(connections, _ => started = Stopwatch.GetTimestamp());
        var durations = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => OnThread(request, perConnection, connected)));
        return new LoadResult(Stopwatch.GetElapsedTime(started), [.. durations.SelectMany(taken => taken).Order()]);
    }

    /// <summary>As many as can be sent over one connection while something else goes on.</summary>
    public static async Task<LoadResult> WhileAsync(PreparedRequest request, Task other)
    {
        var started = Stopwatch.GetTimestamp();
        var durations = await Task.Factory.StartNew(
            () => SendWhile(request, other), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await other;
        return new LoadResult(Stopwatch.GetElapsedTime(started), [.. durations.Order()]);
    }

    // A thread for each connection: waking a blocked one is the cheapest way to wait for a socket.
    static Task<TimeSpan[]> OnThread(PreparedRequest request, int requests, Barrier connected) => Task.Factory.StartNew(
        () => SendAll(request, requests, connected), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    static TimeSpan[] SendAll(PreparedRequest request, int requests, Barrier connected)
    {
        using var connection = new Connection(request.Server);
        var taken = new TimeSpan[requests];
        connected.SignalAndWait();
        for (var i = 0; i < requests; i++) taken[i] = Send(connection, request);
        return taken;
    }

    static List<TimeSpan> SendWhile(PreparedRequest request, Task other)
    {
        using var connection = new Connection(request.Server);
        var taken = new List<TimeSpan>();
        while (!other.IsCompleted) taken.Add(Send(connection, request));
        return taken;
    }

    static TimeSpan Send(Connection connection, PreparedRequest request)
    {
        var started = Stopwatch.GetTimestamp();
        connection.Send(request);
        return Stopwatch.GetElapsedTime(started);
    }
}

/// <param name="Durations">In ascending order.</param>
sealed record LoadResult(TimeSpan Elapsed, IReadOnlyList<TimeSpan> Durations)
{
    public double PerSecond => Durations.Count / Elapsed.TotalSeconds;

    /// <param name="share">0.5 for the median.</param>
    public TimeSpan Percentile(double share) => Durations.Percentile(share);
}
