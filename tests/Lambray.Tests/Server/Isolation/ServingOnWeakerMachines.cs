using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Isolation;

/// <summary>What a machine lacks is said at the start, by the name of what would bring it, and the rest holds.</summary>
public sealed class ServingOnWeakerMachines
{
    [Fact]
    public async Task Without_bubblewrap_functions_are_plain_processes()
    {
        using var data = new TemporaryDirectory();
        using var programs = new TemporaryDirectory();
        foreach (var program in (string[])["dotnet", "node"])
        {
            var path = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(programs.Path, program), path);
        }
        using var server = await ServerProcess.StartAsync(data, ["env", $"PATH={programs.Path}"]);
        Assert.StartsWith("process (bubblewrap is not installed; Debian has it as 'bubblewrap': functions run as this user and see its files and network; ",
            server.Isolation, StringComparison.Ordinal);
        await server.CreateAsync("fine", "exports.handler = async () => 'fine';");
        Assert.Equal("\"fine\"", (await server.InvokeAsync("fine")).Succeeded);
    }

    [Fact]
    public async Task Without_control_groups_and_the_programs_for_disks_and_networks_a_sandbox_still_holds()
    {
        SandboxServer.SkipUnlessAvailable();
        using var data = new TemporaryDirectory();
        string[] bare = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs none /usr/sbin && mount -t tmpfs -o ro none /sys/fs/cgroup && exec \"$@\"", "sh", "env", "PATH=/usr/local/bin:/usr/bin:/bin"];
        using var server = await ServerProcess.StartAsync(data, bare);
        Assert.Equal(
            "sandbox (bubblewrap: own namespaces and user id; no control groups here, so memory is limited per process only; " +
            "/tmp in memory, as mkfs.ext4 is not installed; Debian has it in 'e2fsprogs'; network closed, as nft is not installed; Debian has it in 'nftables')",
            server.Isolation);
        var marker = $"31557600.{Random.Shared.Next():D10}";
        await server.CreateAsync("trying", $$"""
            const { spawnSync } = require('child_process');
            const fs = require('fs');
            const processes = () => fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
            exports.handler = async () => {
              const disk = spawnSync('fallocate', ['-l', '513M', '/tmp/file'], { encoding: 'utf8' }).stderr.trim().split(': ').at(-1);
              spawnSync('sh', ['-c', 'while sleep {{marker}} & do :; done'], { stdio: 'ignore' });
              const [, memory] = /^Max data size +(\d+)/m.exec(fs.readFileSync('/proc/self/limits', 'utf8'));
              const count = processes().length;
              // The next invocation starts a process of its own.
              processes().filter((id) => fs.readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('{{marker}}')).slice(0, 10).forEach((id) => process.kill(Number(id)));
              while (processes().length > count - 10);
              return { disk, memory: Number(memory), processes: count };
            };
            """, new JsonObject { ["MemorySize"] = 1024, ["Timeout"] = 30 });
        var answer = (await server.InvokeAsync("trying")).Json;
        Assert.Equal("No space left on device", answer.GetProperty("disk").GetString());
        Assert.Equal(1024 * 1024 * 1024, answer.GetProperty("memory").GetInt64());
        Assert.InRange(answer.GetProperty("processes").GetInt32(), 900, 1024);
        var sleeping = LocalProcesses.WithArgument(marker).ToList();
        await Eventually.HoldsAsync(() => sleeping.TrueForAll(process => process.IsFrozen), "the environment is stopped");
        Assert.Equal("No space left on device", (await server.InvokeAsync("trying")).Json.GetProperty("disk").GetString());
    }
}
