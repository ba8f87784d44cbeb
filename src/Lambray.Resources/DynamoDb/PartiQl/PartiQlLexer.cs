using System.Text;
using Lambray.Resources.DynamoDb.Expressions;

namespace Lambray.Resources.DynamoDb.PartiQl;

enum PartKind
{
    /// <summary>A keyword, or a name without quotes.</summary>
    Word,

    /// <summary><c>"name"</c>.</summary>
    Name,

    /// <summary><c>'text'</c>.</summary>
    Text,
    Number,
    Parameter,
    Symbol,
    End,
}

readonly record struct Part(PartKind Kind, string Text, int Position) : IToken
{
    public bool Is(string symbol) => Kind == PartKind.Symbol && Text == symbol;

    public bool IsWord(string keyword) => Kind == PartKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts a PartiQL statement into its parts.</summary>
static class PartiQlLexer
{
    static readonly string[] Symbols = ["<<", ">>", "<>", "!=", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", "{", "}", ",", ".", ":", "*", "+", "-", ";"];

    public static List<Part> Read(string statement)
    {
        var parts = new List<Part>();
        for (var at = 0; ;)
        {
            while (at < statement.Length && char.IsWhiteSpace(statement[at])) at++;
            if (at == statement.Length)
            {
                parts.Add(new Part(PartKind.End, "", at));
                return parts;
            }
            parts.Add(ReadOne(statement, ref at));
        }
    }

    static Part ReadOne(string statement, ref int at)
    {
        var start = at;
        var first = statement[at];
        if (first is '\'' or '"') return new Part(first == '"' ? PartKind.Name : PartKind.Text, ReadQuoted(statement, ref at), start);
        if (first == '?')
        {
            at++;
            return new Part(PartKind.Parameter, "?", start);
        }
        if (char.IsAsciiLetter(first) || first == '_') return new Part(PartKind.Word, ReadWhile(statement, ref at, letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'), start);
        if (char.IsAsciiDigit(first)) return new Part(PartKind.Number, ReadNumber(statement, ref at), start);
        var position = at;
        var symbol = Array.Find(Symbols, symbol => string.CompareOrdinal(statement, position, symbol, 0, symbol.Length) == 0) ?? first.ToString();
        at += symbol.Length;
        return new Part(PartKind.Symbol, symbol, start);
    }

    // A quote within is written twice.
    static string ReadQuoted(string statement, ref int at)
    {
        var quote = statement[at++];
        var text = new StringBuilder();
        for (; at < statement.Length; at++)
        {
            if (statement[at] != quote)
            {
                text.Append(statement[at]);
                continue;
            }
            at++;
            if (at == statement.Length || statement[at] != quote) return text.ToString();
            text.Append(quote);
        }
        throw DynamoErrors.Invalid("Statement wasn't well formed, can't be processed: Unterminated quote");
    }

    static string ReadNumber(string statement, ref int at)
    {
        var number = ReadWhile(statement, ref at, letter => char.IsAsciiDigit(letter) || letter == '.');
        if (at == statement.Length || statement[at] is not ('e' or 'E')) return number;
        number += statement[at++];
        if (at < statement.Length && statement[at] is '+' or '-') number += statement[at++];
        return number + ReadWhile(statement, ref at, char.IsAsciiDigit);
    }

    static string ReadWhile(string statement, ref int at, Func<char, bool> fits)
    {
        var start = at;
        while (at < statement.Length && fits(statement[at])) at++;
        return statement[start..at];
    }
}
