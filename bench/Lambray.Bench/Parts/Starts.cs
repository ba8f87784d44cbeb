using Lambray.Aws;
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
        await using var lambray = await LambrayProcess.StartAsync(place.Server, prestartedMax);
        using var functions = await lambray.PrepareFunctionsAsync(place);
        var table = new Table(place.Output, title, "bare start", "Init", "Init/bare", "added", "answer", "answer/bare", "added");
        await table.WriteHeadAsync();
        foreach (var subject in subjects)
        {
            if (await MeasureAsync(lambray, functions, subject) is { } pairs) await WriteAsync(table, subject, pairs);
            else await place.Output.WriteLineAsync($"{subject.Name}: not on this machine");
        }
    }

    /// <returns>Null when the server cannot run such functions here.</returns>
    static async Task<List<(TimeSpan Bare, FirstInvoke Invoke)>?> MeasureAsync(LambrayProcess lambray, Deployment functions, Subject subject)
    {
        using var bare = new BareStart();
        var pairs = new List<(TimeSpan, FirstInvoke)>();
        // The first round brings files into memory, and has the server compile what it needs.
        for (var round = -1; round < Rounds; round++)
        {
            var name = $"{subject.Package}-{round + 1}";
            try
            {
                await functions.CreateAsync(name, subject);
            }
            catch (AwsException error) when (error.Code == "InvalidParameterValueException")
            {
                return null;
            }
            await lambray.Processes.SettleAsync();
            var floor = await bare.MeasureAsync(subject.Bare!);
            var invoke = FirstInvoke.Of(lambray.Address, name);
            if (round >= 0) pairs.Add((floor, invoke));
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
