using Lambray.Tracing;
using Lambray.Tracing.Insights;
using Xunit;

namespace Lambray.Tests.Tracing.Insights;

public sealed class DetectingInsights
{
    const string Arn = "arn:aws:xray:eu-central-1:123456789012:group/Default";

    readonly InsightDetector detector = new("Default", Arn, []);

    [Theory]
    [InlineData(0, 300)]
    [InlineData(0.001, 300)]
    [InlineData(0.01, 60)]
    [InlineData(0.05, 10)]
    [InlineData(0.4, 30)]
    public void Chance_is_no_anomaly(double faultRate, int requestsPerMinute)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var shop = new GeneratedShop(new Random(seed), faultRate, requestsPerMinute);
            var calm = new InsightDetector("Default", Arn, []);
            for (var minute = 0; minute < 360; minute++)
            {
                var found = calm.Advance(shop.NextMinute());
                Assert.True(found.Count == 0, $"seed {seed}, minute {minute}: {(found.Count > 0 ? found[0].Summary : "")}");
            }
        }
    }

    [Theory]
    [InlineData(0, 20, 0.5)]
    [InlineData(0.001, 300, 0.1)]
    [InlineData(0.02, 100, 0.4)]
    public void An_anomaly_is_found_in_three_minutes_and_over_five_after_it(double faultRate, int requestsPerMinute, double failing)
    {
        for (var seed = 0; seed < 12; seed++) FindsTheAnomaly(seed, new GeneratedShop(new Random(seed), faultRate, requestsPerMinute), failing);
    }

    [Fact]
    public void Two_failures_that_have_nothing_to_do_with_each_other_are_two_insights()
    {
        var (pay, search) = (new ServiceId("pay", null), new ServiceId("search", null));
        MinuteGraph Minute(int number, long faults) => new(GeneratedShop.Start.AddMinutes(number),
            [.. new[] { pay, search }.Select(id => new MinuteService(id, new RequestImpact(faults, 100 - faults, 100), IsEntry: true, []))]);
        for (var minute = 0; minute < 30; minute++) detector.Advance(Minute(minute, 0));

        Assert.Empty(detector.Advance(Minute(30, 90)));
        Assert.Empty(detector.Advance(Minute(31, 90)));
        var found = detector.Advance(Minute(32, 90));

        Assert.Equal(["pay", "search"], found.Select(insight => insight.RootCause.Name).Order());
        Assert.All(found, insight => Assert.Equal((new RequestImpact(270, 30, 300), new RequestImpact(540, 60, 600)), (insight.RootCauseRequests, insight.ClientRequests)));
    }

    [Fact]
    public void What_lasts_becomes_the_usual()
    {
        var shop = new GeneratedShop(new Random(7), 0.01, 100);
        for (var minute = 0; minute < 120; minute++) detector.Advance(shop.NextMinute());
        IReadOnlyList<Insight> last = [];
        for (var minute = 0; minute < 240; minute++)
            if (detector.Advance(shop.NextMinute(GeneratedShop.Search, 0.5)) is { Count: > 0 } changed) last = changed;

        Assert.False(Assert.Single(last).IsActive);
        Assert.Equal(GeneratedShop.Search, last[0].RootCause);
    }

    static void FindsTheAnomaly(int seed, GeneratedShop shop, double failing)
    {
        var fresh = new InsightDetector("Default", Arn, []);
        for (var minute = 0; minute < 120; minute++) fresh.Advance(shop.NextMinute());
        var began = shop.Now;
        var told = new List<Insight>();
        for (var minute = 0; minute < 12; minute++) told.AddRange(fresh.Advance(shop.NextMinute(GeneratedShop.Pay, failing)));
        for (var minute = 0; minute < 12; minute++) told.AddRange(fresh.Advance(shop.NextMinute()));

        var insight = told[^1];
        void Holds(bool condition, string what) => Assert.True(condition, $"seed {seed}, {what}: {insight}");
        Holds(told.TrueForAll(other => other.Id == insight.Id), "one insight");
        Holds(insight.RootCause == GeneratedShop.Pay, "deepest");
        Holds(told[0].Updated >= began.AddMinutes(2) && told[0].Updated <= began.AddMinutes(4), "found soon");
        // A bad minute by chance just before or after belongs to it, as nobody could tell.
        Holds(insight.Started >= began.AddMinutes(-1) && insight.Started <= began.AddMinutes(1), "its beginning");
        Holds(insight.Ended >= began.AddMinutes(11) && insight.Ended <= began.AddMinutes(17), "its end");
        Holds(insight.Services.Select(service => service.Id).ToHashSet().IsSupersetOf([GeneratedShop.Cart, GeneratedShop.Pay, GeneratedShop.Web]), "all that failed");
        Holds(insight.RootCauseRequests.Faults > failing * 0.5 * insight.RootCauseRequests.Total, "its faults");
    }
}
