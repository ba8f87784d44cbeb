using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.Cli.Drawing;

/// <summary>What a piece of text means, from which a terminal's colour follows.</summary>
public enum Ink
{
    Plain,
    Faint,
    Strong,
    Ok,
    Error,
    Throttle,
    Fault,
    InProgress,
}

static class Inks
{
    public static Ink Of(TimelineStatus status) => status switch
    {
        TimelineStatus.Ok => Ink.Ok,
        TimelineStatus.Error => Ink.Error,
        TimelineStatus.Throttle => Ink.Throttle,
        TimelineStatus.Fault => Ink.Fault,
        _ => Ink.InProgress,
    };
}
