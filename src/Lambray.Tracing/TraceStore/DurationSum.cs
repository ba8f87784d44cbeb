using System.Buffers;

namespace Lambray.Tracing.TraceStore;

/// <summary>Adds up many histograms: a place for each millisecond, as long as those are whole.</summary>
sealed class DurationSum
{
    const int PlacesMax = 10_000;

    readonly DurationCounts longer = new();
    int[] places = Rent(64);

    public void Add(int milliseconds, int calls)
    {
        if (milliseconds >= PlacesMax)
        {
            longer.Add(milliseconds, calls);
            return;
        }
        if (milliseconds >= places.Length) Grow(Math.Max(places.Length * 2, milliseconds + 1));
        places[milliseconds] += calls;
    }

    /// <summary>Leaves nothing here.</summary>
    public void MoveTo(DurationCounts counts)
    {
        for (var milliseconds = 0; milliseconds < places.Length; milliseconds++)
            if (places[milliseconds] != 0) counts.Add(milliseconds, places[milliseconds]);
        foreach (var (milliseconds, calls) in longer) counts.Add(milliseconds, calls);
        ArrayPool<int>.Shared.Return(places);
        places = [];
    }

    void Grow(int length)
    {
        var longer = Rent(length);
        places.CopyTo(longer, 0);
        ArrayPool<int>.Shared.Return(places);
        places = longer;
    }

    // A map of a thousand parts would leave dozens of megabytes behind with each question.
    static int[] Rent(int length)
    {
        var rented = ArrayPool<int>.Shared.Rent(length);
        Array.Clear(rented);
        return rented;
    }
}
