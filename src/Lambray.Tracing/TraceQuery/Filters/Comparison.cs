using System.Globalization;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery.Filters;

enum FilterOperator
{
    /// <summary>No operator at all: there is a value.</summary>
    IsSet,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    BeginsWith,
    EndsWith,
}

/// <summary>An operator and its right-hand side, as a test of what stands before them. A value of another type fails it.</summary>
readonly record struct Comparison(FilterOperator Operator, AnnotationValue Operand)
{
    public static readonly Comparison IsSet = new(FilterOperator.IsSet, default);

    static readonly (string Spelling, FilterOperator Operator)[] Spellings =
    [
        ("=", FilterOperator.Equal), ("!=", FilterOperator.NotEqual), ("<", FilterOperator.Less), ("<=", FilterOperator.LessOrEqual),
        (">", FilterOperator.Greater), (">=", FilterOperator.GreaterOrEqual),
        ("CONTAINS", FilterOperator.Contains), ("BEGINSWITH", FilterOperator.BeginsWith), ("ENDSWITH", FilterOperator.EndsWith),
    ];

    public static FilterOperator? FindOperator(FilterToken token)
    {
        foreach (var (spelling, found) in Spellings)
            if (token.IsSymbol(spelling) || token.IsWord(spelling)) return found;
        return null;
    }

    public static bool IsOfNumbers(FilterOperator @operator) => @operator <= FilterOperator.GreaterOrEqual;

    public static bool IsOfTexts(FilterOperator @operator) =>
        @operator is FilterOperator.Equal or FilterOperator.NotEqual or >= FilterOperator.Contains;

    public static bool IsOfFlags(FilterOperator @operator) => @operator is FilterOperator.Equal or FilterOperator.NotEqual;

    public bool Holds(double value) => Holds(value, value);

    /// <summary>Whether it may hold for one of several values, of which the smallest and the largest are known.</summary>
    public bool Holds(double min, double max)
    {
        if (Operator == FilterOperator.IsSet) return true;
        if (Operand.Number is not { } limit) return false;
        return Operator switch
        {
            FilterOperator.Equal => min <= limit && limit <= max,
            FilterOperator.NotEqual => min != limit || max != limit,
            FilterOperator.Less => min < limit,
            FilterOperator.LessOrEqual => min <= limit,
            FilterOperator.Greater => max > limit,
            FilterOperator.GreaterOrEqual => max >= limit,
            _ => false,
        };
    }

    public bool Holds(string? value)
    {
        if (value is null) return false;
        if (Operator == FilterOperator.IsSet) return true;
        if (Operand.Text is not { } wanted) return false;
        return Operator switch
        {
            FilterOperator.Equal => value == wanted,
            FilterOperator.NotEqual => value != wanted,
            FilterOperator.Contains => value.Contains(wanted, StringComparison.Ordinal),
            FilterOperator.BeginsWith => value.StartsWith(wanted, StringComparison.Ordinal),
            FilterOperator.EndsWith => value.EndsWith(wanted, StringComparison.Ordinal),
            _ => false,
        };
    }

    public bool Holds(bool value) => Operator switch
    {
        FilterOperator.IsSet => true,
        FilterOperator.Equal => Operand.Flag == value,
        FilterOperator.NotEqual => Operand.Flag == !value,
        _ => false,
    };

    public bool Holds(AnnotationValue value) =>
        value.Text is { } text ? Holds(text) : value.Number is { } number ? Holds(number) : value.Flag is { } flag && Holds(flag);

    /// <summary>As it stands behind the keyword: nothing, or <c> = "a"</c>.</summary>
    public override string ToString()
    {
        var wanted = Operator;
        return wanted == FilterOperator.IsSet ? "" : $" {Spellings.First(one => one.Operator == wanted).Spelling} {Print(Operand)}";
    }

    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    static string Print(AnnotationValue operand) =>
        operand.Text is { } text ? Quote(text) : operand.Number is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : operand.ToString();
}
