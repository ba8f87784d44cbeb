namespace Lambray.Tracing.Sampling;

/// <summary>How a reservoir is divided among clients: in whole requests per second, which together are the reservoir.</summary>
public static class ReservoirShare
{
    /// <param name="place">The client's place among all in an order that they share, from 0. The first get what does not divide evenly.</param>
    public static int Of(int reservoirSize, int clients, int place) =>
        (reservoirSize / clients) + (place < reservoirSize % clients ? 1 : 0);
}
