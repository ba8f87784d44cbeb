using System.Globalization;
using System.Text.Json;
using Lambray.Bench.Figures;
using Lambray.Bench.Load;
using Lambray.Bench.Shop;

namespace Lambray.Bench.Parts.XRay;

/// <summary>The questions that a store is asked at each size, one after the other over one connection.</summary>
static class StoreQuestions
{
    const int Echoes = 2_000;
    const int Traces = 500;
    const int Repeats = 60;
    const int WarmUps = 8;

    // A question that takes long is asked less often; the figures say nothing finer then anyhow.
    static readonly TimeSpan LimitOfEach = TimeSpan.FromSeconds(8);

    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly TimeSpan Everything = TimeSpan.FromDays(8);

    // From simple to hard.
    static readonly (string Name, string Expression)[] Filters =
    [
        ("no filter", ""),
        ("fault", "fault"),
        ("service, duration", """service("service-3") AND duration > 0.1"""),
        ("annotation, URL", """annotation.tier = "gold" AND http.url CONTAINS "route-2/" """),
        ("edge with a filter", """edge("storefront", "service-5") { fault } AND user BEGINSWITH "user-1" """),
    ];

    /// <param name="time">That of the data.</param>
    /// <param name="count">How many traces there are.</param>
    public static IReadOnlyList<StoreAnswer> Ask(XRayServerProcess server, Uri echo, ShopTraces shop, ShopTime time, int count)
    {
        var floor = LoadRun.OfAsync(PreparedRequest.Echo(echo), connections: 1, Echoes);
        var answers = new List<StoreAnswer> { StoreAnswer.Of("Kestrel echo", floor.GetAwaiter().GetResult().Durations) };
        using var connection = server.Connect();
        answers.Add(Measure("trace by id", Traces, number => ("/Traces", $$"""{"TraceIds":["{{shop.IdOf(number * 7919L % count)}}"]}""")));
        foreach (var (name, expression) in Filters)
            answers.Add(Measure($"summaries, {name}", Repeats, _ => ("/TraceSummaries", Request(Hour, expression))));
        foreach (var (name, range) in new[] { ("1 h", Hour), ("24 h", Day), ("everything", Everything) })
            answers.Add(Measure($"service graph, {name}", Repeats, _ => ("/ServiceGraph", Request(range, ""))));
        return answers;

        StoreAnswer Measure(string name, int times, Func<int, (string Path, string Body)> request)
        {
            var taken = new List<TimeSpan>();
            var spent = TimeSpan.Zero;
            for (var number = -WarmUps; number < times && spent < LimitOfEach; number++)
            {
                var (path, body) = request(number + WarmUps);
                var answer = connection.Post(path, body);
                if (answer.Status != 200) return new StoreAnswer(name, $"refused, {answer.Status}");
                spent += answer.Taken;
                if (number >= 0 || spent > LimitOfEach) taken.Add(answer.Taken);
            }
            taken.Sort();
            return StoreAnswer.Of(name, taken);
        }

        string Request(TimeSpan range, string filter) => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"StartTime":{{(time.Now - range).ToUnixTimeSeconds()}},"EndTime":{{time.Now.ToUnixTimeSeconds()}}{{(filter.Length == 0 ? "" : $",\"FilterExpression\":\"{JsonEncodedText.Encode(filter)}\"")}}}""");
    }
}

/// <param name="Figures">p50 and p99, or that it was refused.</param>
sealed record StoreAnswer(string Name, string Figures)
{
    public static StoreAnswer Of(string name, IReadOnlyList<TimeSpan> ordered) =>
        new(name, $"{Text.Milliseconds(ordered.Percentile(0.5))} / {Text.Milliseconds(ordered.Percentile(0.99))}");
}
