using Lambray.Tracing.Sampling;
using Xunit;

namespace Lambray.Tests.Tracing.Sampling;

public class SamplingRequests
{
    static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_040);

    [Fact]
    public void Takes_the_first_request_of_each_minute_and_function()
    {
        var sampler = new LambdaSampler(new LambdaSamplingConfig(Rate: 0));

        Assert.True(sampler.Decide("a", Start));
        Assert.False(sampler.Decide("a", Start.AddSeconds(59)));
        Assert.True(sampler.Decide("b", Start.AddSeconds(59)));
        Assert.True(sampler.Decide("a", Start.AddSeconds(60)));
        Assert.False(sampler.Decide("a", Start.AddSeconds(-1)));
    }

    [Fact]
    public void Takes_the_configured_part_of_the_others()
    {
        var sampler = new LambdaSampler(new LambdaSamplingConfig(FirstPerMinute: 0), new Random(7));

        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => sampler.Decide("a", Start)), 400, 600);
    }
}
