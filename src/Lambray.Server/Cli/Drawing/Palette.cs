using Spectre.Console;

namespace Lambray.Server.Cli.Drawing;

/// <summary>Inks as the colours of a terminal: those of the X-Ray console, where errors are yellow, throttles purple and faults red.</summary>
static class Palette
{
    public static Paragraph Paint(InkedLine line)
    {
        var paragraph = new Paragraph();
        foreach (var piece in line.Pieces) paragraph.Append(piece.Text, StyleOf(piece.Ink));
        return paragraph.Append("\n");
    }

    static Style StyleOf(Ink ink) => ink switch
    {
        Ink.Faint => new Style(Color.Grey),
        Ink.Strong => new Style(decoration: Decoration.Bold),
        Ink.Ok => new Style(Color.Green),
        Ink.Error => new Style(Color.Yellow),
        Ink.Throttle => new Style(Color.Purple),
        Ink.Fault => new Style(Color.Red),
        Ink.InProgress => new Style(Color.Blue),
        _ => Style.Plain,
    };
}
