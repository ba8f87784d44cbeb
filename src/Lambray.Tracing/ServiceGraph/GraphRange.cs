using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>Covers a range of time with as few cells as there are: long ones in the middle, seconds at the ends.</summary>
public static class GraphRange
{
    /// <param name="from">Seconds since 1970.</param>
    /// <param name="to">Not part of the range.</param>
    /// <param name="length">No cell is longer.</param>
    public static IEnumerable<CellRange> Cover(long from, long to, CellLength length)
    {
        if (from >= to) yield break;
        var seconds = length.Seconds();
        var first = (from + seconds - 1) / seconds * seconds;
        var last = to / seconds * seconds;
        if (first >= last)
        {
            foreach (var part in Cover(from, to, length - 1)) yield return part;
            yield break;
        }
        foreach (var part in Cover(from, first, length - 1)) yield return part;
        yield return new CellRange(length, first, last);
        foreach (var part in Cover(last, to, length - 1)) yield return part;
    }
}
