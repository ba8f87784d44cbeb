using Lambray.Aws;

namespace Lambray.Resources.DynamoDb.Expressions;

enum TokenKind
{
    /// <summary>A name as it is, or a keyword: which it is, its place tells.</summary>
    Word,

    /// <summary><c>#name</c>.</summary>
    NamePlaceholder,

    /// <summary><c>:value</c>.</summary>
    ValuePlaceholder,

    Number,
    Symbol,
    End,
}

/// <param name="Start">Where in the text it begins.</param>
readonly record struct Token(TokenKind Kind, string Text, int Start) : IToken
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts an expression into tokens.</summary>
static class ExpressionLexer
{
    static readonly string[] Symbols = ["<>", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ",", ".", "+", "-"];

    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n') at++;
            var token = ReadOne(text, at);
            tokens.Add(token);
            if (token.Kind == TokenKind.End) return tokens;
            at += token.Text.Length;
        }
    }

    static Token ReadOne(string text, int at)
    {
        if (at == text.Length) return new Token(TokenKind.End, "<EOF>", at);
        var first = text[at];
        if (first is '#' or ':') return new Token(first == '#' ? TokenKind.NamePlaceholder : TokenKind.ValuePlaceholder, text[at..EndOfWord(text, at + 1)], at);
        if (IsLetter(first)) return new Token(TokenKind.Word, text[at..EndOfWord(text, at)], at);
        if (char.IsAsciiDigit(first))
        {
            var end = at;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            return new Token(TokenKind.Number, text[at..end], at);
        }
        var symbol = Array.Find(Symbols, symbol => string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0);
        // Whatever it is, no rule accepts it, and the parser says so.
        return new Token(TokenKind.Symbol, symbol ?? first.ToString(), at);
    }

    static int EndOfWord(string text, int at)
    {
        while (at < text.Length && (IsLetter(text[at]) || char.IsAsciiDigit(text[at]))) at++;
        return at;
    }

    static bool IsLetter(char letter) => char.IsAsciiLetter(letter) || letter == '_';
}

/// <summary>The tokens of an expression, read from left to right.</summary>
sealed class TokenReader : TokenCursor<Token>
{
    readonly string text;
    readonly string expression;
    readonly List<Token> tokens;

    TokenReader(string text, string expression, List<Token> tokens)
        : base(tokens) => (this.text, this.expression, this.tokens) = (text, expression, tokens);

    /// <param name="expression">What messages call it.</param>
    public static TokenReader Of(string text, string expression) => new(text, expression, ExpressionLexer.Read(text));

    public void RequireEnd()
    {
        if (Current.Kind != TokenKind.End) throw Unexpected();
    }

    /// <summary>It is shown with its neighbours.</summary>
    public override AwsException Unexpected()
    {
        var start = tokens[Math.Max(0, At - 1)].Start;
        var last = Following;
        var end = last.Kind == TokenKind.End ? text.Length : last.Start + last.Text.Length;
        return DynamoErrors.Invalid($"Invalid {expression}: Syntax error; token: \"{Current.Text}\", near: \"{text[start..end]}\"");
    }
}
