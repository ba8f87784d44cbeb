using System.Globalization;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>An operator and a value of a filter expression, as a test of what stands before them.</summary>
static class FilterComparison
{
    static readonly string[] SymbolOperators = ["=", "!=", "<", "<=", ">", ">="];
    static readonly string[] WordOperators = ["CONTAINS", "BEGINSWITH", "ENDSWITH"];

    public static bool IsNext(FilterToken token) =>
        (token.Kind == FilterTokenKind.Symbol && SymbolOperators.Contains(token.Value)) || WordOperators.Any(token.IsWord);

    public static Func<bool, bool> OfFlag(FilterToken @operator, FilterToken value)
    {
        if (ReadFlag(value) is not { } wanted) throw FilterTokens.NotUnderstood($"{value.Value} where true or false was expected", value.Position);
        return @operator.Value switch
        {
            "=" => flag => flag == wanted,
            "!=" => flag => flag != wanted,
            _ => throw Unfit(@operator),
        };
    }

    public static Func<double, bool> OfNumber(FilterToken @operator, FilterToken value)
    {
        if (ReadNumber(value) is not { } limit) throw FilterTokens.NotUnderstood($"{value.Value} where a number was expected", value.Position);
        return @operator.Value switch
        {
            "=" => number => number == limit,
            "!=" => number => number != limit,
            "<" => number => number < limit,
            "<=" => number => number <= limit,
            ">" => number => number > limit,
            ">=" => number => number >= limit,
            _ => throw Unfit(@operator),
        };
    }

    public static Func<string, bool> OfText(FilterToken @operator, FilterToken value)
    {
        if (value.Kind is FilterTokenKind.Symbol or FilterTokenKind.End)
            throw FilterTokens.NotUnderstood($"{value.Value} where a string was expected", value.Position);
        var wanted = value.Value;
        return @operator.Value.ToUpperInvariant() switch
        {
            "=" => text => text == wanted,
            "!=" => text => text != wanted,
            "CONTAINS" => text => text.Contains(wanted, StringComparison.Ordinal),
            "BEGINSWITH" => text => text.StartsWith(wanted, StringComparison.Ordinal),
            "ENDSWITH" => text => text.EndsWith(wanted, StringComparison.Ordinal),
            _ => throw Unfit(@operator),
        };
    }

    /// <summary>The value's form decides: a number compares with numbers only, and so on.</summary>
    public static Func<AnnotationValue, bool> OfAnnotation(FilterToken @operator, FilterToken value)
    {
        if (ReadNumber(value) is not null)
        {
            var number = OfNumber(@operator, value);
            return annotation => annotation.Number is { } told && number(told);
        }
        if (ReadFlag(value) is not null)
        {
            var flag = OfFlag(@operator, value);
            return annotation => annotation.Flag is { } told && flag(told);
        }
        var text = OfText(@operator, value);
        return annotation => annotation.Text is { } told && text(told);
    }

    static bool? ReadFlag(FilterToken value) => value.IsWord("true") ? true : value.IsWord("false") ? false : null;

    static double? ReadNumber(FilterToken value) =>
        value.Kind == FilterTokenKind.Number && double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    static Aws.AwsException Unfit(FilterToken @operator) =>
        FilterTokens.NotUnderstood($"the operator {@operator.Value} does not fit this value", @operator.Position);
}
