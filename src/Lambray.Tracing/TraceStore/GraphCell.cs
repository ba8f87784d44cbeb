namespace Lambray.Tracing.TraceStore;

/// <summary>The lengths of time by which the map is summed up as traces arrive, each a few of the one before, so that a long range costs little more than a short one.</summary>
public enum CellLength
{
    Second,
    TenSeconds,
    Minute,
    TenMinutes,
    Hour,
    QuarterDay,
    Day,
}

public static class CellLengths
{
    public static readonly IReadOnlyList<CellLength> All = Enum.GetValues<CellLength>();

    public static int Seconds(this CellLength length) => length switch
    {
        CellLength.Second => 1,
        CellLength.TenSeconds => 10,
        CellLength.Minute => 60,
        CellLength.TenMinutes => 600,
        CellLength.Hour => 3600,
        CellLength.QuarterDay => 21600,
        _ => 86400,
    };
}

/// <summary>What traces that began in one stretch of time add to one part of the map.</summary>
/// <param name="EpochSeconds">Where the stretch begins.</param>
public sealed record GraphCell(long EpochSeconds, GraphPart Part, GraphTally Tally);
