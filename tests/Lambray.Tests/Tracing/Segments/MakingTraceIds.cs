using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Tracing.Segments;

public sealed class MakingTraceIds
{
    static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 999_999)]
    [InlineData(999_999, 1_000_000)]
    public void One_made_later_sorts_behind(int before, int after) =>
        Assert.True(TraceId.New(Now.AddMicroseconds(before)).CompareTo(TraceId.New(Now.AddMicroseconds(after))) < 0);

    [Fact]
    public void Those_of_one_moment_differ_and_begin_with_its_second()
    {
        TraceId[] ids = [.. Enumerable.Range(0, 1000).Select(_ => TraceId.New(Now))];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.StartsWith($"1-{Now.ToUnixTimeSeconds():x8}-", id.ToString(), StringComparison.Ordinal));
    }
}
