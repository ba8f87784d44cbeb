using System.Text;
using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Resources.Logs.FilterPatterns;

/// <summary>The text of a pattern, read from front to back.</summary>
sealed class PatternText(string text)
{
    int at;

    public bool IsAtEnd => at == text.Length;

    /// <summary>The next character; none at the end.</summary>
    public char Peek => at < text.Length ? text[at] : '\0';

    public void SkipSpace()
    {
        while (char.IsWhiteSpace(Peek)) at++;
    }

    /// <summary>Goes on behind this text if it is next, with space around it.</summary>
    public bool TryTake(string next)
    {
        SkipSpace();
        if (!text.AsSpan(at).StartsWith(next, StringComparison.Ordinal)) return false;
        at += next.Length;
        SkipSpace();
        return true;
    }

    public void Take(string next)
    {
        if (!TryTake(next)) throw Invalid();
    }

    /// <summary>A word that ends where no such character is.</summary>
    public bool TryTakeWord(string word)
    {
        SkipSpace();
        var end = at + word.Length;
        return (end >= text.Length || !char.IsLetterOrDigit(text[end])) && TryTake(word);
    }

    public string TakeWhile(Func<char, bool> belongs)
    {
        var start = at;
        while (at < text.Length && belongs(text[at])) at++;
        return text[start..at];
    }

    /// <summary>What is between double quotes, of which a backslash takes the meaning.</summary>
    public string TakeQuoted()
    {
        var quoted = new StringBuilder();
        for (at++; Peek != '"'; at++)
        {
            if (Peek == '\\' && at + 1 < text.Length) at++;
            if (IsAtEnd) throw Invalid();
            quoted.Append(text[at]);
        }
        at++;
        return quoted.ToString();
    }

    /// <summary>A regular expression between percent signs.</summary>
    public Regex TakeRegex()
    {
        var end = text.IndexOf('%', at + 1);
        if (end < 0) throw Invalid();
        var pattern = text[(at + 1)..end];
        at = end + 1;
        try
        {
            // What a stranger wrote must not take for ever.
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw LogErrors.InvalidParameter($"Invalid filter pattern: '{pattern}' is no regular expression");
        }
    }

    public static AwsException Invalid() => LogErrors.InvalidParameter("Invalid filter pattern");
}
