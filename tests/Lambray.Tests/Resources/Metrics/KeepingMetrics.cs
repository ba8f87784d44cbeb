using Lambray.Resources.Metrics;
using Lambray.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Resources.Metrics;

public sealed class KeepingMetrics : IAsyncLifetime
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly MetricId Latency = new("Shop", "Latency", new MetricDimension("Page", "cart"), new MetricDimension("Country", "AT"));

    readonly TemporaryDirectory directory = new();
    readonly FakeTimeProvider time = new(Noon);
    MetricStore store = null!;

    public ValueTask InitializeAsync()
    {
        store = Open();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Adds_up_the_values_of_each_period_and_unit_also_across_a_restart()
    {
        store.Series(Latency).Record(Noon.AddSeconds(5), 10, "Milliseconds");
        store.Series(Latency).Record(Noon.AddSeconds(50), 30, "Milliseconds");
        store.Series(Latency).Record(Noon.AddSeconds(50), 1, "Seconds");
        await store.DisposeAsync();
        store = Open();
        store.Series(new MetricId("Shop", "Latency", Latency.Dimensions.Reverse())).Record(Noon.AddSeconds(59), 50, "Milliseconds");
        store.Series(Latency).Record(Noon.AddSeconds(60), 7, "Milliseconds");

        var minutes = await ReadAsync(TimeSpan.FromMinutes(1), "Milliseconds");
        var hour = await ReadAsync(TimeSpan.FromHours(1), unit: null);

        Assert.Equal([(Noon, 3, 90, 10, 50), (Noon.AddMinutes(1), 1, 7, 7, 7)], minutes.Select(Row));
        Assert.Equal([(Noon, 4, 97, 7, 50), (Noon, 1, 1, 1, 1)], hour.Select(Row));
    }

    [Fact]
    public async Task Lists_metrics_by_name_that_had_a_value_lately()
    {
        store.Series(Latency).Record(Noon, 10, "Milliseconds");
        await store.FlushAsync();
        time.Advance(TimeSpan.FromDays(20));
        var visits = new MetricId("Shop", "Visits");
        store.Series(visits).Record(time.GetUtcNow(), 1, "Count");

        var lately = await store.ListAsync("Shop", name: null, time.GetUtcNow() - MetricRetention.Listed, after: 0);
        var ever = await store.ListAsync("Shop", "Latency", DateTimeOffset.MinValue, after: 0);

        Assert.Equal(visits, Assert.Single(lately).Id);
        Assert.Equal(Latency, Assert.Single(ever).Id);
        Assert.Equal(["Country", "Page"], ever[0].Id.Dimensions.Select(dimension => dimension.Name));
    }

    [Fact]
    public async Task Makes_old_values_coarser_and_forgets_the_oldest()
    {
        foreach (var minute in (int[])[0, 1, 4, 5, 61]) store.Series(Latency).Record(Noon.AddMinutes(minute), minute, "None");
        await store.FlushAsync();

        time.Advance(TimeSpan.FromDays(16));
        await store.FlushAsync();
        var afterWeeks = await ReadAsync(TimeSpan.FromMinutes(1));
        time.Advance(TimeSpan.FromDays(60));
        await store.FlushAsync();
        var afterMonths = await ReadAsync(TimeSpan.FromMinutes(1));
        time.Advance(TimeSpan.FromDays(400));
        await store.FlushAsync();
        var afterYears = await ReadAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([(Noon, 3, 5, 0, 4), (Noon.AddMinutes(5), 1, 5, 5, 5), (Noon.AddMinutes(60), 1, 61, 61, 61)], afterWeeks.Select(Row));
        Assert.Equal([(Noon, 4, 10, 0, 5), (Noon.AddMinutes(60), 1, 61, 61, 61)], afterMonths.Select(Row));
        Assert.Empty(afterYears);
        Assert.Empty(await store.ListAsync(null, null, DateTimeOffset.MinValue, after: 0));
    }

    [Fact]
    public async Task Drops_the_oldest_values_when_there_is_no_room_left()
    {
        await store.DisposeAsync();
        store = Open(bytesMax: 400_000);
        for (var minute = 0; minute < 8_000; minute++) store.Series(Latency).Record(Noon.AddMinutes(minute), minute, "None");
        time.Advance(TimeSpan.FromMinutes(11));
        await store.FlushAsync();

        var left = await ReadAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(7_999, left[^1].Values.Max);
        Assert.InRange(left.Count, 1, 7_999);
    }

    [Fact]
    public async Task Keeps_values_that_could_not_be_written_for_the_next_try()
    {
        using var other = new SqliteConnection($"Data Source={Path.Combine(directory.Path, "metrics.db")}");
        other.Open();
        // A trigger stands for a disk that is full.
        other.Run("CREATE TRIGGER refuse BEFORE INSERT ON points BEGIN SELECT RAISE(FAIL, 'no room'); END");
        store.Series(Latency).Record(Noon, 10, "None");
        await Assert.ThrowsAsync<SqliteException>(store.FlushAsync);
        store.Series(Latency).Record(Noon, 20, "None");
        other.Run("DROP TRIGGER refuse");

        Assert.Equal([(Noon, 2, 30, 10, 20)], (await ReadAsync(TimeSpan.FromMinutes(1))).Select(Row));
    }

    static (DateTimeOffset, double, double, double, double) Row(MetricPoint point) =>
        (point.Start, point.Values.Count, point.Values.Sum, point.Values.Min, point.Values.Max);

    Task<IReadOnlyList<MetricPoint>> ReadAsync(TimeSpan period, string? unit = null) =>
        store.ReadAsync(Latency, MetricPeriods.Aligned(Noon, Noon.AddDays(100), period), unit);

    MetricStore Open(long bytesMax = long.MaxValue) =>
        MetricStore.Open(directory.Path, new MetricRetention(bytesMax), time, NullLogger<MetricStore>.Instance);
}
