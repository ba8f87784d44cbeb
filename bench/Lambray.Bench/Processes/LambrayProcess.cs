using System.Diagnostics;
using System.Globalization;
using Lambray.Bench.Functions;

namespace Lambray.Bench.Processes;

/// <summary>A Lambray server with a data directory of its own, in the strongest isolation that the machine has.</summary>
sealed class LambrayProcess : IAsyncDisposable
{
    // Never so few that one function's environments make way for another's.
    const int EnvironmentsMax = 400;

    readonly DirectoryInfo data;

    LambrayProcess(ServerProcess server, DirectoryInfo data) => (Server, this.data) = (server, data);

    public ServerProcess Server { get; }

    public Uri Address => Server.Address;

    public ProcessTree Processes => new(Server.Id);

    /// <param name="program">The server as <see cref="Workplace"/> knows it.</param>
    /// <param name="prestartedMax">How many runtimes may wait for a function.</param>
    public static async Task<LambrayProcess> StartAsync(string program, int prestartedMax)
    {
        var data = Directory.CreateTempSubdirectory("lambray-bench-");
        string[] arguments =
        [
            "serve", "--listen", "127.0.0.1:0", "--daemon", "off", "--data-dir", data.FullName, "--log-level", "warning",
            "--prestarted-max", Number(prestartedMax), "--environments-max", Number(EnvironmentsMax), "--runtimes", Runtimes(),
        ];
        return new LambrayProcess(await ServerProcess.StartAsync(new ProcessStartInfo(program, arguments)), data);
    }

    public Task<Deployment> PrepareFunctionsAsync(Workplace place) => Deployment.PrepareAsync(Address, place);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        data.Delete(recursive: true);
    }

    // The interpreters that the bare starts have, whatever else the search path would offer.
    static string Runtimes() => string.Join(',', new[] { ("nodejs20.x", "node"), ("python3.11", "python3"), ("ruby3.2", "ruby"), ("java17", "java"), ("dotnet10", "dotnet") }
        .Where(runtime => Interpreter.Find(runtime.Item2) is not null)
        .Select(runtime => $"{runtime.Item1}={Interpreter.Find(runtime.Item2)}"));

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
