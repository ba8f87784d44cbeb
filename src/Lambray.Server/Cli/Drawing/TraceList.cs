using System.Globalization;
using Lambray.Server.Cli.AwsApi;

namespace Lambray.Server.Cli.Drawing;

/// <summary>Trace summaries as a table, the newest first as they came.</summary>
public static class TraceList
{
    static readonly InkedText[] Heads = [Faint("Trace"), Faint("Started"), Faint("Duration"), Faint("Response"), Faint("Status"), Faint("Entry point")];
    static readonly int[] Right = [2, 3];

    // For lines that come one by one: what ids and times take, and what others seldom exceed.
    static readonly int[] Widths = [35, 19, 8, 8, 15, 80];

    public static InkedLine Header => Columns.Line(Heads, Widths, Right);

    public static IEnumerable<InkedLine> Draw(IReadOnlyList<TraceSummaryItem> summaries, TimeZoneInfo zone) =>
        Columns.Align([Heads, .. summaries.Select(summary => Row(summary, zone))], Right);

    /// <summary>One trace beneath the <see cref="Header"/>, whatever comes after it.</summary>
    public static InkedLine Line(TraceSummaryItem summary, TimeZoneInfo zone) => Columns.Line(Row(summary, zone), Widths, Right);

    static InkedText[] Row(TraceSummaryItem summary, TimeZoneInfo zone) =>
    [
        summary.Id,
        summary.StartTime is { } start
            ? TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddSeconds(start), zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : "",
        Durations.Of(summary.Duration),
        summary.ResponseTime is { } response ? Durations.Of(response) : "",
        Status(summary),
        EntryPoint(summary),
    ];

    static InkedText Status(TraceSummaryItem summary)
    {
        var (word, ink) = summary switch
        {
            { HasFault: true } => ("fault", Ink.Fault),
            { HasThrottle: true } => ("throttle", Ink.Throttle),
            { HasError: true } => ("error", Ink.Error),
            { IsPartial: true } => ("in progress", Ink.InProgress),
            _ => ("OK", Ink.Ok),
        };
        return new InkedText(summary.Http?.HttpStatus is { } status ? string.Create(CultureInfo.InvariantCulture, $"{status} {word}") : word, ink);
    }

    static string EntryPoint(TraceSummaryItem summary) =>
        summary.Http?.HttpURL is { } url ? $"{summary.Http.HttpMethod} {url}".TrimStart()
        : $"{summary.EntryPoint?.Name} {summary.EntryPoint?.Type}".Trim();

    static InkedText Faint(string text) => new(text, Ink.Faint);
}
