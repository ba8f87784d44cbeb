using System.Diagnostics;
using Lambray.Bench.Figures;
using Lambray.Bench.Functions;
using Lambray.Bench.Load;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts;

/// <summary>How soon the server answers after its start and how much memory it takes, compiled ahead of time and on the JIT.</summary>
static class ServerFootprint
{
    const int Rounds = 5;
    const int Invocations = 1_000;

    public static async Task RunAsync(Workplace place)
    {
        var table = new Table(place.Output, "Server", "first answer", "at rest", $"after {Invocations:N0}");
        var (jit, aot) = (new List<Footprint>(), new List<Footprint>());
        for (var round = 0; round < Rounds; round++)
        {
            jit.Add(await MeasureAsync(place, Workplace.JitServer));
            aot.Add(await MeasureAsync(place, place.AotServer));
        }
        await table.WriteHeadAsync();
        await WriteAsync(table, "on the JIT", jit);
        await WriteAsync(table, "Native AOT", aot);
    }

    static async Task<Footprint> MeasureAsync(Workplace place, string program)
    {
        var started = Stopwatch.GetTimestamp();
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0, program);
        using (var connection = new Connection(lambray.Address)) connection.Send(PreparedRequest.ListNoFunctions(lambray.Address));
        var answered = Stopwatch.GetElapsedTime(started);
        await lambray.Processes.SettleAsync();
        var atRest = lambray.Processes.RootBytes();

        using var functions = await lambray.PrepareFunctionsAsync(place);
        await functions.CreateAsync("footprint", new Subjects(place).NativeLoop);
        await LoadRun.OfAsync(PreparedRequest.Invoke(lambray.Address, "footprint"), connections: 1, Invocations);
        await lambray.Processes.SettleAsync();
        return new Footprint(answered, atRest, lambray.Processes.RootBytes());
    }

    static Task WriteAsync(Table table, string name, List<Footprint> footprints) => table.WriteRowAsync(
        name,
        Text.Milliseconds(footprints.Select(one => one.FirstAnswer).Median()),
        Text.Megabytes(footprints.Select(one => (double)one.BytesAtRest).Median()),
        Text.Megabytes(footprints.Select(one => (double)one.BytesAfterwards).Median()));

    /// <param name="FirstAnswer">From the spawn to the answer of a request to the Lambda API.</param>
    sealed record Footprint(TimeSpan FirstAnswer, long BytesAtRest, long BytesAfterwards);
}
