namespace Lambray.Tracing.TraceStore;

/// <summary>Adds up many histograms: a place for each millisecond, as long as those are whole.</summary>
sealed class DurationSum
{
    const int PlacesMax = 10_000;

    readonly DurationCounts longer = new();
    int[] places = new int[64];

    public void Add(int milliseconds, int calls)
    {
        if (milliseconds >= PlacesMax)
        {
            longer.Add(milliseconds, calls);
            return;
        }
        if (milliseconds >= places.Length) Array.Resize(ref places, Math.Max(places.Length * 2, milliseconds + 1));
        places[milliseconds] += calls;
    }

    public void CopyTo(DurationCounts counts)
    {
        for (var milliseconds = 0; milliseconds < places.Length; milliseconds++)
            if (places[milliseconds] != 0) counts.Add(milliseconds, places[milliseconds]);
        foreach (var (milliseconds, calls) in longer) counts.Add(milliseconds, calls);
    }
}
