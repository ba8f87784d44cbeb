using Lambray.Tracing.TraceStore;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi;

/// <summary>The range of time that a page looks at: the last minutes, which move on, or from one moment to another.</summary>
/// <param name="Last">Minutes; an hour when nothing is given.</param>
sealed record AskedRange([FromQuery(Name = "last")] int? Last, [FromQuery(Name = "from")] DateTimeOffset? From, [FromQuery(Name = "to")] DateTimeOffset? To)
{
    const int DefaultMinutes = 60;

    // As long as traces are kept.
    const int MinutesMax = 30 * 24 * 60;

    public TraceTimeRange At(DateTimeOffset now)
    {
        if (From is { } from && To is { } to)
            return from < to ? new TraceTimeRange(from, to) : throw Asked.Wrong("The time range ends before it begins.");
        if (From is not null || To is not null) throw Asked.Wrong("A time range has both 'from' and 'to', or 'last'.");
        var minutes = Last ?? DefaultMinutes;
        Asked.Within(minutes, "last", MinutesMax);
        // Clocks of other machines may be a little ahead.
        return new TraceTimeRange(now.AddMinutes(-minutes), now.AddMinutes(1));
    }
}
