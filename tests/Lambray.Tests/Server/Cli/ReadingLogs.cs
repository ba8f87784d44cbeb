using System.Text.Json;
using Xunit;

namespace Lambray.Tests.Server.Cli;

public sealed class ReadingLogs(WholeServer server) : IClassFixture<WholeServer>
{
    [Fact]
    public async Task Shows_the_lines_of_a_function_and_of_a_group_all_or_filtered()
    {
        await server.CreateAsync("talking", "exports.handler = async () => console.log('hello', 'there');");
        var none = await RunAsync("logs", "talking");
        await server.InvokeAsync("talking");

        var all = await RunAsync("logs", "talking");
        var filtered = await RunAsync("logs", "/aws/lambda/talking", "--filter", "hello", "--since", "2h");
        var json = await RunAsync("logs", "talking", "--filter", "?\"START RequestId\" ?REPORT", "--json");

        Assert.StartsWith("Nothing in /aws/lambda/talking since ", none.Errors, StringComparison.Ordinal);
        Assert.Matches(@"(?s)\d\d:\d\d:\d\d\.\d{3} START RequestId: .*\n.*  INFO  hello there\n.* END RequestId: .*\n.* REPORT RequestId: ", all.Output);
        Assert.Matches(@"^\S+ \S+  \S+  INFO  hello there\n$", filtered.Output);
        Assert.Equal(2, json.Output.TrimEnd('\n').Split('\n').Count(line => JsonElement.Parse(line).GetProperty("eventId").GetString()!.Length == 56));
    }

    [Fact]
    public async Task Follows_what_a_function_goes_on_to_log_until_it_is_interrupted()
    {
        await server.CreateAsync("followed", "exports.handler = async (event) => console.log('got', event.n);");
        await using var following = ClientProcess.FollowLambray("logs", "followed", "--follow", "--filter", "got", "--endpoint", server.Address.ToString());
        for (var n = 1; n <= 3; n++)
        {
            await server.InvokeAsync("followed", $$"""{"n":{{n}}}""");
            await following.ReadUntilAsync($"got {n}");
        }

        Assert.Equal(3, following.Lines.Count);
    }

    [Theory]
    [InlineData("lambray: --since: '10' is no time, such as 30s, 10m, 2h or 1d. See 'lambray logs --help'.\n", 2, "logs", "x", "--since", "10")]
    [InlineData("lambray: ResourceNotFoundException: Function not found: arn:aws:lambda:eu-central-1:123456789012:function:never\n", 1, "logs", "never")]
    public async Task Says_what_is_wrong(string message, int exitCode, params string[] arguments)
    {
        var (code, _, errors) = await RunAsync(arguments);

        Assert.Equal((exitCode, message), (code, errors));
    }

    async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var terminal = new TestTerminal(time: TimeProvider.System);
        var code = await terminal.RunAsync([.. arguments, "--endpoint", server.Address.ToString()]);
        return (code, terminal.Output, terminal.Errors);
    }
}
