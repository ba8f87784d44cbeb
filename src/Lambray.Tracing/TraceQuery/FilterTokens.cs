using System.Text;
using Lambray.Aws;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Cuts a filter expression into tokens.</summary>
static class FilterTokens
{
    static readonly string[] Symbols = ["!=", "<=", ">=", "=", "<", ">", "!", "(", ")", "[", "]", "{", "}", ","];

    public static List<FilterToken> Of(string expression)
    {
        var tokens = new List<FilterToken>();
        for (var at = 0; at < expression.Length;)
        {
            if (char.IsWhiteSpace(expression[at]))
            {
                at++;
                continue;
            }
            var (token, length) = Next(expression, at);
            tokens.Add(token);
            at += length;
        }
        tokens.Add(new FilterToken(FilterTokenKind.End, "the end", expression.Length + 1));
        return tokens;
    }

    public static AwsException NotUnderstood(string what, int position) =>
        new("InvalidRequestException", 400, $"The filter expression is not understood at position {position}: {what}.");

    static (FilterToken Token, int Length) Next(string expression, int at)
    {
        if (expression[at] == '"') return Text(expression, at);
        if (Symbols.FirstOrDefault(symbol => string.CompareOrdinal(expression, at, symbol, 0, symbol.Length) == 0) is { } symbol)
            return (new FilterToken(FilterTokenKind.Symbol, symbol, at + 1), symbol.Length);
        if (Length(expression, at, c => char.IsAsciiDigit(c) || c is '.' or '-') is > 0 and var digits)
            return (new FilterToken(FilterTokenKind.Number, expression.Substring(at, digits), at + 1), digits);
        if (Length(expression, at, c => char.IsLetterOrDigit(c) || c is '.' or '_' or ':' or '-') is > 0 and var letters)
            return (new FilterToken(FilterTokenKind.Word, expression.Substring(at, letters), at + 1), letters);
        throw NotUnderstood($"'{expression[at]}'", at + 1);
    }

    static (FilterToken Token, int Length) Text(string expression, int at)
    {
        var text = new StringBuilder();
        for (var i = at + 1; i < expression.Length; i++)
        {
            if (expression[i] == '"') return (new FilterToken(FilterTokenKind.Text, text.ToString(), at + 1), i + 1 - at);
            if (expression[i] == '\\' && i + 1 < expression.Length) i++;
            text.Append(expression[i]);
        }
        throw NotUnderstood("a string without its closing quote", at + 1);
    }

    static int Length(string expression, int at, Func<char, bool> belongs)
    {
        var end = at;
        while (end < expression.Length && belongs(expression[end])) end++;
        return end - at;
    }
}
