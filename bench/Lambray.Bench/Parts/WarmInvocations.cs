using Lambray.Bench.Figures;
using Lambray.Bench.Functions;
using Lambray.Bench.Load;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts;

/// <summary>Warm invocations of each way to run functions, recorded in traces and not, beside a plain echo of Kestrel.</summary>
/// <remarks>
/// All take turns in each round, and each figure is the median of the rounds' own, so that a machine that is busy for a moment
/// is so for all of them. Recorded and not recorded requests go to the same function in the same environments.
/// </remarks>
static class WarmInvocations
{
    const int Rounds = 7;

    // The JIT compiles what is hot a second time, in the background; that must be over.
    const int WarmUpRequests = 8_000;

    public static async Task RunAsync(Workplace place)
    {
        await using var echo = await ServerProcess.StartEchoAsync();
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0);
        using var functions = await lambray.PrepareFunctionsAsync(place);

        var floor = new WarmContender("Kestrel echo (the floor)", PreparedRequest.Echo(echo.Address), echo);
        var contenders = new List<WarmContender> { floor };
        var pairs = new List<(Subject Subject, WarmContender Untraced, WarmContender Traced)>();
        foreach (var subject in new Subjects(place).Warm)
        {
            await functions.CreateAsync(subject.Package, subject, "Active");
            var untraced = new WarmContender($"{subject.Name}, Sampled=0", Invoke(subject.Package, "Sampled=0"), lambray.Server);
            // Without a root each request begins a trace of its own, as requests of different users do.
            var traced = new WarmContender($"{subject.Name}, Sampled=1", Invoke(subject.Package, "Sampled=1"), lambray.Server);
            contenders.AddRange([untraced, traced]);
            pairs.Add((subject, untraced, traced));
        }
        await functions.CreateAsync("pass-through", new Subjects(place).NativeLoop);
        contenders.Add(new WarmContender("native loop, PassThrough", PreparedRequest.Invoke(lambray.Address, "pass-through"), lambray.Server));

        foreach (var contender in contenders) await contender.WarmUpAsync(WarmUpRequests / contenders.Count);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in round % 2 == 0 ? contenders : contenders.AsEnumerable().Reverse()) await contender.MeasureAsync(lambray.Processes);
        }
        await WriteAsync(place.Output, floor, contenders);
        await WriteTracingAsync(place.Output, pairs);

        PreparedRequest Invoke(string function, string decision) => PreparedRequest.Invoke(lambray.Address, function, "X-Amzn-Trace-Id: " + decision);
    }

    static async Task WriteAsync(TextWriter output, WarmContender floor, List<WarmContender> contenders)
    {
        var table = new Table(output, ["Warm", "p50", "p99", "p50/floor", "CPU", .. WarmContender.Connections.SelectMany(count => new[] { $"{count} conn.", "of floor" })]);
        await table.WriteHeadAsync();
        foreach (var contender in contenders)
        {
            await table.WriteRowAsync(
            [
                contender.Name, Text.Microseconds(contender.Median), Text.Microseconds(contender.Slow), Text.Ratio(contender.MedianComparedTo(floor)), Text.Microseconds(contender.ServerCpu),
                .. WarmContender.Connections.SelectMany((_, index) => new[]
                {
                    Text.PerSecond(contender.PerSecond(index)), Text.Share(contender.PerSecondComparedTo(floor, index)),
                }),
            ]);
        }
    }

    static async Task WriteTracingAsync(TextWriter output, List<(Subject Subject, WarmContender Untraced, WarmContender Traced)> pairs)
    {
        var table = new Table(output, ["Being traced adds", "p50", "CPU", .. WarmContender.Connections.Select(count => $"{count} conn.")]);
        await table.WriteHeadAsync();
        foreach (var (subject, untraced, traced) in pairs)
        {
            await table.WriteRowAsync(
            [
                subject.Name, Text.Extra(traced.MedianComparedTo(untraced)), Text.Extra(traced.ServerCpu / untraced.ServerCpu),
                .. WarmContender.Connections.Select((_, index) => Text.Extra(1 / traced.PerSecondComparedTo(untraced, index))),
            ]);
        }
    }
}
