using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Lambray.Bench.Figures;
using Lambray.Bench.Functions;
using Lambray.Bench.Load;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts;

/// <summary>Asynchronous events: how many are accepted, each on disk before its 202, while the function runs them, and how many are through in a second.</summary>
static partial class AsynchronousEvents
{
    const int Rounds = 5;
    const int Connections = 16;
    const int Requests = 8_000;
    const int WarmUpRequests = 8_000;
    const string Function = "events";
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(Workplace place)
    {
        await using var echo = await ServerProcess.StartEchoAsync();
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0);
        using var functions = await lambray.PrepareFunctionsAsync(place);
        await functions.CreateAsync(Function, new Subjects(place).NativeLoop);
        using var http = new HttpClient { BaseAddress = lambray.Address };
        var (post, invoke, accept) = (PreparedRequest.Echo(echo.Address), PreparedRequest.Invoke(lambray.Address, Function), PreparedRequest.Accept(lambray.Address, Function));
        await LoadRun.OfAsync(post, Connections, WarmUpRequests);
        await LoadRun.OfAsync(invoke, Connections, WarmUpRequests);

        var rounds = new List<(double Echo, double Invoked, double Accepted, double Drained)>();
        for (var round = 0; round < Rounds; round++)
        {
            var echoed = await LoadRun.OfAsync(post, Connections, Requests);
            var invoked = await LoadRun.OfAsync(invoke, Connections, Requests);
            var before = await InvocationsAsync(http);
            var started = Stopwatch.GetTimestamp();
            var accepted = await LoadRun.OfAsync(accept, Connections, Requests);
            while (await InvocationsAsync(http) < before + accepted.Durations.Count) await Task.Delay(PollInterval, TimeProvider.System);
            rounds.Add((echoed.PerSecond, invoked.PerSecond, accepted.PerSecond, accepted.Durations.Count / Stopwatch.GetElapsedTime(started).TotalSeconds));
        }
        var table = new Table(place.Output, "Native loop, 16 connections", "per second", "of the floor");
        await table.WriteHeadAsync();
        await table.WriteRowAsync("Kestrel echo", Text.PerSecond(rounds.Select(one => one.Echo).Median()), Text.Share(1));
        await table.WriteRowAsync("invoked synchronously", Text.PerSecond(rounds.Select(one => one.Invoked).Median()), Text.Share(rounds.Select(one => one.Invoked / one.Echo).Median()));
        await table.WriteRowAsync("events accepted", Text.PerSecond(rounds.Select(one => one.Accepted).Median()), Text.Share(rounds.Select(one => one.Accepted / one.Echo).Median()));
        await table.WriteRowAsync("events drained", Text.PerSecond(rounds.Select(one => one.Drained).Median()), Text.Share(rounds.Select(one => one.Drained / one.Echo).Median()));
    }

    static async Task<double> InvocationsAsync(HttpClient http)
    {
        var line = InvocationsLine().Match(await http.GetStringAsync("/metrics"));
        return line.Success ? double.Parse(line.Groups["count"].Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex("^lambray_function_invocations_total\\{function=\"" + Function + "\"\\} (?<count>[0-9.e+]+)", RegexOptions.Multiline)]
    private static partial Regex InvocationsLine();
}
