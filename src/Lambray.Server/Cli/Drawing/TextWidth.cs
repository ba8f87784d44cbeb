using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Lambray.Server.Cli.Drawing;

/// <summary>How many cells of a terminal a text takes: of Chinese, Japanese and Korean letters and most pictures each takes two, of accents none.</summary>
static class TextWidth
{
    public static int Of(string text) => Ascii.IsValid(text) ? text.Length : new Segment(text).CellCount();

    /// <summary>As much of the text's beginning as fits, whole letters only.</summary>
    public static string Cut(string text, int width)
    {
        if (Of(text) <= width) return text;
        var (length, taken) = (0, 0);
        for (var letters = StringInfo.GetTextElementEnumerator(text); letters.MoveNext();)
        {
            taken += Of(letters.GetTextElement());
            if (taken > width) break;
            length = letters.ElementIndex + letters.GetTextElement().Length;
        }
        return text[..length];
    }
}
