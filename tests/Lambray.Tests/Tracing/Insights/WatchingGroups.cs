using Lambray.Tracing;
using Lambray.Tracing.Groups;
using Lambray.Tracing.Insights;
using Lambray.Tracing.ServiceGraph;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Lambray.Tests.Tracing.Insights;

public sealed class WatchingGroups : IAsyncLifetime, IInsightNotices
{
    static readonly ServiceId Pay = new("pay", "AWS::Lambda");

    readonly XRaySettings settings = new();
    readonly List<Insight> notices = [];
    readonly HashSet<DateTimeOffset> failing = [];
    TraceGroups groups = null!;
    InsightStore store = null!;
    InsightWatch watch = null!;

    public async ValueTask InitializeAsync()
    {
        Open();
        await groups.UpdateAsync("Default", filterExpression: null, insightsEnabled: true, notificationsEnabled: true);
        await groups.CreateAsync("unwatched", "fault", new InsightsConfig(Enabled: false, Notify: false), new Dictionary<string, string>());
    }

    public ValueTask DisposeAsync() => settings.DisposeAsync();

    Task IInsightNotices.TellAsync(Insight insight)
    {
        notices.Add(insight);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_insight_goes_on_over_a_restart_and_ends()
    {
        await PassAsync(minutes: 2);
        await PassAsync(minutes: 4, isFailing: true);
        var begun = Assert.Single(store.FindActive(Default.Arn));
        Assert.Equal(Pay, begun.RootCause);

        await settings.ReopenAsync();
        Open();
        await PassAsync(minutes: 2, isFailing: true);
        Assert.Equal(begun.Id, Assert.Single(store.FindActive(Default.Arn)).Id);
        await PassAsync(minutes: 7);

        Assert.Empty(store.FindActive(Default.Arn));
        var ended = store.Find(begun.Id.ToString())!;
        Assert.Equal((begun.Started, begun.Started.AddMinutes(6)), (ended.Started, ended.Ended));
        Assert.Equal(new RequestImpact(6 * 40, 6 * 10, 6 * 50).Faults, ended.RootCauseRequests.Faults);
        Assert.All(notices, notice => Assert.Equal(begun.Id, notice.Id));
        var events = store.FindEvents(begun.Id, before: null, countMax: 50);
        Assert.Equal(notices.Select(notice => notice.Updated).Distinct().OrderDescending(), events.Select(seen => seen.Time));
        Assert.Equal(events.Skip(2).Take(2).Select(seen => seen.Time), store.FindEvents(begun.Id, events[1].Time, countMax: 2).Select(seen => seen.Time));
    }

    [Fact]
    public async Task Pages_of_insights_lose_and_repeat_none()
    {
        var start = settings.Time.GetUtcNow();
        var all = Enumerable.Range(0, 25).Select(number => new Insight(
            Guid.NewGuid(), "Default", Default.Arn, Pay, start.AddMinutes(number / 2), number % 3 == 0 ? null : start.AddMinutes(number + 5), start, start,
            RequestImpact.None, [])).ToList();
        await store.PutAsync(all, start);

        var found = new List<Insight>();
        while (true)
        {
            var page = store.FindPage(
                Default.Arn, start, start.AddDays(1), isActive: null, found.Count == 0 ? null : (found[^1].Started.ToUnixTimeSeconds(), found[^1].Id.ToString()), countMax: 4);
            if (page.Count == 0) break;
            found.AddRange(page);
        }

        Assert.Equal(all.Select(insight => insight.Id).Order(), found.Select(insight => insight.Id).Order());
        Assert.Equal(9, store.FindPage(Default.Arn, start, start.AddDays(1), isActive: true, after: null, countMax: 100).Count);
        Assert.Equal(16, store.FindPage(Default.Arn, start, start.AddDays(1), isActive: false, after: null, countMax: 100).Count);
        await store.PutAsync([], start.AddDays(31));
        Assert.Equal(9, store.FindPage(Default.Arn, start, start.AddDays(1), isActive: null, after: null, countMax: 100).Count);
    }

    TraceGroup Default => groups.FindByName("Default")!;

    void Open()
    {
        groups = new TraceGroups(settings.Database, XRaySettings.Home, settings.Time);
        store = new InsightStore(settings.Database);
        watch = new InsightWatch(groups, ReadAsync, store, this, settings.Time, NullLogger<InsightWatch>.Instance);
    }

    async Task PassAsync(int minutes, bool isFailing = false)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            // What is looked at is the last minute that was over half a minute ago.
            if (isFailing) failing.Add(MinuteOf(settings.Time.GetUtcNow().AddSeconds(-30)));
            settings.Time.Advance(TimeSpan.FromMinutes(1));
            await watch.LookAsync(TestContext.Current.CancellationToken);
        }
    }

    ValueTask<IReadOnlyList<ServiceNode>> ReadAsync(TraceGroup group, DateTimeOffset start, DateTimeOffset end)
    {
        Assert.Equal("Default", group.Name);
        var faults = failing.Contains(start) ? 40 : 0;
        return ValueTask.FromResult<IReadOnlyList<ServiceNode>>(
            [new ServiceNode(0, Pay, Root: true, Active: true, default, default, new CallStatistics(50 - faults, 0, 0, faults, 1), [], [])]);
    }

    static DateTimeOffset MinuteOf(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds() / 60 * 60);
}
