namespace Lambray.Bench;

/// <summary>The benchmark: warm invocations beside the floor, then cold starts, each server in a process of its own.</summary>
static class WarmAndCold
{
    public static async Task RunAsync(TextWriter output)
    {
        var table = new ResultTable(output);
        await using (var echo = await ServerProcess.StartAsync("Lambray.Bench", "echo"))
        {
            await table.WriteHeadAsync();
            await table.WriteFloorAsync(await WarmRow.MeasureAsync("Kestrel echo (the floor)", echo, PreparedRequest.Echo(echo.Address)));
        }

        var data = Directory.CreateTempSubdirectory("lambray-bench-");
        try
        {
            await using var server = await ServerProcess.StartAsync(
                "lambray", "serve", "--listen", "127.0.0.1:0", "--daemon", "off", "--data-dir", data.FullName);
            await MeasureServerAsync(server, table);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    static async Task MeasureServerAsync(ServerProcess server, ResultTable table)
    {
        using var functions = await BenchFunctions.PrepareAsync(server.Address);
        await functions.CreateAsync("pass-through", "PassThrough");
        await functions.CreateAsync("active", "Active");
        await table.WriteAsync(await MeasureAsync("Invoke, PassThrough", "pass-through", null));
        await table.WriteAsync(await MeasureAsync("Invoke, Active, Sampled=0", "active", "Sampled=0"));
        // Without a root each request begins a trace of its own, as requests of different users do.
        await table.WriteAsync(await MeasureAsync("Invoke, Active, Sampled=1", "active", "Sampled=1"));
        await table.WriteColdAsync(await ColdStarts.OfFunctionsAsync(server.Address, functions), await ColdStarts.OfNodeAsync());
        await table.WriteMemoryAsync(server.ResidentBytes);

        Task<WarmRow> MeasureAsync(string name, string function, string? traceHeader) =>
            WarmRow.MeasureAsync(name, server, PreparedRequest.Invoke(server.Address, function, traceHeader));
    }
}
