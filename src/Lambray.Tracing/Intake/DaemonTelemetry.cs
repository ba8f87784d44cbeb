namespace Lambray.Tracing.Intake;

/// <summary>What an X-Ray daemon did in a minute (<c>TelemetryRecord</c>).</summary>
public sealed record DaemonRecord(
    DateTimeOffset Timestamp, long Received, long Sent, long Spillover, long Rejected, IReadOnlyDictionary<string, long> BackendErrors);

/// <summary>A daemon by the name it goes by, its last record, and the sum of all that it has told since the server's start.</summary>
public sealed record DaemonFigures(string Host, DaemonRecord Last, DaemonRecord Total);

/// <summary>What daemons elsewhere tell of themselves, by host: how much they sent here, and how much they lost.</summary>
public sealed class DaemonTelemetry
{
    // A host's name is the sender's invention: those that were silent the longest make room.
    const int HostsMax = 1_000;

    readonly Lock gate = new();
    readonly Dictionary<string, (DaemonFigures Figures, long Order)> daemons = [];
    long order;

    /// <summary>By host.</summary>
    public IReadOnlyList<DaemonFigures> All
    {
        get
        {
            lock (gate) return [.. daemons.Values.Select(entry => entry.Figures).OrderBy(figures => figures.Host, StringComparer.Ordinal)];
        }
    }

    public void Note(string host, DaemonRecord record)
    {
        lock (gate)
        {
            var figures = daemons.TryGetValue(host, out var known)
                ? new DaemonFigures(host, record.Timestamp >= known.Figures.Last.Timestamp ? record : known.Figures.Last, Sum(known.Figures.Total, record))
                : new DaemonFigures(host, record, record);
            if (known.Figures is null && daemons.Count >= HostsMax) daemons.Remove(daemons.MinBy(entry => entry.Value.Order).Key);
            daemons[host] = (figures, order++);
        }
    }

    static DaemonRecord Sum(DaemonRecord total, DaemonRecord record) => new(
        record.Timestamp, total.Received + record.Received, total.Sent + record.Sent, total.Spillover + record.Spillover,
        total.Rejected + record.Rejected,
        total.BackendErrors.Concat(record.BackendErrors).GroupBy(error => error.Key, error => error.Value).ToDictionary(kind => kind.Key, kind => kind.Sum()));
}
