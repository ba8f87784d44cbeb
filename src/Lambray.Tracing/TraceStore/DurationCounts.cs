using System.Collections;
using System.Runtime.InteropServices;

namespace Lambray.Tracing.TraceStore;

/// <summary>How many calls took so many milliseconds: a histogram as a sorted list, for most have a handful of steps.</summary>
public sealed class DurationCounts : IEnumerable<(int Milliseconds, int Calls)>
{
    readonly List<(int Milliseconds, int Calls)> steps = [];

    /// <summary>How many different durations there are.</summary>
    public int Count => steps.Count;

    /// <param name="calls">Negative to take away what was added before; a step without calls is none.</param>
    public void Add(int milliseconds, int calls)
    {
        var place = Find(milliseconds);
        if (place < 0)
        {
            if (calls != 0) steps.Insert(~place, (milliseconds, calls));
            return;
        }
        var sum = steps[place].Calls + calls;
        if (sum == 0) steps.RemoveAt(place);
        else steps[place] = (milliseconds, sum);
    }

    public IEnumerator<(int Milliseconds, int Calls)> GetEnumerator() => steps.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int Find(int milliseconds)
    {
        var (low, high) = (0, steps.Count - 1);
        // What is read or merged comes in order: its place is the end.
        if (high >= 0 && steps[high].Milliseconds < milliseconds) return ~steps.Count;
        var span = CollectionsMarshal.AsSpan(steps);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (span[middle].Milliseconds == milliseconds) return middle;
            if (span[middle].Milliseconds < milliseconds) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
