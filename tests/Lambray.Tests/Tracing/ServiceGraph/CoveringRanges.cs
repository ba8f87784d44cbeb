using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceStore;
using Xunit;

namespace Lambray.Tests.Tracing.ServiceGraph;

public class CoveringRanges
{
    const long Midnight = 1_700_006_400;

    [Fact]
    public void Takes_days_in_the_middle_and_ever_shorter_cells_to_the_ends()
    {
        var cover = GraphRange.Cover(Midnight - 3661, Midnight + 86400 + 7325, CellLength.Day).Select(range => (range.Length, range.From, range.To));

        Assert.Equal(
            [
                (CellLength.Second, Midnight - 3661, Midnight - 3660), (CellLength.Minute, Midnight - 3660, Midnight - 3600),
                (CellLength.Hour, Midnight - 3600, Midnight), (CellLength.Day, Midnight, Midnight + 86400),
                (CellLength.Hour, Midnight + 86400, Midnight + 86400 + 7200), (CellLength.Minute, Midnight + 86400 + 7200, Midnight + 86400 + 7320),
                (CellLength.Second, Midnight + 86400 + 7320, Midnight + 86400 + 7325),
            ], cover);
        Assert.Equal(
            [(CellLength.TenMinutes, Midnight, Midnight + 1200), (CellLength.Minute, Midnight + 1200, Midnight + 1260), (CellLength.TenSeconds, Midnight + 1260, Midnight + 1300)],
            GraphRange.Cover(Midnight, Midnight + 1300, CellLength.Day).Select(range => (range.Length, range.From, range.To)));
    }

    [Fact]
    public void Leaves_out_cells_that_are_longer_than_asked_for() =>
        Assert.Equal([new CellRange(CellLength.Minute, Midnight, Midnight + 86400)], GraphRange.Cover(Midnight, Midnight + 86400, CellLength.Minute));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Covers_every_second_once(int seed)
    {
        var random = new Random(seed);
        var from = Midnight + random.Next(-200_000, 200_000);
        var to = from + random.Next(0, 300_000);

        var next = from;
        foreach (var (length, first, last) in GraphRange.Cover(from, to, CellLength.Day))
        {
            Assert.Equal((next, 0, 0), (first, first % length.Seconds(), last % length.Seconds()));
            next = last;
        }
        Assert.Equal(to, next);
    }
}
