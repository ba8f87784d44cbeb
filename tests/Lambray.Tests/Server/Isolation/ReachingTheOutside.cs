using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Server.Hosting;
using Xunit;

namespace Lambray.Tests.Server.Isolation;

/// <summary>Where a sandboxed function's connections go, and where they do not.</summary>
public sealed class ReachingTheOutside
{
    /// <summary>Connects to each <c>host:port</c> and tells what was sent there, or why nothing was.</summary>
    public const string Connecting = """
        const net = require('net');
        exports.handler = (places) => Promise.all(places.map((place) => new Promise((done) => {
          const [host, port] = place.split(':');
          let text = '';
          const socket = net.connect({ host, port, timeout: 5000 }, () => socket.end());
          socket.on('data', (data) => { text += data; }).on('close', () => done(text)).on('error', (error) => done(error.code));
          socket.on('timeout', () => { socket.destroy(); done('no answer'); });
        })));
        """;

    [Fact]
    public async Task Leads_out_but_not_to_metadata_services_nor_to_the_host()
    {
        SandboxServer.SkipUnlessAvailable();
        using var outside = await OutsideWorld.OpenAsync();
        using var opened = Greeting.On(IPAddress.Loopback);
        using var hidden = Greeting.On(IPAddress.Any);
        await using var server = await WholeServer.StartAsync(config => config with { Isolation = IsolationMode.Sandbox, HostPorts = [opened.Port] });
        Assert.SkipUnless(server.Server.Isolation.Contains("network open", StringComparison.Ordinal), "This machine has no nftables.");
        await server.CreateAsync("connecting", Connecting);

        Assert.Equal(
            [outside.HostAddress, "EHOSTUNREACH", "EHOSTUNREACH", "ECONNREFUSED", "hello"],
            await ConnectAsync(server, $"{outside.Address}:{OutsideWorld.Port}", $"{outside.MetadataAddress}:{OutsideWorld.Port}",
                $"{outside.HostAddress}:{hidden.Port}", $"127.0.0.1:{hidden.Port}", $"127.0.0.1:{opened.Port}"));

        // And nothing leads in.
        await server.CreateAsync("listening", """
            const { networkInterfaces } = require('os');
            let met = 0;
            const server = require('net').createServer(() => met++);
            exports.handler = async () => {
              if (!server.listening) await new Promise((done) => server.listen(7000, done));
              return { address: networkInterfaces().eth0[0].address, met };
            };
            """);
        var address = (await server.InvokeAsync("listening")).Json.GetProperty("address").GetString();
        Assert.Equal("no answer", await outside.RunAsync($$"""
            const socket = require('net').connect({ host: '{{address}}', port: 7000, timeout: 500 }, () => { console.log('connected'); process.exit(); });
            socket.on('timeout', () => { console.log('no answer'); process.exit(); }).on('error', (error) => console.log(error.code));
            """));
        Assert.Equal(0, (await server.InvokeAsync("listening")).Json.GetProperty("met").GetInt32());
    }

    [Fact]
    public async Task Leads_nowhere_when_it_is_closed()
    {
        SandboxServer.SkipUnlessAvailable();
        await using var server = await WholeServer.StartAsync(config => config with { Isolation = IsolationMode.Sandbox, Network = NetworkAccess.Closed });
        await server.CreateAsync("connecting", Connecting);
        Assert.Contains("network closed", server.Server.Isolation, StringComparison.Ordinal);
        Assert.Equal(["ENETUNREACH", "ENETUNREACH"], await ConnectAsync(server, "203.0.113.2:80", "169.254.77.1:80"));
    }

    public static async Task<IEnumerable<string?>> ConnectAsync(WholeServer server, params string[] places)
    {
        var answer = await server.InvokeAsync("connecting", new JsonArray([.. places.Select(place => JsonValue.Create(place))]).ToJsonString());
        return answer.Json.EnumerateArray().Select(outcome => outcome.GetString());
    }
}

/// <summary>A service of this machine that says hello to whoever connects.</summary>
sealed class Greeting : IDisposable
{
    readonly TcpListener listener;

    Greeting(TcpListener listener) => this.listener = listener;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public static Greeting On(IPAddress address)
    {
        var listener = new TcpListener(address, 0);
        listener.Start();
        _ = ServeAsync(listener);
        return new Greeting(listener);
    }

    public void Dispose() => listener.Dispose();

    static async Task ServeAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("hello"));
            }
        }
        // The test is over.
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
        }
    }
}
