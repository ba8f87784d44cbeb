using Lambray.Bench.Figures;
using Lambray.Bench.Functions;
using Lambray.Bench.Load;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts;

/// <summary>First invocations of functions that no environment serves yet, in turns with bare starts of the same interpreter.</summary>
static class Starts
{
    const int Rounds = 9;

    /// <summary>Each environment is started when it is needed.</summary>
    public static Task RunColdAsync(Workplace place) => RunAsync(place, "Cold start", prestartedMax: 0, new Subjects(place).Cold);

    /// <summary>A runtime of the language waits for a function.</summary>
    public static Task RunFromPoolAsync(Workplace place) => RunAsync(place, "Start from the pool", prestartedMax: 4, new Subjects(place).Prestarted);

    static async Task RunAsync(Workplace place, string title, int prestartedMax, IReadOnlyList<Subject> subjects)
    {
        var table = new Table(place.Output, title, "bare start", "Init", "Init/bare", "added", "answer", "answer/bare", "added");
        await table.WriteHeadAsync();
        foreach (var subject in subjects)
        {
            // A server of its own for each: runtimes of one language that wait would leave no room for those of the next.
            await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax);
            using var functions = await lambray.PrepareFunctionsAsync(place);
            if (await MeasureAsync(lambray, functions, subject, fromPool: prestartedMax > 0) is { } pairs) await WriteAsync(table, subject, pairs);
            else await place.Output.WriteLineAsync($"{subject.Name}: not on this machine");
        }
    }

    /// <returns>Null when the server cannot run such functions here.</returns>
    static async Task<List<(TimeSpan Bare, FirstInvoke Invoke)>?> MeasureAsync(LambrayProcess lambray, Deployment functions, Subject subject, bool fromPool)
    {
        using var bare = new BareStart();
        var pairs = new List<(TimeSpan, FirstInvoke)>();
        // The first function brings files into memory, and has the server compile what it needs.
        for (var before = 0; before <= Rounds; before++)
        {
            var name = $"{subject.Package}-{before}";
            if (!await functions.TryCreateAsync(name, subject)) return null;
            // One for each function before this one, and one that waits.
            if (fromPool) await lambray.Processes.WaitForRuntimesAsync(before + 1);
            await lambray.Processes.SettleAsync();
            var floor = await bare.MeasureAsync(subject.Bare!);
            var invoke = FirstInvoke.Of(lambray.Address, name);
            if (before > 0) pairs.Add((floor, invoke));
        }
        return pairs;
    }

    static Task WriteAsync(Table table, Subject subject, List<(TimeSpan Bare, FirstInvoke Invoke)> pairs) => table.WriteRowAsync(
        subject.Name,
        Text.Milliseconds(pairs.Select(pair => pair.Bare).Median()),
        Text.Milliseconds(pairs.Select(pair => pair.Invoke.Init).Median()),
        Text.Ratio(pairs.Select(pair => pair.Invoke.Init / pair.Bare).Median()),
        Text.Milliseconds(pairs.Select(pair => pair.Invoke.Init - pair.Bare).Median()),
        Text.Milliseconds(pairs.Select(pair => pair.Invoke.Answered).Median()),
        Text.Ratio(pairs.Select(pair => pair.Invoke.Answered / pair.Bare).Median()),
        Text.Milliseconds(pairs.Select(pair => pair.Invoke.Answered - pair.Bare).Median()));
}
