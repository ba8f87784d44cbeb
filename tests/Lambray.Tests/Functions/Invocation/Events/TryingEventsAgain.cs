using Lambray.Functions.Invocation.Events;
using Xunit;

namespace Lambray.Tests.Functions.Invocation.Events;

public sealed class TryingEventsAgain
{
    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(3, null)]
    [InlineData(4, null)]
    public void A_failed_attempt_is_followed_by_two_more(int failed, int? seconds) =>
        Assert.Equal(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, EventRetry.WaitAfterFailure(failed, EventRetry.RetriesMax));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(8, 128)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(int.MaxValue, 300)]
    public void Waits_after_throttles_double_up_to_five_minutes(int throttles, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), EventRetry.WaitAfterThrottle(throttles));
}
