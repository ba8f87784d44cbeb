using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.Cli.Drawing;

/// <summary>The exceptions of a trace, beneath its waterfall: where each was recorded, what it says, and the frame that threw it.</summary>
public static class TraceErrors
{
    public static IEnumerable<InkedLine> Draw(TraceTimeline timeline)
    {
        // Whoever passes an exception on records it again.
        var told = new HashSet<(string?, string?)>();
        var isFirst = true;
        foreach (var row in timeline.Rows)
        {
            foreach (var exception in row.Entity.Cause?.Exceptions ?? [])
            {
                if (!told.Add((exception.Type, exception.Message))) continue;
                if (isFirst) yield return InkedLine.Empty;
                isFirst = false;
                yield return new InkedLine(new InkedText(row.Name, Ink.Strong), "  ", new InkedText(TextOf(exception), Inks.Of(row.Status)));
                if (exception.Stack is [var frame, ..]) yield return new InkedLine(new InkedText($"  at {FrameOf(frame)}", Ink.Faint));
            }
        }
    }

    static string TextOf(TracedException exception) =>
        string.Join(": ", new[] { exception.Type, exception.Message }.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } text ? text : "an exception without a word";

    static string FrameOf(StackFrame frame) => $"{frame.Label} {frame.Path}{(frame.Line is { } line ? $":{line}" : "")}".Trim();
}
