using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Lambray.Tests.Server.Cli;

public sealed class ServingWhereItCannot : IDisposable
{
    readonly TemporaryDirectory data = new();
    readonly TestTerminal terminal = new(time: TimeProvider.System);

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Names_the_address_that_is_in_use()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        Assert.Equal(2, await ServeAsync(listen: $"{taken.LocalEndpoint}"));
        Assert.Equal($"lambray: listen: {taken.LocalEndpoint} is in use; end what listens there, or choose another with --listen\n", terminal.Errors);
    }

    [Theory]
    [InlineData(SocketType.Dgram, ProtocolType.Udp)]
    [InlineData(SocketType.Stream, ProtocolType.Tcp)]
    public async Task Names_the_address_of_the_daemon_that_is_in_use(SocketType type, ProtocolType protocol)
    {
        using var taken = new Socket(AddressFamily.InterNetwork, type, protocol);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (type == SocketType.Stream) taken.Listen();

        Assert.Equal(2, await ServeAsync(daemon: $"{taken.LocalEndPoint}"));
        Assert.Equal(
            $"lambray: daemon: {taken.LocalEndPoint} is in use; end what listens there, or choose another with --daemon (off for none)\n", terminal.Errors);
    }

    [Fact]
    public async Task Names_the_data_directory_that_cannot_be_one()
    {
        var file = Path.Combine(data.Path, "a file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        Assert.Equal(2, await ServeAsync(directory: file));
        Assert.Matches($"^lambray: data-dir: .*{file}.*\n$", terminal.Errors);
    }

    Task<int> ServeAsync(string listen = "127.0.0.1:0", string daemon = "off", string? directory = null) =>
        terminal.RunAsync("serve", "--listen", listen, "--daemon", daemon, "--data-dir", directory ?? data.Path, "--isolation", "process", "--log-level", "none");
}
