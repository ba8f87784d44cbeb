using Lambray.Bench.Figures;
using Lambray.Bench.Functions;
using Lambray.Bench.Load;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts;

/// <summary>Four environments of a Node.js function at once, here and in <c>serverless-offline</c>, in turns.</summary>
static class BesideEmulator
{
    const int Rounds = 7;
    const int Connections = 4;
    const int WarmUpRequests = 4_000;
    const int Requests = 2_000;

    public static async Task RunAsync(Workplace place)
    {
        await using var emulator = await ServerlessOffline.StartAsync(place);
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0);
        using var functions = await lambray.PrepareFunctionsAsync(place);
        await functions.CreateAsync("no-op", new Subjects(place).NodeJs);

        var theirs = PreparedRequest.InvokeOfServerlessOffline(emulator.Address, ServerlessOffline.Function);
        var ours = PreparedRequest.Invoke(lambray.Address, "no-op");
        var rounds = new List<(LoadResult Theirs, LoadResult Ours)>();
        await LoadRun.OfAsync(theirs, Connections, WarmUpRequests);
        await LoadRun.OfAsync(ours, Connections, WarmUpRequests);
        for (var round = 0; round < Rounds; round++)
            rounds.Add((await LoadRun.OfAsync(theirs, Connections, Requests), await LoadRun.OfAsync(ours, Connections, Requests)));
        await WriteAsync(place.Output, rounds);
    }

    static async Task WriteAsync(TextWriter output, List<(LoadResult Theirs, LoadResult Ours)> rounds)
    {
        var table = new Table(output, "Four Node.js environments", "throughput", "p50", "throughput/theirs");
        await table.WriteHeadAsync();
        await WriteRowAsync("serverless-offline", round => round.Theirs);
        await WriteRowAsync("Lambray", round => round.Ours);

        Task WriteRowAsync(string name, Func<(LoadResult Theirs, LoadResult Ours), LoadResult> chosen) => table.WriteRowAsync(
            name,
            Text.PerSecond(rounds.Select(round => chosen(round).PerSecond).Median()),
            Text.Microseconds(rounds.Select(round => chosen(round).Percentile(0.5)).Median()),
            Text.Ratio(rounds.Select(round => chosen(round).PerSecond / round.Theirs.PerSecond).Median()));
    }
}
