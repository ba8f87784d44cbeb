using Lambray.Bench.Figures;
using Lambray.Bench.Functions;
using Lambray.Bench.Load;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts;

/// <summary>Warm invocations of one function while others are started cold, beside what bare processes of the same interpreter do to them.</summary>
/// <remarks>Whatever starts takes processors away; how much more than that a cold start takes is what the two streams show.</remarks>
static class ColdBesideWarm
{
    const int Rounds = 5;
    const int StartsPerRound = 12;
    const int WarmUpRequests = 8_000;
    static readonly TimeSpan Rhythm = TimeSpan.FromMilliseconds(80);

    public static async Task RunAsync(Workplace place)
    {
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0);
        using var functions = await lambray.PrepareFunctionsAsync(place);
        var subjects = new Subjects(place);
        await functions.CreateAsync("warm", subjects.NativeLoop);
        var warm = PreparedRequest.Invoke(lambray.Address, "warm");
        await LoadRun.OfAsync(warm, connections: 1, WarmUpRequests);

        using var bare = new BareStart();
        var (alone, besideBare, besideCold) = (new List<LoadResult>(), new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < Rounds; round++)
        {
            var cold = await CreateAsync(functions, subjects.NodeJs, round);
            alone.Add(await MeasureAsync(_ => Task.CompletedTask));
            besideBare.Add(await MeasureAsync(_ => bare.MeasureAsync(subjects.NodeJs.Bare!)));
            besideCold.Add(await MeasureAsync(start =>
            {
                FirstInvoke.Of(lambray.Address, cold[start]);
                return Task.CompletedTask;
            }));
        }
        var table = new Table(place.Output, "Warm native loop", "p50", "p99", "p50/alone", "p99/alone");
        await table.WriteHeadAsync();
        await WriteAsync(table, "alone", alone, alone);
        await WriteAsync(table, "beside bare starts of Node.js", besideBare, alone);
        await WriteAsync(table, "beside cold starts of Node.js", besideCold, alone);

        async Task<LoadResult> MeasureAsync(Func<int, Task> start)
        {
            await lambray.Processes.SettleAsync();
            return await LoadRun.WhileAsync(warm, StreamAsync(start));
        }
    }

    static async Task<List<string>> CreateAsync(Deployment functions, Subject subject, int round)
    {
        var names = new List<string>();
        for (var start = 0; start < StartsPerRound; start++)
        {
            names.Add($"cold-{round}-{start}");
            await functions.CreateAsync(names[^1], subject);
        }
        return names;
    }

    // One after another begins, whether or not the one before has come up.
    static async Task StreamAsync(Func<int, Task> start)
    {
        var started = new List<Task>();
        for (var i = 0; i < StartsPerRound; i++)
        {
            await Task.Delay(Rhythm, TimeProvider.System);
            var number = i;
            started.Add(Task.Run(() => start(number)));
        }
        await Task.WhenAll(started);
    }

    static Task WriteAsync(Table table, string name, List<LoadResult> results, List<LoadResult> alone)
    {
        return table.WriteRowAsync(
            name, Text.Microseconds(Of(0.5)), Text.Microseconds(Of(0.99)), Text.Ratio(Compared(0.5)), Text.Ratio(Compared(0.99)));

        TimeSpan Of(double share) => results.Select(result => result.Percentile(share)).Median();
        double Compared(double share) => results.Zip(alone, (one, other) => one.Percentile(share) / other.Percentile(share)).Median();
    }
}
