using System.Diagnostics;

namespace Lambray.Bench;

/// <summary>The first answer of functions that no environment serves yet, and how long Node.js alone takes to start and end.</summary>
static class ColdStarts
{
    const int Starts = 10;

    public static async Task<LoadResult> OfFunctionsAsync(Uri server, BenchFunctions functions)
    {
        var taken = new List<TimeSpan>();
        for (var i = 0; i < Starts; i++)
        {
            var name = $"cold-{i}";
            await functions.CreateAsync(name, "PassThrough");
            taken.AddRange((await Load.RunAsync(PreparedRequest.Invoke(server, name, traceHeader: null), connections: 1, requests: 1)).Durations);
        }
        return Result(taken);
    }

    public static async Task<LoadResult> OfNodeAsync()
    {
        var taken = new List<TimeSpan>();
        for (var i = 0; i < Starts; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var node = Process.Start("node", ["-e", "0"]);
            await node.WaitForExitAsync();
            taken.Add(Stopwatch.GetElapsedTime(started));
        }
        return Result(taken);
    }

    static LoadResult Result(List<TimeSpan> taken) => new(TimeSpan.FromTicks(taken.Sum(one => one.Ticks)), [.. taken.Order()]);
}
