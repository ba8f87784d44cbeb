using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>Cuts a filter expression into tokens, one ahead of the parser.</summary>
/// <remarks>On demand, as two things are not made of tokens: the key of <c>annotation[…]</c> and the JSON behind <c>#</c>.</remarks>
sealed class FilterLexer
{
    static readonly string[] Symbols = ["!=", "<=", ">=", "=", "<", ">", "!", "(", ")", "[", "{", "}", ",", ":", "#"];

    // What a reader has unless told otherwise.
    const int JsonDepthMax = 64;

    readonly string expression;
    int at;

    public FilterLexer(string expression)
    {
        this.expression = expression;
        Next = Read();
    }

    public FilterToken Next { get; private set; }

    public FilterToken Take()
    {
        var taken = Next;
        Next = Read();
        return taken;
    }

    public bool TakeIf(string symbol)
    {
        if (!Next.IsSymbol(symbol)) return false;
        Take();
        return true;
    }

    public void Expect(string symbol)
    {
        if (!TakeIf(symbol)) throw NotUnderstood($"{Next.Value} where {symbol} was expected", Next.Position);
    }

    /// <summary>What stands between the bracket that is next and the one that closes it; a key may be anything, or a string in quotes.</summary>
    public string TakeBracketed()
    {
        var start = Next.Position;
        at = start;
        while (at < expression.Length && char.IsWhiteSpace(expression[at])) at++;
        var key = at < expression.Length && expression[at] == '"' ? ReadText().Value : "";
        var end = expression.IndexOf(']', at);
        if (end < 0) throw NotUnderstood("[ without ]", start);
        var rest = expression[at..end].Trim();
        if (key.Length > 0 && rest.Length > 0) throw NotUnderstood($"{rest} where ] was expected", at + 1);
        if (key.Length == 0) key = rest;
        if (key.Length == 0) throw NotUnderstood("a key was expected", end + 1);
        at = end + 1;
        Next = Read();
        return key;
    }

    /// <summary>The JSON behind the <c>#</c> that is next.</summary>
    public JsonElement TakeJson()
    {
        var start = Next.Position;
        var rest = Encoding.UTF8.GetBytes(expression[start..]);
        var reader = new Utf8JsonReader(rest);
        try
        {
            var json = JsonElement.ParseValue(ref reader);
            WholeCharacters.Require(rest.AsSpan(0, (int)reader.BytesConsumed), JsonDepthMax);
            at = start + Encoding.UTF8.GetCharCount(rest.AsSpan(0, (int)reader.BytesConsumed));
            Next = Read();
            return json;
        }
        catch (JsonException error)
        {
            throw NotUnderstood($"JSON was expected ({error.Message.TrimEnd('.')})", start + 1);
        }
    }

    public static AwsException NotUnderstood(string what, int position) =>
        new("InvalidRequestException", 400, $"The filter expression is not understood at position {position}: {what}.") { Position = position };

    FilterToken Read()
    {
        while (at < expression.Length && char.IsWhiteSpace(expression[at])) at++;
        if (at == expression.Length) return new FilterToken(FilterTokenKind.End, "the end", at + 1);
        var first = expression[at];
        if (first == '"') return ReadText();
        if (char.IsAsciiDigit(first) || (first is '-' or '.' && at + 1 < expression.Length && char.IsAsciiDigit(expression[at + 1]))) return ReadNumber();
        foreach (var symbol in Symbols)
            if (string.CompareOrdinal(expression, at, symbol, 0, symbol.Length) == 0) return Cut(FilterTokenKind.Symbol, at + symbol.Length);
        var end = at;
        while (end < expression.Length && IsWordCharacter(expression[end])) end++;
        // A colon inside a word belongs to it (AWS::Lambda), one behind it does not (type: "…").
        while (end > at && expression[end - 1] == ':') end--;
        return end > at ? Cut(FilterTokenKind.Word, end) : throw NotUnderstood($"'{first}'", at + 1);
    }

    FilterToken ReadText()
    {
        var start = at;
        var text = new StringBuilder();
        for (var i = at + 1; i < expression.Length; i++)
        {
            if (expression[i] == '"')
            {
                at = i + 1;
                return new FilterToken(FilterTokenKind.Text, text.ToString(), start + 1);
            }
            if (expression[i] == '\\' && i + 1 < expression.Length) i++;
            text.Append(expression[i]);
        }
        throw NotUnderstood("a string without its closing quote", start + 1);
    }

    FilterToken ReadNumber()
    {
        var end = at + 1;
        while (end < expression.Length && (char.IsAsciiDigit(expression[end]) || expression[end] == '.')) end++;
        if (end < expression.Length && expression[end] is 'e' or 'E')
        {
            var digits = end + 1 < expression.Length && expression[end + 1] is '+' or '-' ? end + 2 : end + 1;
            if (digits < expression.Length && char.IsAsciiDigit(expression[digits])) end = digits + 1;
            while (end > digits && end < expression.Length && char.IsAsciiDigit(expression[end])) end++;
        }
        return Cut(FilterTokenKind.Number, end);
    }

    FilterToken Cut(FilterTokenKind kind, int end)
    {
        var token = new FilterToken(kind, expression[at..end], at + 1);
        at = end;
        return token;
    }

    static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || character is '.' or '_' or ':' or '-';
}
