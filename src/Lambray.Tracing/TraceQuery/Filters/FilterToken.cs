namespace Lambray.Tracing.TraceQuery.Filters;

enum FilterTokenKind
{
    Word,
    Text,
    Number,
    Symbol,
    End,
}

/// <summary>A piece of a filter expression.</summary>
/// <param name="Value">A string without its quotes and escapes; a symbol or word as it is written.</param>
/// <param name="Position">Counted from 1, for messages.</param>
readonly record struct FilterToken(FilterTokenKind Kind, string Value, int Position)
{
    public bool IsSymbol(string symbol) => Kind == FilterTokenKind.Symbol && Value == symbol;

    public bool IsWord(string word) => Kind == FilterTokenKind.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);
}
