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

    /// <summary>Cut or filled up to this many characters.</summary>
    public InkedText Fit(int width, bool right = false) => new(
        Text.Length > width ? string.Concat(Text.AsSpan(0, Math.Max(0, width - 1)), "…")
        : right ? Text.PadLeft(width)
        : Text.PadRight(width), Ink);

    public static implicit operator InkedText(string text) => new(text);
}

/// <summary>A line of a drawing; as text it has no colours and no blanks at its end.</summary>
public sealed record InkedLine(params IReadOnlyList<InkedText> Pieces)
{
    public static readonly InkedLine Empty = new();

    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text)).TrimEnd();
}
