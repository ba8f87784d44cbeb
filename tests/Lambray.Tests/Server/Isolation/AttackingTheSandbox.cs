using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Isolation;

/// <summary>Functions that mean harm: to the machine, to their neighbours, or to the bill.</summary>
public sealed class AttackingTheSandbox : IClassFixture<SandboxServer>
{
    const string Fine = "exports.handler = async () => 'fine';";

    readonly SandboxServer server;

    public AttackingTheSandbox(SandboxServer server)
    {
        SandboxServer.SkipUnlessAvailable();
        this.server = server;
    }

    [Fact]
    public async Task A_fork_bomb_ends_at_1024_processes_and_disturbs_nobody()
    {
        Assert.SkipUnless(server.Server.Isolation.Contains("cgroup", StringComparison.Ordinal), "Processes are counted by control groups, which this machine lacks.");
        await server.CreateAsync("bomb", """
            exports.handler = async () => {
              require('child_process').spawnSync('sh', ['-c', 'while sleep 600 & do :; done'], { stdio: 'ignore' });
              return require('fs').readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
            };
            """, new JsonObject { ["MemorySize"] = 1024 });
        await server.CreateAsync("neighbour", Fine);
        var processes = int.Parse((await server.InvokeAsync("bomb")).Succeeded, CultureInfo.InvariantCulture);
        Assert.InRange(processes, 900, 1024);
        Assert.Equal("\"fine\"", (await server.InvokeAsync("neighbour")).Succeeded);
    }

    [Theory]
    [InlineData(512, 500, 13)]
    [InlineData(1024, 1000, 25)]
    public async Task The_disk_is_full_when_the_functions_own_share_of_it_is(int size, int fits, int more)
    {
        var name = $"filling{size}";
        await server.CreateAsync(name, """
            const { spawnSync } = require('child_process');
            exports.handler = async (sizes) => sizes.map((size, n) => {
              const { status, stderr } = spawnSync('fallocate', ['-l', `${size}M`, `/tmp/file${n}`], { encoding: 'utf8' });
              return status === 0 ? 'fits' : stderr.trim().split(': ').at(-1);
            });
            """, new JsonObject { ["EphemeralStorage"] = new JsonObject { ["Size"] = size } });
        var configuration = await server.SendAsync(HttpMethod.Get, $"/2015-03-31/functions/{name}/configuration");
        Assert.Equal(size, JsonNode.Parse(configuration.Body)!["EphemeralStorage"]!["Size"]!.GetValue<int>());
        var answer = await server.InvokeAsync(name, $"[{fits},{more},{size / 10}]");
        Assert.Equal(["fits", "fits", "No space left on device"], answer.Json.EnumerateArray().Select(outcome => outcome.GetString()));
    }

    [Fact]
    public async Task A_small_function_writes_more_to_its_disk_than_it_has_memory()
    {
        await server.CreateAsync("writing-much", """
            const fs = require('fs');
            exports.handler = async () => {
              const file = fs.openSync('/tmp/file', 'w');
              for (let n = 0; n < 200; n++) fs.writeSync(file, Buffer.alloc(1024 * 1024, n));
              return fs.fstatSync(file).size;
            };
            """);
        Assert.Equal("209715200", (await server.InvokeAsync("writing-much")).Succeeded);
    }

    [Fact]
    public async Task Nothing_runs_on_after_the_answer()
    {
        await server.CreateAsync("lingering", """
            let ticks = 0;
            const count = () => { ticks++; setImmediate(count); };
            count();
            exports.handler = async () => ticks;
            """);
        await server.CreateAsync("other", Fine);
        await server.InvokeAsync("lingering");
        var process = Assert.Single(LocalProcesses.WithFunction("lingering"));
        await Eventually.HoldsAsync(() => process.IsFrozen, "the environment is frozen");
        var used = process.CpuTicks;
        await server.InvokeAsync("other");
        Assert.Equal((true, used), (process.IsFrozen, process.CpuTicks));
        Assert.InRange(int.Parse((await server.InvokeAsync("lingering")).Succeeded, CultureInfo.InvariantCulture), 1, int.MaxValue);
    }

    [Fact]
    public async Task Neighbours_and_the_host_cannot_be_reached_by_any_address()
    {
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, "/towers")).Status);
        // It listens wherever it can, tells where that is, and waits until the attack is over.
        await server.CreateAsync("victim", """
            const { networkInterfaces } = require('os');
            const met = [];
            exports.handler = async () => {
              const addresses = Object.values(networkInterfaces()).flat().filter((found) => found.family === 'IPv4').map((found) => found.address);
              await new Promise((done) => require('net').createServer((socket) => { met.push('connection'); socket.destroy(); }).listen(7000, done));
              const datagrams = require('dgram').createSocket('udp4');
              await new Promise((done) => datagrams.on('message', (message) => met.push(`${message}`)).bind(7000, done));
              await new Promise((done) => datagrams.send('to itself', 7000, addresses.at(-1), done));
              const url = (key) => `${process.env.AWS_ENDPOINT_URL}/towers/${key}`;
              await fetch(url('addresses'), { method: 'PUT', body: JSON.stringify(addresses) });
              while ((await fetch(url('over'))).status !== 200);
              return met;
            };
            """);
        await server.CreateAsync("attacker", """
            const net = require('net');
            const { networkInterfaces } = require('os');
            const datagrams = require('dgram').createSocket('udp4');
            const connect = (host, port) => new Promise((done) => {
              const socket = net.connect({ host, port, timeout: 2000 }, () => { socket.destroy(); done('connected'); });
              socket.on('error', (error) => done(error.code)).on('timeout', () => { socket.destroy(); done('no answer'); });
            });
            exports.handler = async ({ victims, hosts, ports }) => {
              const own = Object.values(networkInterfaces()).flat().find((found) => found.family === 'IPv4' && !found.internal);
              // The other end of its own cable is the host.
              if (own) hosts.push(own.address.replace(/\d+$/, (last) => last - 1));
              for (const host of [...victims, ...hosts])
                for (const port of [2000, 7000]) await new Promise((done) => datagrams.send('{"format":"json","version":1}\n{}', port, host, done));
              const tried = [...victims.map((host) => [host, 9001]), ...victims.map((host) => [host, 7000]), ...hosts.flatMap((host) => ports.map((port) => [host, port]))];
              return Object.fromEntries(await Promise.all(tried.map(async ([host, port]) => [`${host}:${port}`, await connect(host, port)])));
            };
            """);
        // Whatever listens on all of the host's addresses, such as this.
        using var service = new TcpListener(IPAddress.Any, 0);
        service.Start();
        var victim = server.InvokeAsync("victim");
        var addresses = "";
        await Eventually.HoldsAsync(async () => (addresses = (await server.SendAsync(HttpMethod.Get, "/towers/addresses")).Body).StartsWith('['));
        var victims = addresses.Trim('[', ']').Split(',').Select(address => address.Trim('"')).Where(address => address != "127.0.0.1");
        var attack = new JsonObject
        {
            ["victims"] = new JsonArray([.. victims.Select(address => JsonValue.Create(address))]),
            ["hosts"] = new JsonArray([.. LocalAddresses.Outward().Select(address => JsonValue.Create(address.ToString()))]),
            ["ports"] = new JsonArray(((IPEndPoint)service.LocalEndpoint).Port, server.Address.Port, 9001),
        };
        var outcomes = (await server.InvokeAsync("attacker", attack.ToJsonString())).Json;
        Assert.All(outcomes.EnumerateObject(), outcome => Assert.Contains(outcome.Value.GetString(), (string[])["EHOSTUNREACH", "ENETUNREACH", "EACCES", "ECONNREFUSED", "no answer"]));
        await server.SendAsync(HttpMethod.Put, "/towers/over", "x");
        Assert.Equal("[\"to itself\"]", (await victim).Succeeded);
        Assert.False(service.Pending());
    }
}
