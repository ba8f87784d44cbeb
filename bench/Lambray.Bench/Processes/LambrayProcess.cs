using System.Diagnostics;
using System.Globalization;
using Lambray.Bench.Functions;

namespace Lambray.Bench.Processes;

/// <summary>A Lambray server with a data directory of its own, in the strongest isolation that the machine has.</summary>
sealed class LambrayProcess : IAsyncDisposable
{
    // Never so few that one function's environments make way for another's.
    const int EnvironmentsMax = 400;
    const int MemoryMegabytesMax = 1_000_000;

    // Nor so few that the account's rate is what is measured.
    const int ConcurrentExecutions = 100_000;

    readonly DirectoryInfo? ownData;

    LambrayProcess(ServerProcess server, DirectoryInfo? ownData) => (Server, this.ownData) = (server, ownData);

    public ServerProcess Server { get; }

    public Uri Address => Server.Address;

    public ProcessTree Processes => new(Server.Id);

    /// <param name="prestartedMax">How many runtimes may wait for a function.</param>
    /// <param name="data">Where everything is kept, beyond its end; null for a directory of its own.</param>
    /// <param name="daemon">Where it takes segments by UDP.</param>
    /// <param name="program">One of the servers of <see cref="Workplace"/>; null for the one that was chosen.</param>
    public static async Task<LambrayProcess> StartAsync(Workplace place, int prestartedMax, string? program = null, DirectoryInfo? data = null, string daemon = "off")
    {
        var ownData = data is null ? Directory.CreateTempSubdirectory("lambray-bench-") : null;
        string[] arguments =
        [
            "serve", "--listen", "127.0.0.1:0", "--daemon", daemon, "--data-dir", (data ?? ownData!).FullName, "--log-level", "warning",
            "--prestarted-max", Number(prestartedMax), "--environments-max", Number(EnvironmentsMax), "--memory", Number(MemoryMegabytesMax),
            "--concurrent-executions", Number(ConcurrentExecutions),
            "--runtimes", Runtimes(place),
        ];
        return new LambrayProcess(await ServerProcess.StartAsync(new ProcessStartInfo(program ?? place.Server, arguments)), ownData);
    }

    public Task<Deployment> PrepareFunctionsAsync(Workplace place) => Deployment.PrepareAsync(Address, place);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        ownData?.Delete(recursive: true);
    }

    // The interpreters that the bare starts have, whatever else the search path would offer.
    static string Runtimes(Workplace place) => string.Join(',',
        from subject in new Subjects(place).Managed
        let interpreter = Interpreter.Find(subject.Bare!.Interpreter)
        where interpreter is not null
        select $"{subject.Runtime}={interpreter}");

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
