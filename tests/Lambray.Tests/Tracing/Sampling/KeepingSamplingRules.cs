using Lambray.Aws;
using Lambray.Tracing.Sampling;
using Xunit;

namespace Lambray.Tests.Tracing.Sampling;

public sealed class KeepingSamplingRules : IAsyncLifetime
{
    static readonly Dictionary<string, string> NoTags = [];

    readonly XRaySettings settings = new();
    SamplingRules rules = null!;

    public ValueTask InitializeAsync()
    {
        rules = Open();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => settings.DisposeAsync();

    [Fact]
    public async Task Rules_outlive_the_server_in_the_order_in_which_clients_try_them()
    {
        await rules.CreateAsync(Rule("b", priority: 5), new Dictionary<string, string> { ["team"] = "shop" });
        await rules.CreateAsync(Rule("a", priority: 5), NoTags);
        await rules.CreateAsync(Rule("first", priority: 1) with
        {
            Attributes = new Dictionary<string, string> { ["tier"] = "gold*" },
            RateBoost = new SamplingRateBoost(0.5, 10),
        }, NoTags);
        await rules.UpdateAsync("Default", rule => rule with
        {
            FixedRate = 0.2,
        });
        await settings.ReopenAsync();
        rules = Open();

        Assert.Equal(["first", "a", "b", "Default"], rules.All.Select(record => record.Rule.RuleName));
        Assert.Equal(0.2, rules.All[^1].Rule.FixedRate);
        Assert.Equal("gold*", rules.All[0].Rule.Attributes["tier"]);
        Assert.Equal(new SamplingRateBoost(0.5, 10), rules.All[0].Rule.RateBoost);
        Assert.Equal("shop", rules.Find("b")!.Tags["team"]);
    }

    [Fact]
    public async Task No_more_than_25_can_be_however_they_are_created()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => CreatedAsync($"rule-{number}")));

        Assert.Equal(25, created.Count(code => code is null));
        Assert.All(created, code => Assert.True(code is null or "RuleLimitExceededException", code));
        Assert.Equal(26, rules.All.Count);

        await rules.DeleteAsync(rules.All[0].Rule.RuleName);
        Assert.Null(await CreatedAsync("another"));
    }

    [Fact]
    public async Task Every_change_moves_the_time_of_the_last_one()
    {
        var modified = new List<DateTimeOffset> { rules.ModifiedAt };
        foreach (var change in new Func<Task>[]
        {
            () => rules.CreateAsync(Rule("a"), NoTags),
            () => rules.UpdateAsync("a", rule => rule with
            {
                ReservoirSize = 7,
            }),
            () => rules.DeleteAsync("a"),
        })
        {
            settings.Time.Advance(TimeSpan.FromSeconds(1));
            await change();
            modified.Add(rules.ModifiedAt);
        }

        Assert.Equal([0, 1, 2, 3], modified.Select(time => (time - modified[0]).TotalSeconds));
    }

    [Fact]
    public async Task The_Default_rule_can_be_neither_created_nor_deleted_nor_made_to_match_less()
    {
        await Assert.ThrowsAsync<AwsException>(() => rules.CreateAsync(Rule("Default"), NoTags));
        await Assert.ThrowsAsync<AwsException>(() => rules.DeleteAsync("Default"));
        await Assert.ThrowsAsync<AwsException>(() => rules.UpdateAsync("Default", rule => rule with
        {
            Host = "shop.example",
        }));
        Assert.Same(SamplingRule.Default, Assert.Single(rules.All).Rule);
    }

    [Fact]
    public async Task A_request_gets_the_first_rule_that_matches_it()
    {
        await rules.CreateAsync(Rule("pay", priority: 10) with
        {
            UrlPath = "/pay/?/*",
            HttpMethod = "post",
        }, NoTags);
        await rules.CreateAsync(Rule("all-of-it", priority: 10) with
        {
            UrlPath = "/pay/*",
            Attributes = new Dictionary<string, string> { ["tier"] = "g?ld" },
        }, NoTags);

        string For(SampledRequest request) => rules.RuleFor(request).RuleName;

        Assert.Equal("pay", For(new SampledRequest(HttpMethod: "POST", UrlPath: "/PAY/1/now")));
        Assert.Equal("Default", For(new SampledRequest(HttpMethod: "GET", UrlPath: "/pay/1/now")));
        Assert.Equal("all-of-it", For(new SampledRequest(HttpMethod: "GET", UrlPath: "/pay/1/now") { Attributes = new Dictionary<string, string> { ["tier"] = "Gold" } }));
        Assert.Equal("pay", For(new SampledRequest()));
    }

    SamplingRules Open() => new(settings.Database, XRaySettings.Home, settings.Time);

    async Task<string?> CreatedAsync(string name)
    {
        try
        {
            await rules.CreateAsync(Rule(name), NoTags);
            return null;
        }
        catch (AwsException error)
        {
            return error.Code;
        }
    }

    static SamplingRule Rule(string name, int priority = 100) => new(name, priority, FixedRate: 0.1, ReservoirSize: 5);
}
