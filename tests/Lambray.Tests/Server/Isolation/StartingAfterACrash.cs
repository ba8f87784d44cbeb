using System.Diagnostics;
using System.Net.NetworkInformation;
using Xunit;

namespace Lambray.Tests.Server.Isolation;

/// <summary><c>kill -9</c> leaves nothing behind, at the latest after the next start.</summary>
/// <remarks>Alone, as other servers would have interfaces and tables of their own.</remarks>
[Collection(Collection)]
[CollectionDefinition(Collection, DisableParallelization = true)]
public sealed class StartingAfterACrash
{
    const string Collection = "Starting after a crash";
    const string ForwardingSwitch = "/proc/sys/net/ipv4/ip_forward";

    [Fact]
    public async Task Removes_processes_groups_disks_and_networks()
    {
        SandboxServer.SkipUnlessAvailable();
        using var data = new TemporaryDirectory();
        var marker = $"31557600.{Random.Shared.Next():D10}";
        var forwarding = await File.ReadAllTextAsync(ForwardingSwitch, TestContext.Current.CancellationToken);
        int crashed;
        using (var first = await ServerProcess.StartAsync(data))
        {
            crashed = first.Id;
            await first.CreateAsync("idle", $$"""
                require('child_process').spawn('sleep', ['{{marker}}0'], { detached: true, stdio: 'ignore' }).unref();
                exports.handler = async () => 'done';
                """);
            await first.CreateAsync("busy", $"exports.handler = () => new Promise(() => require('child_process').spawn('sleep', ['{marker}1']));");
            Assert.Equal("\"done\"", (await first.InvokeAsync("idle")).Succeeded);
            _ = first.Http.PostAsync("/2015-03-31/functions/busy/invocations", null, TestContext.Current.CancellationToken);
            await Eventually.HoldsAsync(() => LocalProcesses.WithArgument(marker + "1").Any(), "the other function runs");
            // The hardest to end.
            var sleeping = Assert.Single(LocalProcesses.WithArgument(marker + "0"));
            await Eventually.HoldsAsync(() => sleeping.IsFrozen, "the first is frozen");
            await first.KillAsync();
        }

        using (await ServerProcess.StartAsync(data, null, "--network", "closed"))
        {
            Assert.Empty(LocalProcesses.WithArgument(marker));
            Assert.Empty(Directory.EnumerateDirectories("/sys/fs/cgroup", $"lambray-{crashed}-*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4 }));
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(data.Path, "environments")));
            Assert.DoesNotContain(data.Path, await File.ReadAllTextAsync("/proc/self/mountinfo", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await Eventually.HoldsAsync(
                () => !NetworkInterface.GetAllNetworkInterfaces().Any(found => found.Name.StartsWith("lbr", StringComparison.Ordinal)), "the interfaces are gone");
            if (File.Exists("/usr/sbin/nft")) Assert.DoesNotContain("lambray", await TablesAsync(), StringComparison.Ordinal);
            Assert.Equal(forwarding, await File.ReadAllTextAsync(ForwardingSwitch, TestContext.Current.CancellationToken));
            // Two are ready for the next functions.
            await Eventually.HoldsAsync(() => DisksIn(data) == 2, "the crashed server's disks are gone");
        }
        await Eventually.HoldsAsync(() => DisksIn(data) == 0, "all disks are gone");
    }

    static int DisksIn(TemporaryDirectory data) => Directory.EnumerateDirectories("/sys/block", "loop*").Select(disk => Path.Combine(disk, "loop", "backing_file"))
        .Count(file => File.Exists(file) && File.ReadAllText(file).StartsWith(data.Path, StringComparison.Ordinal));

    static async Task<string> TablesAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/sbin/nft", ["list", "tables"]) { RedirectStandardOutput = true })!;
        return await process.StandardOutput.ReadToEndAsync();
    }
}
