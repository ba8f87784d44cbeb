using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Cli;

/// <summary><c>lambray traces</c>, <c>trace</c> and <c>map</c> against a server, once and live.</summary>
public sealed class WatchingTraces(WholeServer server) : IClassFixture<WholeServer>
{
    [Fact]
    public async Task Shows_the_traces_that_fit_a_filter()
    {
        await SendAsync("filtered-fine");
        var broken = await SendAsync("filtered-broken", fault: true);

        var all = await RunAsync("traces", "--filter", "service(\"filtered-fine\") OR service(\"filtered-broken\")");
        var faults = await RunAsync("traces", "--filter", "service(\"filtered-broken\") AND fault", "--since", "10m");
        var json = await RunAsync("traces", "--filter", "service(\"filtered-broken\")", "--json");
        var none = await RunAsync("traces", "--filter", "service(\"filtered-none\")");

        Assert.Equal(3, all.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Equal(["Trace", broken], faults.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0]));
        Assert.Contains("fault", faults.Output, StringComparison.Ordinal);
        Assert.Equal([broken], JsonElement.Parse(json.Output).GetProperty("TraceSummaries").EnumerateArray().Select(trace => trace.GetProperty("Id").GetString()));
        Assert.Equal((0, "", "No trace of that time fits the filter.\n"), none);
    }

    [Theory]
    [InlineData("fault AN error", 7)]
    [InlineData("service(\"注文\" AND", 14)]
    [InlineData("nonsense = 5", 1)]
    public async Task Shows_where_a_filter_is_not_understood(string filter, int column)
    {
        var (code, output, errors) = await RunAsync("traces", "--filter", filter);

        Assert.Equal((2, ""), (code, output));
        var lines = errors.Split('\n');
        Assert.Equal(filter, lines[0]);
        Assert.Equal("^", lines[1].Trim());
        Assert.Equal(column + filter.Count(letter => letter > 'ÿ'), lines[1].Length);
        Assert.StartsWith("lambray: the filter is not understood here: ", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_the_traces_that_come_and_the_map_that_grows()
    {
        await SendAsync("followed-first");
        await using var traces = ClientProcess.FollowLambray("traces", "--follow", "--filter", "service(\"followed-first\") OR service(\"followed-second\")", "--endpoint", server.Address.ToString());
        await using var json = ClientProcess.FollowLambray("traces", "--follow", "--json", "--endpoint", server.Address.ToString());
        await using var map = ClientProcess.FollowLambray("map", "--follow", "--since", "10m", "--endpoint", server.Address.ToString());
        await traces.ReadUntilAsync("followed-first");
        await map.ReadUntilAsync("followed-first");
        var second = await SendAsync("followed-second");
        await traces.ReadUntilAsync(second);
        await json.ReadUntilAsync(second);
        await map.ReadUntilAsync("followed-second");

        Assert.StartsWith("Trace ", traces.Lines[0], StringComparison.Ordinal);
        Assert.Equal(3, traces.Lines.Count);
        Assert.All(json.Lines, line => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind));
    }

    [Fact]
    public async Task Shows_the_map_of_a_group_that_there_is()
    {
        await SendAsync("grouped");

        var map = await RunAsync("map", "--group", "Default");
        var missing = await RunAsync("map", "--group", "outside");

        Assert.Contains("grouped", map.Output, StringComparison.Ordinal);
        Assert.Equal(1, missing.Code);
        Assert.StartsWith("lambray: InvalidRequestException: ", missing.Errors, StringComparison.Ordinal);
    }

    async Task<string> SendAsync(string name, bool fault = false)
    {
        var start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0 - 0.5;
        var trace = $"1-{(long)start:x8}-{Guid.NewGuid().ToString("n")[..24]}";
        var document = new JsonObject
        {
            ["name"] = name,
            ["id"] = Guid.NewGuid().ToString("n")[..16],
            ["trace_id"] = trace,
            ["start_time"] = start,
            ["end_time"] = start + 0.25,
            ["fault"] = fault,
        };
        var answer = await server.SendAsync(HttpMethod.Post, "/TraceSegments", new JsonObject { ["TraceSegmentDocuments"] = new JsonArray(document.ToJsonString()) }.ToJsonString());
        Assert.Equal(0, answer.Succeeded.GetProperty("UnprocessedTraceSegments").GetArrayLength());
        return trace;
    }

    async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var terminal = new TestTerminal(time: TimeProvider.System);
        var code = await terminal.RunAsync([.. arguments, "--endpoint", server.Address.ToString()]);
        return (code, terminal.Output, terminal.Errors);
    }
}
