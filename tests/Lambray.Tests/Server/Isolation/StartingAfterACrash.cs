using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using Xunit;

namespace Lambray.Tests.Server.Isolation;

/// <summary><c>kill -9</c> leaves nothing behind, at the latest after the next start.</summary>
/// <remarks>Other servers may be at work on this machine: what is looked for afterwards is known by marks that are never given twice.</remarks>
public sealed class StartingAfterACrash
{
    const string ForwardingLock = "/run/lambray/forwarding";

    [Fact]
    public async Task Removes_processes_groups_disks_and_networks()
    {
        SandboxServer.SkipUnlessAvailable();
        using var data = new TemporaryDirectory();
        var marker = $"31557600.{Random.Shared.Next():D10}";
        int crashed;
        var (cables, tables) = (new HashSet<string>(), new HashSet<string>());
        using (var first = await ServerProcess.StartAsync(data))
        {
            crashed = first.Id;
            await first.CreateAsync("idle", $$"""
                require('child_process').spawn('sleep', ['{{marker}}0'], { detached: true, stdio: 'ignore' }).unref();
                let events = 0;
                exports.handler = async () => ({ events: ++events, address: require('os').networkInterfaces().eth0?.[0].address ?? 'none' });
                """);
            await first.CreateAsync("busy", $"exports.handler = () => new Promise(() => require('child_process').spawn('sleep', ['{marker}1']));");
            Assert.Equal(1, (await first.InvokeAsync("idle")).Json.GetProperty("events").GetInt32());
            // Another server that starts takes nothing away from one that lives.
            using (var otherData = new TemporaryDirectory())
            using (await ServerProcess.StartAsync(otherData))
                Assert.Equal(2, (await first.InvokeAsync("idle")).Json.GetProperty("events").GetInt32());
            var address = (await first.InvokeAsync("idle")).Json.GetProperty("address").GetString();
            _ = first.Http.PostAsync("/2015-03-31/functions/busy/invocations", null, TestContext.Current.CancellationToken);
            await Eventually.HoldsAsync(() => LocalProcesses.WithArgument(marker + "1").Any(), "the other function runs");
            // The hardest to end.
            var sleeping = Assert.Single(LocalProcesses.WithArgument(marker + "0"));
            await Eventually.HoldsAsync(() => sleeping.IsFrozen, "the first is frozen");
            if (IPAddress.TryParse(address, out var own)) (cables, tables) = (CablesOf(own), await TablesOfAsync(own));
            await first.KillAsync();
        }

        using (await ServerProcess.StartAsync(data, null, "--network", "closed", "--prestarted-max", "0"))
        {
            Assert.Empty(LocalProcesses.WithArgument(marker));
            Assert.Empty(Directory.EnumerateDirectories("/sys/fs/cgroup", $"lambray-{crashed}-*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4 }));
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(data.Path, "environments")));
            Assert.DoesNotContain(data.Path, await File.ReadAllTextAsync("/proc/self/mountinfo", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await Eventually.HoldsAsync(() => !Cables().Any(cable => cables.Contains(cable.HardwareAddress)), "the interfaces are gone");
            Assert.DoesNotContain(await TablesAsync(), tables.Contains);
            Assert.True(IsForwardingGivenBack());
            // Two are ready for the next functions.
            await Eventually.HoldsAsync(() => DisksIn(data) == 2, "the crashed server's disks are gone");
        }
        await Eventually.HoldsAsync(() => DisksIn(data) == 0, "all disks are gone");
    }

    static int DisksIn(TemporaryDirectory data) => Directory.EnumerateDirectories("/sys/block", "loop*").Select(disk => Path.Combine(disk, "loop", "backing_file"))
        .Count(file => File.Exists(file) && File.ReadAllText(file).StartsWith(data.Path, StringComparison.Ordinal));

    // An address block of 4,096 for each server, and a cable and a table by its number; but numbers come again.
    static int SlotOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return (((bytes[1] - 18) << 16) | (bytes[2] << 8) | bytes[3]) / 4096;
    }

    static HashSet<string> CablesOf(IPAddress address) =>
        [.. Cables().Where(cable => cable.Name.StartsWith($"lbr{SlotOf(address)}-", StringComparison.Ordinal)).Select(cable => cable.HardwareAddress)];

    static IEnumerable<(string Name, string HardwareAddress)> Cables() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(found => found.Name.StartsWith("lbr", StringComparison.Ordinal)).Select(found => (found.Name, found.GetPhysicalAddress().ToString()));

    static async Task<HashSet<string>> TablesOfAsync(IPAddress address) =>
        [.. (await TablesAsync()).Where(table => table.StartsWith($"table inet lambray{SlotOf(address)} ", StringComparison.Ordinal))];

    // Lines such as "table inet lambray0 # handle 7"; a handle is never given again.
    static async Task<IEnumerable<string>> TablesAsync()
    {
        if (!File.Exists("/usr/sbin/nft")) return [];
        using var process = Process.Start(new ProcessStartInfo("/usr/sbin/nft", ["-a", "list", "tables"]) { RedirectStandardOutput = true })!;
        return (await process.StandardOutput.ReadToEndAsync()).Split('\n');
    }

    // A lock that can be had is in no server's hands; then nothing may be noted in its file.
    static bool IsForwardingGivenBack()
    {
        if (!File.Exists(ForwardingLock)) return true;
        try
        {
            using var file = new FileStream(ForwardingLock, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return file.Length == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
