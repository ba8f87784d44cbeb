using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Lambray.Tests.Server.Lambda;
using Xunit;

namespace Lambray.Tests.Server.Isolation;

/// <summary>What a sandboxed function cannot reach.</summary>
public sealed class SandboxWalls : IClassFixture<SandboxServer>
{
    readonly SandboxServer server;

    public SandboxWalls(SandboxServer server)
    {
        SandboxServer.SkipUnlessAvailable();
        this.server = server;
    }

    [Fact]
    public async Task The_hosts_files_are_not_there()
    {
        await server.CreateAsync("reading", """
            const fs = require('fs');
            exports.handler = async (paths) => paths.map((path) => { try { fs.readdirSync(path); return 'open'; } catch (error) { return error.code; } });
            """);
        var paths = new JsonArray(server.DataDirectory, Path.Combine(server.DataDirectory, "environments"), "/root", "/home", "/etc/ssh", "/sys");
        var answer = await server.InvokeAsync("reading", paths.ToJsonString());
        Assert.All(answer.Json.EnumerateArray(), code => Assert.Equal("ENOENT", code.GetString()));
    }

    [Fact]
    public async Task Only_tmp_can_be_written()
    {
        await server.CreateAsync("writing", """
            const fs = require('fs');
            exports.handler = async (paths) => paths.map((path) => { try { fs.writeFileSync(path + '/file', 'x'); return 'written'; } catch (error) { return error.code; } });
            """);
        var answer = await server.InvokeAsync("writing",
            """["/tmp","/var/task","/var/runtime","/var/lang","/usr/bin","/etc","/","/run","/opt"]""");
        Assert.Equal("written", answer.Json[0].GetString());
        Assert.All(answer.Json.EnumerateArray().Skip(1), code => Assert.Contains(code.GetString(), (string[])["EROFS", "EACCES"]));
    }

    [Fact]
    public async Task Only_its_own_processes_are_seen()
    {
        await server.CreateAsync("looking", """
            const fs = require('fs');
            exports.handler = async (pid) => {
              const seen = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]);
              try { process.kill(pid, 0); return { seen, signal: 'sent' }; } catch (error) { return { seen, signal: error.code }; }
            };
            """);
        var answer = (await server.InvokeAsync("looking", Environment.ProcessId.ToString(CultureInfo.InvariantCulture))).Json;
        Assert.All(answer.GetProperty("seen").EnumerateArray(), command => Assert.Matches("(^|/)(bwrap|node|sh)$", command.GetString()));
        Assert.Equal("ESRCH", answer.GetProperty("signal").GetString());
    }

    [Fact]
    public async Task It_is_nobody_and_can_become_nobody_else()
    {
        await server.CreateAsync("status", """
            exports.handler = async () => Object.fromEntries(require('fs').readFileSync('/proc/self/status', 'utf8').split('\n').map((line) => line.split(':\t')));
            """);
        var status = (await server.InvokeAsync("status")).Json;
        Assert.All(["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"],
            set => Assert.Equal(0, long.Parse(status.GetProperty(set).GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        Assert.All(status.GetProperty("Uid").GetString()!.Split('\t'),
            id => Assert.InRange(int.Parse(id, CultureInfo.InvariantCulture), 200_000, 250_000));
        Assert.Equal(("1", ""), (status.GetProperty("NoNewPrivs").GetString(), status.GetProperty("Groups").GetString()!.Trim()));
    }

    [Fact]
    public async Task The_hosts_loopback_is_out_of_reach()
    {
        await server.CreateAsync("calling", """
            exports.handler = async (port) => new Promise((done) => require('net').connect(port, '127.0.0.1', () => done('connected')).on('error', (error) => done(error.code)));
            """);
        Assert.Equal("\"ECONNREFUSED\"", (await server.InvokeAsync("calling", server.Address.Port.ToString(CultureInfo.InvariantCulture))).Succeeded);
        Assert.Equal("\"connected\"", (await server.InvokeAsync("calling", "9001")).Succeeded);
    }

    [Fact]
    public async Task A_function_that_takes_more_memory_than_it_has_is_killed()
    {
        Assert.SkipUnless(server.Server.Isolation.Contains("cgroup", StringComparison.Ordinal),
            "Memory is limited by control groups, which this machine lacks.");
        await server.CreateAsync("hungry", "exports.handler = async () => { const all = []; for (;;) all.push(Buffer.alloc(8 * 1024 * 1024, 1)); };");
        var answer = await server.InvokeAsync("hungry");
        Assert.Equal((HttpStatusCode.OK, "Unhandled", "Runtime.ExitError"), (answer.Status, answer.FunctionError, answer.ErrorType));
        Assert.Equal($"RequestId: {answer.RequestId} Error: Runtime exited with error: signal: killed", answer.ErrorMessage);
        Assert.Equal(128, LogReport.Of(answer.Log).MaxMemoryUsed);
    }
}
