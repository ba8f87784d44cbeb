using System.Globalization;
using System.Text.RegularExpressions;

namespace Lambray.Resources.Logs.FilterPatterns;

/// <summary>A comparison with a value: <c>= "text*"</c>, <c>!= %regex%</c>, <c>&gt;= 4.2</c>.</summary>
sealed class ValueCondition
{
    // The longer first.
    static readonly string[] Operators = ["!=", "<=", ">=", "=", "<", ">"];

    readonly string comparison;
    readonly string text = "";
    readonly Regex? regex;
    readonly double? number;

    ValueCondition(string comparison, Regex regex) => (this.comparison, this.regex) = (comparison, regex);

    /// <param name="isQuoted">Whether it is meant as text even where it looks like a number.</param>
    ValueCondition(string comparison, string text, bool isQuoted)
    {
        (this.comparison, this.text) = (comparison, text);
        if (!isQuoted && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)) number = parsed;
        else if (text.Contains('*', StringComparison.Ordinal)) regex = Wildcards(text);
    }

    /// <summary>Null when no operator is next.</summary>
    /// <param name="endsWord">What a value without quotes ends at, beside space.</param>
    public static ValueCondition? TryRead(PatternText text, string endsWord)
    {
        if (Operators.FirstOrDefault(text.TryTake) is not { } comparison) return null;
        var condition = text.Peek switch
        {
            '"' => new ValueCondition(comparison, text.TakeQuoted(), isQuoted: true),
            '%' => new ValueCondition(comparison, text.TakeRegex()),
            _ => new ValueCondition(comparison, TakeWord(text, endsWord), isQuoted: false),
        };
        // Only numbers have an order.
        return comparison[0] is '<' or '>' && condition.number is null ? throw PatternText.Invalid() : condition;
    }

    /// <param name="asNumber">The value as a number, where it is one.</param>
    public bool Holds(string value, double? asNumber) => comparison switch
    {
        "=" => IsEqual(value, asNumber),
        "!=" => !IsEqual(value, asNumber),
        "<" => asNumber < number,
        ">" => asNumber > number,
        "<=" => asNumber <= number,
        _ => asNumber >= number,
    };

    bool IsEqual(string value, double? asNumber) =>
        regex?.IsMatch(value) ?? (number is { } wanted && asNumber is { } given ? given.Equals(wanted) : value == text);

    static string TakeWord(PatternText text, string endsWord)
    {
        var word = text.TakeWhile(next => !char.IsWhiteSpace(next) && !endsWord.Contains(next, StringComparison.Ordinal));
        return word.Length > 0 ? word : throw PatternText.Invalid();
    }

    static Regex Wildcards(string text) =>
        new($"^{Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
