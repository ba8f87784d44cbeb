using System.Diagnostics;
using Lambray.Bench.Figures;
using Lambray.Bench.Load;
using Lambray.Bench.Parts.XRay;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts;

/// <summary><c>lambray daemon</c>, compiled ahead of time: its memory at rest and under load, and what it spends on a packet, in front of a server.</summary>
static class DaemonFootprint
{
    const int Traces = 3_000;
    static readonly int[] Rates = [1_000, 10_000, 28_000];
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);
    static readonly TimeSpan SettleFor = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(Workplace place)
    {
        await using var server = await XRayServerProcess.StartAsync(place);
        var address = XRayServerProcess.FreePort();
        var packets = ShopPackets.Of(Traces);
        using var daemon = Process.Start(new ProcessStartInfo(place.Built("daemon/lambray-daemon"), ["-b", $"{address}", "-t", $"{address}", "-e", $"{server.Address}", "-o", "-l", "error"]))!;
        try
        {
            await Task.Delay(SettleFor, TimeProvider.System);
            var table = new Table(place.Output, "lambray daemon", "resident", "CPU each", "arrived");
            await table.WriteHeadAsync();
            await table.WriteRowAsync("at rest", Text.Megabytes(Resident()), "", "");
            foreach (var rate in Rates)
            {
                var (before, spent) = (await server.SettledIntakeAsync(), daemon.TotalProcessorTime);
                var (sent, _) = await new PacketSender(address, packets).SendAsync(rate, Duration);
                var resident = Resident();
                await Task.Delay(SettleFor, TimeProvider.System);
                var outcome = await server.SettledIntakeAsync() - before;
                daemon.Refresh();
                await table.WriteRowAsync(
                    $"at {rate:N0} packets/s", Text.Megabytes(resident), Text.Microseconds((daemon.TotalProcessorTime - spent) / sent), Text.ExactShare(outcome.Accepted / (double)sent));
            }
            await Task.Delay(SettleFor, TimeProvider.System);
            await table.WriteRowAsync("at rest again", Text.Megabytes(Resident()), "", "");
        }
        finally
        {
            daemon.Kill();
            await daemon.WaitForExitAsync();
        }

        long Resident() => new ProcessTree(daemon.Id).RootBytes();
    }
}
