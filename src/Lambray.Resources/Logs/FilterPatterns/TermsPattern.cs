using System.Text.RegularExpressions;

namespace Lambray.Resources.Logs.FilterPatterns;

/// <summary>Words, quoted phrases and regular expressions that a message has to contain, each or (with <c>?</c>) one of them, or (with <c>-</c>) must not.</summary>
sealed class TermsPattern(IReadOnlyList<Term> included, IReadOnlyList<Term> optional, IReadOnlyList<Term> excluded) : FilterPattern
{
    public static TermsPattern Read(PatternText text)
    {
        var (included, optional, excluded) = (new List<Term>(), new List<Term>(), new List<Term>());
        for (text.SkipSpace(); !text.IsAtEnd; text.SkipSpace())
        {
            var terms = text.TryTake("?") ? optional : text.TryTake("-") ? excluded : included;
            terms.Add(Term.Read(text));
        }
        return new TermsPattern(included, optional, excluded);
    }

    // As AWS documents it: beside other terms, those with a question mark do not count.
    public override bool Matches(string message) =>
        included.All(term => term.IsIn(message)) && !excluded.Any(term => term.IsIn(message))
        && (included.Count + excluded.Count > 0 || optional.Count == 0 || optional.Any(term => term.IsIn(message)));
}

/// <summary>A part of a message, as text or as a regular expression.</summary>
sealed class Term
{
    readonly string text = "";
    readonly Regex? regex;

    Term(string text) => this.text = text;

    Term(Regex regex) => this.regex = regex;

    public static Term Read(PatternText text) => text.Peek switch
    {
        '"' => new Term(text.TakeQuoted()),
        '%' => new Term(text.TakeRegex()),
        _ => new Term(TakeWord(text)),
    };

    public bool IsIn(string message) => regex?.IsMatch(message) ?? message.Contains(text, StringComparison.Ordinal);

    static string TakeWord(PatternText text)
    {
        var word = text.TakeWhile(next => !char.IsWhiteSpace(next));
        return word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || letter == '_')
            ? word
            : throw LogErrors.InvalidParameter($"Invalid character(s) in term '{word}'");
    }
}
