using System.Diagnostics.CodeAnalysis;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Texts in a summary, which must stay small whatever a document says.</summary>
static class SummaryText
{
    // What the X-Ray Developer Guide allows for the longest of them, the value of an annotation.
    const int CharactersMax = 1000;

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text)
    {
        if (text is null || text.Length <= CharactersMax) return text;
        // Half a surrogate pair would not survive being stored.
        return text[..(char.IsHighSurrogate(text[CharactersMax - 1]) ? CharactersMax - 1 : CharactersMax)];
    }
}
