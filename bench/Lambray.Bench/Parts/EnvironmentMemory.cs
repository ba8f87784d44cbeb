using Lambray.Bench.Figures;
using Lambray.Bench.Functions;
using Lambray.Bench.Load;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts;

/// <summary>What a warm, idle environment holds beyond its runtime: in the server, in the processes around the runtime, in the kernel.</summary>
static class EnvironmentMemory
{
    const int Environments = 30;
    const int WarmUpRequests = 3_000;

    public static async Task RunAsync(Workplace place)
    {
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0);
        using var functions = await lambray.PrepareFunctionsAsync(place);
        var subject = new Subjects(place).NativeLoop;
        // Code that every start needs, and the heap of a server at work, are no environment's share.
        await functions.CreateAsync("warm-up", subject);
        await LoadRun.OfAsync(PreparedRequest.Invoke(lambray.Address, "warm-up"), connections: 4, WarmUpRequests);
        for (var i = 0; i < Environments; i++) await functions.CreateAsync($"memory-{i}", subject);

        var before = await MemoryReading.TakeAsync(lambray.Processes);
        for (var i = 0; i < Environments; i++) FirstInvoke.Of(lambray.Address, $"memory-{i}");
        var after = await MemoryReading.TakeAsync(lambray.Processes);

        var each = (after - before).DividedBy(Environments);
        var table = new Table(place.Output, "Memory per environment", "server", "helpers", "kernel", "together", "its runtime");
        await table.WriteHeadAsync();
        await table.WriteRowAsync(
            $"{Environments} of the native loop", Text.Megabytes(each.Server), Text.Megabytes(each.Helpers), Text.Megabytes(each.Kernel),
            Text.Megabytes(each.Server + each.Helpers + each.Kernel), Text.Megabytes(each.Runtimes));
    }
}
