using Lambray.Tracing.Sampling;
using Xunit;

namespace Lambray.Tests.Tracing.Sampling;

public sealed class GivingSamplingTargets : IAsyncLifetime
{
    readonly XRaySettings settings = new();
    SamplingRules rules = null!;
    SamplingTargets targets = null!;

    public async ValueTask InitializeAsync()
    {
        rules = new SamplingRules(settings.Database, XRaySettings.Home, settings.Time);
        targets = new SamplingTargets(rules, settings.Time);
        await rules.CreateAsync(new SamplingRule("shop", 1, FixedRate: 0.05, ReservoirSize: 5)
        {
            RateBoost = new SamplingRateBoost(MaxRate: 0.6, CooldownWindowMinutes: 10),
        }, new Dictionary<string, string>());
    }

    public ValueTask DisposeAsync() => settings.DisposeAsync();

    [Fact]
    public void The_shares_of_a_reservoir_add_up_to_it_and_differ_by_one_at_most()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 1_000; round++)
        {
            var (size, clients) = (random.Next(0, 1_000), random.Next(1, 200));
            var shares = Enumerable.Range(0, clients).Select(place => ReservoirShare.Of(size, clients, place)).ToArray();

            Assert.True(shares.Sum() == size && shares.Max() - shares.Min() <= 1, $"seed {seed}: {size} among {clients} gave {string.Join(' ', shares)}");
        }
    }

    [Fact]
    public void Clients_that_come_and_go_share_the_whole_reservoir()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var clients = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(30)).Distinct().ToArray();
            // Who is missing in three rounds of reports is gone.
            for (var report = 0; report < 4; report++)
            {
                settings.Time.Advance(TimeSpan.FromSeconds(10.1));
                foreach (var client in clients) Quota(client);
            }

            Assert.True(clients.Sum(Quota) == 5, $"seed {seed}, clients {string.Join(' ', clients)}");
        }
    }

    [Fact]
    public void Reports_add_up_by_rule_in_windows_of_ten_seconds_for_an_hour()
    {
        var start = settings.Time.GetUtcNow();
        targets.Take([Report("shop", 1, seconds: 0, requests: 10, sampled: 3, borrowed: 1), Report("Default", 1, seconds: 0)], []);
        targets.Take([Report("shop", 2, seconds: 0, requests: 5, sampled: 2)], []);
        settings.Time.Advance(TimeSpan.FromMinutes(30));
        targets.Take([Report("shop", 2, seconds: 0, requests: 1)], []);

        Assert.Equal(
            [
                new SamplingStatisticSummary("Default", start, 1, 0, 0),
                new SamplingStatisticSummary("shop", start, 15, 1, 5),
                new SamplingStatisticSummary("shop", start.AddMinutes(30), 1, 0, 0),
            ],
            targets.Statistics(after: null, countMax: 10));
        Assert.Equal("shop", Assert.Single(targets.Statistics((start, "Default"), countMax: 1)).RuleName);

        settings.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(start.AddMinutes(30), Assert.Single(targets.Statistics(after: null, countMax: 10)).Timestamp);
    }

    [Fact]
    public void What_cannot_be_taken_is_named_and_the_rest_is_taken()
    {
        var answer = targets.Take(
            [Report("gone", 1), Report("shop", 1, seconds: -3601), Report("shop", 1)],
            [Anomalies("gone", 1), Anomalies("Default", 1)]);

        Assert.Equal([("gone", "404"), ("shop", "400")], answer.Unprocessed.Select(report => (report.RuleName, report.ErrorCode)));
        Assert.Equal([("gone", "404"), ("Default", "400")], answer.UnprocessedAnomalies.Select(report => (report.RuleName, report.ErrorCode)));
        Assert.Equal("shop", Assert.Single(answer.Targets).RuleName);
    }

    [Fact]
    public void Anomalies_boost_the_rate_for_a_minute_and_not_again_before_the_cooldown_is_over()
    {
        Assert.Null(Boost());
        Assert.Null(Boost(Anomalies("shop", anomalies: 12, sampled: 10)));

        var boost = Boost(Anomalies("shop", anomalies: 40));
        Assert.Equal(new SamplingBoost(0.25, settings.Time.GetUtcNow().AddMinutes(1)), boost);

        settings.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(boost, Boost(Anomalies("shop", anomalies: 1)));
        settings.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Boost(Anomalies("shop", anomalies: 1)));
        settings.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(0.6, Boost(Anomalies("shop", anomalies: 1))!.Rate);
    }

    [Fact]
    public void A_boost_is_never_below_the_rule_s_rate_nor_above_what_it_allows()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 10_000; round++)
        {
            var (fixedRate, maxRate, anomalies) = (random.NextDouble(), random.NextDouble(), random.Next(2_000));
            var sampled = random.Next(anomalies + 1);
            if (BoostedRate.For(fixedRate, maxRate, anomalies, sampled) is not { } rate) continue;

            Assert.True(rate > fixedRate && rate <= maxRate && sampled < anomalies, $"seed {seed}: {rate} for {fixedRate} {maxRate} {anomalies} {sampled}");
        }
    }

    int Quota(int client) => targets.Take([Report("shop", client)], []).Targets.Single().ReservoirQuota;

    SamplingBoost? Boost(params AnomalyReport[] anomalies) => targets.Take([Report("shop", 1)], anomalies).Targets.Single().Boost;

    SamplingReport Report(string rule, int client, double seconds = 0, int requests = 1, int sampled = 0, int borrowed = 0) =>
        new(rule, $"{client:x24}", settings.Time.GetUtcNow().AddSeconds(seconds), requests, sampled, borrowed);

    AnomalyReport Anomalies(string rule, int anomalies, int sampled = 0) =>
        new(rule, "orders", settings.Time.GetUtcNow(), anomalies, anomalies, sampled);
}
