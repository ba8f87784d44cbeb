using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Isolation;

/// <summary>A server that is not root gives its functions sandboxes all the same.</summary>
public sealed class ServingAsAnOrdinaryUser
{
    [Fact]
    public async Task Functions_are_kept_apart_and_reach_what_they_may()
    {
        using var user = OrdinaryUser.Become();
        using var outside = await OutsideWorld.OpenAsync();
        using var opened = Greeting.On(IPAddress.Loopback);
        using var hidden = Greeting.On(IPAddress.Any);
        using var server = await ServerProcess.StartAsync(user.Data, user.Wrapper, "--host-ports", $"{opened.Port}");

        Assert.StartsWith("sandbox (bubblewrap: own namespaces and the server's user id; ", server.Isolation, StringComparison.Ordinal);
        Assert.EndsWith("; /tmp in memory, as only root may mount disks; network open by slirp4netns)", server.Isolation, StringComparison.Ordinal);

        await server.CreateAsync("looking", $$"""
            const fs = require('fs');
            const { spawnSync } = require('child_process');
            const attempt = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
            const run = (program, ...words) => spawnSync(program, words, { encoding: 'utf8' }).stderr.trim().split(': ').at(-1);
            exports.handler = async () => ({
              capabilities: [...fs.readFileSync('/proc/self/status', 'utf8').matchAll(/^Cap...:\t(.*)$/gm)].map((match) => parseInt(match[1], 16)),
              processes: fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]),
              data: attempt(() => fs.readdirSync('{{user.Data.Path}}')),
              code: attempt(() => fs.writeFileSync('/var/task/file', 'x')),
              signal: attempt(() => process.kill({{server.Id}}, 0)),
              disk: run('fallocate', '-l', '513M', '/tmp/file'),
              namespace: run('unshare', '--user', 'true'),
            });
            """);
        var seen = (await server.InvokeAsync("looking")).Json;
        Assert.All(seen.GetProperty("capabilities").EnumerateArray(), set => Assert.Equal(0, set.GetInt64()));
        Assert.All(seen.GetProperty("processes").EnumerateArray(), command => Assert.Matches("(^|/)(bwrap|node|sh)$", command.GetString()));
        Assert.Equal(["ENOENT", "EROFS", "ESRCH", "No space left on device", "No space left on device"],
            ((string[])["data", "code", "signal", "disk", "namespace"]).Select(name => seen.GetProperty(name).GetString()));

        await server.CreateAsync("connecting", ReachingTheOutside.Connecting);
        string[] places =
        [
            $"{outside.Address}:{OutsideWorld.Port}", $"{outside.MetadataAddress}:{OutsideWorld.Port}", $"{outside.HostAddress}:{hidden.Port}",
            $"127.0.0.1:{hidden.Port}", $"10.0.2.2:{hidden.Port}", $"127.0.0.1:{opened.Port}",
        ];
        var outcomes = (await server.InvokeAsync("connecting", new JsonArray([.. places.Select(place => JsonValue.Create(place))]).ToJsonString())).Json;
        Assert.Equal([outside.HostAddress, "EHOSTUNREACH", "EHOSTUNREACH", "ECONNREFUSED", "ENETUNREACH", "hello"],
            outcomes.EnumerateArray().Select(outcome => outcome.GetString()));
    }

    [Fact]
    public async Task Processes_are_counted_and_frozen_and_nothing_is_left_after_a_kill()
    {
        using var user = OrdinaryUser.Become();
        var marker = $"31557600.{Random.Shared.Next():D10}";
        using (var server = await ServerProcess.StartAsync(user.Data, user.Wrapper))
        {
            await server.CreateAsync("bomb", $$"""
                exports.handler = async () => {
                  require('child_process').spawnSync('sh', ['-c', 'while sleep {{marker}} & do :; done'], { stdio: 'ignore' });
                  return require('fs').readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
                };
                """, new JsonObject { ["MemorySize"] = 1024, ["Timeout"] = 30 });
            Assert.InRange(int.Parse((await server.InvokeAsync("bomb")).Succeeded, CultureInfo.InvariantCulture), 900, 1024);
            var sleeping = LocalProcesses.WithArgument(marker).ToList();
            await Eventually.HoldsAsync(() => sleeping.TrueForAll(process => process.IsFrozen), "the environment is frozen");
            await server.KillAsync();
        }
        await Eventually.HoldsAsync(() => !LocalProcesses.OfUser(OrdinaryUser.Id).Any(), "all processes are gone");
    }
}
