namespace Lambray.Daemon;

/// <summary>How a request to X-Ray came to nothing, by the classes of its telemetry.</summary>
enum ConnectionError
{
    Timeout,
    Refused,
    Http4xx,
    Http5xx,
    UnknownHost,
    Other,
}

/// <summary>What happened since the last telemetry record, counted by many threads at once.</summary>
sealed class DaemonCounters
{
    readonly long[] connectionErrors = new long[Enum.GetValues<ConnectionError>().Length];
    long received;
    long sent;
    long spilled;
    long rejected;
    bool everReceived;

    /// <summary>Whether any packet has come yet; before that there is nothing to tell.</summary>
    public bool EverReceived => Volatile.Read(ref everReceived);

    public void CountReceived()
    {
        Interlocked.Increment(ref received);
        if (!everReceived) Volatile.Write(ref everReceived, true);
    }

    public void CountSent(int segments) => Interlocked.Add(ref sent, segments);

    public void CountSpilled() => Interlocked.Increment(ref spilled);

    public void CountRejected(int segments = 1) => Interlocked.Add(ref rejected, segments);

    public void Count(ConnectionError error) => Interlocked.Increment(ref connectionErrors[(int)error]);

    /// <summary>The counts so far; they begin again at zero.</summary>
    public DaemonCounts Take() => new(
        Interlocked.Exchange(ref received, 0), Interlocked.Exchange(ref sent, 0), Interlocked.Exchange(ref spilled, 0), Interlocked.Exchange(ref rejected, 0),
        [.. Enumerable.Range(0, connectionErrors.Length).Select(index => Interlocked.Exchange(ref connectionErrors[index], 0))]);
}

/// <summary>Counts of one minute.</summary>
/// <param name="Sent">Accepted by the service.</param>
/// <param name="Spilled">Dropped for want of memory.</param>
/// <param name="Rejected">No segments, or so said the service.</param>
/// <param name="ConnectionErrors">By <see cref="ConnectionError"/>.</param>
sealed record DaemonCounts(long Received, long Sent, long Spilled, long Rejected, IReadOnlyList<long> ConnectionErrors);
