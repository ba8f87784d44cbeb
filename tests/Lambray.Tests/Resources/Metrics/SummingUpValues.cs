using Lambray.Resources.Metrics;
using Xunit;

namespace Lambray.Tests.Resources.Metrics;

public sealed class SummingUpValues
{
    [Theory]
    [InlineData("Average", 500.5)]
    [InlineData("SampleCount", 1000)]
    [InlineData("Sum", 500500)]
    [InlineData("Minimum", 1)]
    [InlineData("Maximum", 1000)]
    [InlineData("p0", 1)]
    [InlineData("p50", 500)]
    [InlineData("p99.9", 999)]
    [InlineData("p100", 1000)]
    [InlineData("tm90", 450)]
    [InlineData("TM(10%:90%)", 500)]
    [InlineData("TM(100:200)", 150)]
    [InlineData("TC(100:200)", 100)]
    [InlineData("TS(100:200)", 15000)]
    [InlineData("wm50", 375)]
    [InlineData("PR(:300)", 30)]
    [InlineData("PR(900:)", 10)]
    [InlineData("IQM", 500)]
    public void Computes_each_statistic_of_a_thousand_values(string statistic, double expected)
    {
        var values = new Distribution();
        for (var i = 1; i <= 1000; i++) values.Add(i);

        var computed = Statistic.Parse(statistic)!.Of(values);

        // The bound of a spread in buckets that are 5 % wide.
        Assert.InRange(computed!.Value, expected * 0.965, expected * 1.035);
    }

    [Fact]
    public void Keeps_its_spread_as_bytes_and_when_added_up_negative_values_too()
    {
        var (some, others) = (new Distribution(), new Distribution());
        foreach (var value in (double[])[-250, -1, 0]) some.Add(value);
        foreach (var value in (double[])[0.001, 3, 1e30]) others.Add(value, count: 2);

        some.Add(Distribution.FromBytes(others.Count, others.Sum, others.Min, others.Max, others.SpreadToBytes()));

        Assert.Equal([1.0, 1, 1, 2, 2, 2], some.Ranges().Select(range => range.Count));
        Assert.Equal((-250.0, 1e30, 9.0), (some.Min, some.Max, some.Count));
        Assert.True(some.HasSpread);
    }

    [Fact]
    public void Knows_no_percentiles_of_values_that_came_as_their_sum_and_extremes()
    {
        var values = new Distribution();
        values.AddStatistics(count: 10, sum: 100, min: 1, max: 90);

        Assert.Null(Statistic.Parse("p50")!.Of(values));
        Assert.Equal(10, Statistic.Parse("Average")!.Of(values));
    }

    [Theory]
    [InlineData("p101")]
    [InlineData("p")]
    [InlineData("Median")]
    [InlineData("TM(90%:10%)")]
    [InlineData("PR(10%:20%)")]
    [InlineData("tm(1:2")]
    public void Refuses_what_is_no_statistic(string text) => Assert.Null(Statistic.Parse(text));
}
