using System.Globalization;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.Cli.Drawing;

/// <summary>A trace as a waterfall: each segment and subsegment a line with its times and a bar on one scale.</summary>
public static class Waterfall
{
    public const int WidthMin = 80;
    public const int WidthMax = 200;

    const int TimeWidth = 9;
    const int StatusWidth = 12;
    const int BarWidthMin = 12;

    // What a name is left at least: lines of deep traces stand closer together before names are cut further.
    const int NameWidthMin = 16;

    public static IEnumerable<InkedLine> Draw(TraceTimeline timeline, int width)
    {
        var room = Room.Of(timeline.Rows, Math.Clamp(width, WidthMin, WidthMax));
        var guides = TreeGuides.Of([.. timeline.Rows.Select(row => row.Depth)], StepFor(timeline.Rows, room.NameMax));
        var widths = room.Share(timeline.Rows.Select((row, index) => guides[index] + row.Name));
        yield return Title(timeline);
        yield return Header(timeline, widths);
        for (var index = 0; index < guides.Count; index++)
            yield return Line(timeline.Rows[index], guides[index], timeline.DurationMicroseconds, widths);
    }

    /// <summary>The widest step of the tree at which names keep their room.</summary>
    static int StepFor(IReadOnlyList<TimelineRow> rows, int nameMax)
    {
        var step = TreeGuides.StepMax;
        while (step > 1 && rows.Any(row => (row.Depth * step) + Math.Min(TextWidth.Of(row.Name), NameWidthMin) > nameMax)) step--;
        return step;
    }

    static InkedLine Title(TraceTimeline timeline)
    {
        var segments = timeline.Rows.Count(row => row is { Kind: TimelineRowKind.Segment, Inferred: false });
        var summary = $"  {Durations.OfMicroseconds(timeline.DurationMicroseconds)}, {segments} {(segments == 1 ? "segment" : "segments")}";
        return new InkedLine(new InkedText($"Trace {timeline.TraceId}", Ink.Strong), summary);
    }

    static InkedLine Header(TraceTimeline timeline, Widths widths)
    {
        var end = Durations.OfMicroseconds(timeline.DurationMicroseconds);
        var scale = "0 ms" + end.PadLeft(widths.Bar - "0 ms".Length);
        return new InkedLine(
            Faint("Name").Fit(widths.Name), " ", Faint("Type").Fit(widths.Type), " ", Faint("Start").Fit(TimeWidth, right: true), " ",
            Faint("Duration").Fit(TimeWidth, right: true), "  ", Faint(scale), "  ", Faint("Status"));
    }

    static InkedLine Line(TimelineRow row, string guide, long total, Widths widths)
    {
        var ink = Inks.Of(row.Status);
        var duration = row.DurationMicroseconds is { } known ? Durations.OfMicroseconds(known) : "…";
        // What lies very deep leaves its name a little room, and its line the others' columns.
        var lines = Faint(guide).Fit(Math.Min(guide.Length, Math.Max(0, widths.Name - Math.Min(NameWidthMin, TextWidth.Of(row.Name)))));
        return new InkedLine(
            lines, new InkedText(row.Name, row.Kind == TimelineRowKind.Segment ? Ink.Strong : Ink.Plain).Fit(widths.Name - lines.Width),
            " ", Faint(TypeOf(row)).Fit(widths.Type),
            " ", new InkedText(Durations.OfMicroseconds(row.StartOffsetMicroseconds)).Fit(TimeWidth, right: true),
            " ", new InkedText(duration).Fit(TimeWidth, right: true),
            "  ", new InkedText(Bar(row, total, widths.Bar), ink).Fit(widths.Bar), "  ", new InkedText(StatusOf(row), ink));
    }

    // Inferred segments are hollow: nobody measured them, the caller's subsegment above did.
    static string Bar(TimelineRow row, long total, int width)
    {
        var scale = total > 0 ? (double)width / total : 0;
        var first = Math.Clamp((int)(row.StartOffsetMicroseconds * scale), 0, width - 1);
        var end = row.DurationMicroseconds is { } duration ? (row.StartOffsetMicroseconds + duration) * scale : width;
        // Whatever was measured shows, however short.
        var length = Math.Clamp((int)Math.Round(end) - first, 1, width - first);
        return new string(' ', first) + new string(row.Inferred ? '░' : row.DurationMicroseconds is null ? '▒' : '█', length);
    }

    static string TypeOf(TimelineRow row) =>
        row.Inferred ? $"{row.Origin ?? "remote"} (inferred)"
        : row.Origin ?? (row.Namespace is { } space ? $"{space} {row.Operation}".TrimEnd() : "");

    static string StatusOf(TimelineRow row)
    {
        if (row.Status == TimelineStatus.InProgress) return "in progress";
        var word = row.Status == TimelineStatus.Ok ? "OK" : row.Status.ToString().ToLowerInvariant();
        return row.HttpStatus is { } code ? string.Create(CultureInfo.InvariantCulture, $"{code} {word}") : word;
    }

    static InkedText Faint(string text) => new(text, Ink.Faint);

    /// <summary>How the width is shared out: names and types get what they need as far as it goes, the bars the rest.</summary>
    readonly record struct Room(int Type, int NameAndBar)
    {
        public int NameMax => NameAndBar - BarWidthMin;

        public static Room Of(IReadOnlyList<TimelineRow> rows, int total)
        {
            var free = total - (2 * TimeWidth) - StatusWidth - " ".Length - " ".Length - " ".Length - "  ".Length - "  ".Length;
            var type = Math.Clamp(rows.Select(row => TextWidth.Of(TypeOf(row))).DefaultIfEmpty().Max(), 4, free / 3);
            return new Room(type, free - type);
        }

        public Widths Share(IEnumerable<string> names)
        {
            var name = Math.Clamp(names.Select(TextWidth.Of).DefaultIfEmpty().Max(), "Name".Length, NameMax);
            return new Widths(name, Type, NameAndBar - name);
        }
    }

    readonly record struct Widths(int Name, int Type, int Bar);
}
