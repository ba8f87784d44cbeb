using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Tracing;

/// <summary>An environment's X-Ray daemon and its function share one memory, and the function goes last.</summary>
public sealed class GivingWayToTheFunction(SandboxServer server) : IClassFixture<SandboxServer>
{
    // It grows as far as it is told, and sends a subsegment by hand.
    const string Source =
        """
        const dgram = require('node:dgram');
        const fs = require('node:fs');
        const kept = [];
        const grow = (megabytes) => { for (let i = 0; i < megabytes; i++) kept.push(Buffer.alloc(1024 * 1024, 1)); };
        const send = (name) => new Promise((sent) => {
          const pairs = Object.fromEntries(process.env._X_AMZN_TRACE_ID.split(';').map((pair) => pair.split('=')));
          const now = Date.now() / 1000;
          const id = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
          const subsegment = { type: 'subsegment', id, trace_id: pairs.Root, parent_id: pairs.Parent, name, start_time: now, end_time: now };
          const [host, port] = process.env.AWS_XRAY_DAEMON_ADDRESS.split(':');
          const socket = dgram.createSocket('udp4');
          socket.send('{"format":"json","version":1}\n' + JSON.stringify(subsegment), port, host, () => { socket.close(); sent(); });
        });
        exports.handler = async ({ until, name }) => {
          grow(until - Math.round(Number(/RssAnon:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) / 1024));
          if (name) await send(name);
          return null;
        };
        """;

    [Fact]
    public async Task The_daemon_goes_first_and_the_trace_says_so_then_the_function()
    {
        SandboxServer.SkipUnlessAvailable();
        await server.CreateAsync("growing", Source, new JsonObject { ["MemorySize"] = 128, ["Timeout"] = 30 });
        var (before, beforeHeader) = StoredTrace.Begin();
        await server.InvokeAsync("growing", """{"until":0,"name":"small"}""", traceHeader: beforeHeader);
        await StoredTrace.WithAsync(server.Http, before, "growing", "growing", "Overhead", "small");

        // Past the 112 MB that the daemon leaves, short of the 128 MB that there are.
        var (id, header) = StoredTrace.Begin();
        var grown = await server.InvokeAsync("growing", """{"until":118,"name":"large"}""", traceHeader: header);

        var documents = await StoredTrace.WithAsync(server.Http, id, "growing", "growing", "Overhead");
        Assert.Equal("null", grown.Succeeded);
        Assert.Contains("XRAY The X-Ray daemon of this environment is stopped: the function uses ", grown.Log, StringComparison.Ordinal);
        GoldenTrace.Verify("daemon-stopped", id, documents);
        Assert.DoesNotContain(documents, document => document.Contains("large", StringComparison.Ordinal));

        var ended = await server.InvokeAsync("growing", """{"until":500}""");
        Assert.Equal("Runtime.ExitError", ended.ErrorType);
        Assert.EndsWith("Error: Runtime exited with error: signal: killed", ended.ErrorMessage, StringComparison.Ordinal);
    }
}
