using Lambray.Bench.Figures;
using Lambray.Bench.Load;

namespace Lambray.Bench.Parts.XRay;

/// <summary>Segments by UDP at a steady rate: how many get lost, and where, and what the server spends on each.</summary>
static class UdpIngest
{
    const int Traces = 5_000;
    const int WarmUpPerSecond = 5_000;
    static readonly int[] Rates = [10_000, 20_000, 50_000];
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Workplace place)
    {
        await using var server = await XRayServerProcess.StartAsync(place);
        var sender = new PacketSender(server.Daemon, ShopPackets.Of(Traces));
        await sender.SendAsync(WarmUpPerSecond, WarmUp);
        var table = new Table(place.Output, "Segments by UDP, 10 s", "sent", "lost", "in kernel", "in server", "CPU each", "resident");
        await table.WriteHeadAsync();
        foreach (var rate in Rates)
        {
            var before = await server.SettledIntakeAsync();
            var spent = server.ProcessorTime;
            var (sent, taken) = await sender.SendAsync(rate, Duration);
            var resident = server.ResidentBytes;
            var outcome = await server.SettledIntakeAsync() - before;
            var each = (server.ProcessorTime - spent) / Math.Max(1, outcome.Accepted);
            // Whatever is not stored is lost, whoever may have counted it.
            await table.WriteRowAsync(
                Text.PerSecond(rate), Text.PerSecond(sent / taken.TotalSeconds), Text.ExactShare((sent - outcome.Accepted) / (double)sent),
                $"{outcome.KernelDropped:N0}", $"{outcome.Dropped + outcome.Rejected:N0}", Text.Microseconds(each), Text.Megabytes(resident));
        }
    }
}
