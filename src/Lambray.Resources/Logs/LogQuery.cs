namespace Lambray.Resources.Logs;

/// <summary>Which events, and in which order.</summary>
/// <param name="Start">Unix milliseconds.</param>
/// <param name="End">Unix milliseconds; events from here on are left out.</param>
public sealed record LogQuery(string Group, long Start, long End)
{
    /// <summary>Null for all streams of the group.</summary>
    public IReadOnlyCollection<string>? Streams { get; init; }

    public string StreamPrefix { get; init; } = "";

    /// <summary>The latest first.</summary>
    public bool FromEnd { get; init; }

    /// <summary>Goes on behind this event, in the order that is asked for.</summary>
    public LogPosition? Beyond { get; init; }
}
