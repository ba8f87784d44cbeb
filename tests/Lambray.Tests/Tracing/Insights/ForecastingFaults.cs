using Lambray.Tracing.Insights;
using Xunit;

namespace Lambray.Tests.Tracing.Insights;

public sealed class ForecastingFaults
{
    [Fact]
    public void Says_nothing_before_it_has_seen_a_quarter_of_an_hour_with_requests()
    {
        var past = Enumerable.Repeat(new FaultCount(100, 0), 14).Concat(Enumerable.Repeat(new FaultCount(0, 0), 100));

        Assert.Null(FaultForecast.Of(past, total: 100));
        Assert.NotNull(FaultForecast.Of(past.Append(new FaultCount(1, 0)), total: 100));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0, 1000)]
    [InlineData(0.02, 50)]
    [InlineData(0.02, 5000)]
    [InlineData(0.3, 200)]
    [InlineData(1, 20)]
    public void The_band_holds_what_chance_brings_and_not_what_is_far_from_it(double rate, int requests)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            long Draw() => Enumerable.Range(0, requests).Count(_ => random.NextDouble() < rate);
            var past = Enumerable.Range(0, 60).Select(_ => new FaultCount(requests, Draw())).ToList();
            var band = FaultForecast.Of(past, requests)!.Value;

            var outside = Enumerable.Range(0, 40).Count(_ => Draw() is var faults && (faults < band.Low || faults > band.High));
            Assert.True(outside <= 1, $"seed {seed}: {outside} of 40 outside {band}");
            var many = requests * Math.Min(1, (2 * rate) + 0.5);
            Assert.True(rate > 0.5 || many > band.High, $"seed {seed}: {many} within {band}");
            Assert.True(band.High <= requests && band.Low >= 0 && band.Low <= band.High, $"seed {seed}: {band}");
        }
    }

    [Fact]
    public void A_restless_past_widens_the_band()
    {
        var calm = Enumerable.Repeat(new FaultCount(1000, 50), 60);
        var restless = Enumerable.Range(0, 60).Select(minute => new FaultCount(1000, minute % 2 == 0 ? 10 : 90));

        Assert.True(FaultForecast.Of(restless, 1000)!.Value.High > FaultForecast.Of(calm, 1000)!.Value.High + 50);
    }
}
