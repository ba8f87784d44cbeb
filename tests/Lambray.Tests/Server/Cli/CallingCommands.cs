using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Lambray.Tests.Server.Cli;

public class CallingCommands
{
    [Fact]
    public async Task Shows_help_when_no_command_is_given()
    {
        var terminal = new TestTerminal();

        Assert.Equal(0, await terminal.RunAsync());
        Assert.Contains("trace <ID>", terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Unrecognized command or argument 'frob'. See 'lambray --help'.", "frob")]
    [InlineData("Unrecognized command or argument '--lisen'. See 'lambray serve --help'.", "serve", "--lisen", "x")]
    [InlineData("Required argument 'ID' missing for command: 'trace'. See 'lambray trace --help'.", "trace")]
    [InlineData("--since: '0m' is no time, such as 30s, 10m, 2h or 1d. See 'lambray map --help'.", "map", "--since", "0m")]
    [InlineData("'abc' is no trace id, such as 1-67891233-abcdef012345678912345678", "trace", "abc")]
    [InlineData("endpoint (--endpoint): 'ftp://x' is no URL, such as http://127.0.0.1:4566", "traces", "--endpoint", "ftp://x")]
    [InlineData("listen (--listen): 'x' is no address with a port, such as 127.0.0.1:4566 or [::1]:4566", "serve", "--listen", "x")]
    public async Task Says_in_one_line_what_is_wrong_with_a_call(string message, params string[] arguments)
    {
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync(arguments));
        Assert.Equal($"lambray: {message}\n", terminal.Errors);
    }

    [Fact]
    public async Task Says_how_to_start_a_server_when_none_answers()
    {
        // A port that was just free: nobody listens there.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var terminal = new TestTerminal(variables: ("LAMBRAY_ENDPOINT", $"http://{socket.LocalEndPoint}"));

        Assert.Equal(1, await terminal.RunAsync("traces"));
        Assert.Equal(
            $"lambray: no server answers at http://{socket.LocalEndPoint}; start one with 'lambray serve', or name another with --endpoint\n", terminal.Errors);
    }

    [Fact]
    public async Task Says_that_another_kind_of_server_answers()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var other = builder.Build();
        other.MapFallback(() => "welcome");
        await other.StartAsync(TestContext.Current.CancellationToken);
        var terminal = new TestTerminal();

        Assert.Equal(1, await terminal.RunAsync("traces", "--endpoint", other.Urls.Single()));
        Assert.StartsWith($"lambray: {other.Urls.Single()} does not answer as AWS does: ", terminal.Errors, StringComparison.Ordinal);
    }
}
