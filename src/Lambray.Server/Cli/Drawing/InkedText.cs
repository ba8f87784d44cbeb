namespace Lambray.Server.Cli.Drawing;

/// <summary>A piece of a line in one ink.</summary>
/// <remarks>Names come from whoever sends segments: control characters, which could steer a terminal, are replaced.</remarks>
public readonly record struct InkedText
{
    public InkedText(string text, Ink ink = Ink.Plain)
    {
        Text = text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? '\ufffd' : letter)) : text;
        Ink = ink;
    }

    public string Text { get; }

    public Ink Ink { get; }

    /// <summary>Cells of a terminal.</summary>
    public int Width => TextWidth.Of(Text);

    /// <summary>Cut or filled up to this many cells.</summary>
    public InkedText Fit(int width, bool right = false)
    {
        var text = Width > width ? TextWidth.Cut(Text, Math.Max(0, width - 1)) + "…" : Text;
        // A letter of two cells may not have fitted into the last one.
        var blanks = new string(' ', Math.Max(0, width - TextWidth.Of(text)));
        return new InkedText(right ? blanks + text : text + blanks, Ink);
    }

    public static implicit operator InkedText(string text) => new(text);
}

/// <summary>A line of a drawing; as text it has no colours and no blanks at its end.</summary>
public sealed record InkedLine(params IReadOnlyList<InkedText> Pieces)
{
    public static readonly InkedLine Empty = new();

    /// <summary>As much of the line as these many cells hold.</summary>
    public InkedLine Cut(int width)
    {
        var (left, pieces) = (width, new List<InkedText>());
        foreach (var piece in Pieces)
        {
            if (left <= 0) break;
            pieces.Add(piece.Width > left ? piece.Fit(left) : piece);
            left -= piece.Width;
        }
        return new InkedLine(pieces);
    }

    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text)).TrimEnd();
}
