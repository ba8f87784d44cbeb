using Lambray.Tracing.TraceQuery.Filters;

namespace Lambray.Tracing.TraceQuery.Completion;

public enum SuggestionKind
{
    Keyword,
    Function,
    Operator,

    /// <summary>Something that recent traces have.</summary>
    Value,
}

/// <param name="Text">What would be written.</param>
public readonly record struct FilterSuggestion(string Text, SuggestionKind Kind);

/// <summary>What may stand at a place in a filter expression that somebody is still writing.</summary>
/// <param name="Start">From where the suggestions would be written, counted from 0.</param>
/// <param name="End">The end of what they would be written over.</param>
public sealed record FilterCompletion(int Start, int End, IReadOnlyList<FilterSuggestion> Suggestions)
{
    const int SuggestionsMax = 50;

    /// <param name="caret">Where it is being written, counted from 0; what follows stays as it is.</param>
    public static FilterCompletion At(string text, int caret, FilterVocabulary vocabulary)
    {
        var draft = FilterDraft.Read(text[..Math.Clamp(caret, 0, text.Length)]);
        var fitting = Possible(draft, vocabulary).Where(suggestion => Fits(suggestion.Text, draft.Typed));
        // What begins as typed comes before what only holds it.
        var sorted = fitting.OrderBy(suggestion => !BeginsWith(suggestion.Text, draft.Typed)).Take(SuggestionsMax);
        return new FilterCompletion(draft.TypedAt, draft.TypedAt + draft.Typed.Length, [.. sorted]);
    }

    static IEnumerable<FilterSuggestion> Possible(FilterDraft draft, FilterVocabulary vocabulary) => draft.Place switch
    {
        DraftPlace.Condition => Conditions(draft.Scope),
        DraftPlace.Operator => Operators(draft.Keyword).Concat(IsFlag(draft.Keyword) ? Joins() : []),
        DraftPlace.Value => ValuesOf(draft.Keyword, vocabulary),
        DraftPlace.AnnotationKey => Texts(vocabulary.AnnotationKeys, key => key),
        DraftPlace.AnnotationOperator => Operators("http.status").Concat(Operators("name")).Distinct(),
        DraftPlace.AnnotationValue => Texts(vocabulary.AnnotationValues(draft.Keyword), value => value),
        DraftPlace.Service => Texts(vocabulary.Services, Comparison.Quote),
        DraftPlace.Join => Joins().Concat(draft.CanOpen ? [new FilterSuggestion("{", SuggestionKind.Operator)] : []),
        _ => [],
    };

    static IEnumerable<FilterSuggestion> Conditions(FilterScope scope)
    {
        foreach (var keyword in Enum.GetValues<FilterKeyword>())
            if (keyword.IsKnownIn(scope)) yield return new FilterSuggestion(keyword.Spelling(), SuggestionKind.Keyword);
        if ((scope & (FilterScope.Trace | FilterScope.Service | FilterScope.Edge)) != 0) yield return new FilterSuggestion("annotation[", SuggestionKind.Function);
        if (scope != FilterScope.Trace) yield break;
        foreach (var function in FilterDraft.Functions) yield return new FilterSuggestion(function, SuggestionKind.Function);
    }

    static IEnumerable<FilterSuggestion> Operators(string keyword)
    {
        if (keyword.StartsWith("group.", StringComparison.OrdinalIgnoreCase)) return Written("=", "!=");
        return FilterKeywords.Find(keyword)?.Kind() switch
        {
            FilterKeywordKind.Flag => Written("=", "!="),
            FilterKeywordKind.Number => Written("=", "!=", "<", "<=", ">", ">="),
            FilterKeywordKind.Text => Written("=", "!=", "CONTAINS", "BEGINSWITH", "ENDSWITH"),
            _ => [],
        };
    }

    static IEnumerable<FilterSuggestion> ValuesOf(string keyword, FilterVocabulary vocabulary) =>
        IsFlag(keyword) ? Texts(["true", "false"], value => value) : Texts(vocabulary.Values(keyword), Comparison.Quote);

    static IEnumerable<FilterSuggestion> Joins() => Written("AND", "OR");

    static IEnumerable<FilterSuggestion> Written(params string[] operators) => operators.Select(one => new FilterSuggestion(one, SuggestionKind.Operator));

    static IEnumerable<FilterSuggestion> Texts(IEnumerable<string> texts, Func<string, string> write) =>
        texts.Select(text => new FilterSuggestion(write(text), SuggestionKind.Value));

    static bool IsFlag(string keyword) => FilterKeywords.Find(keyword)?.Kind() == FilterKeywordKind.Flag;

    // Quotes are no part of what somebody looks for.
    static bool Fits(string text, string typed) => text.Contains(typed.Trim('"'), StringComparison.OrdinalIgnoreCase);

    static bool BeginsWith(string text, string typed) => text.TrimStart('"').StartsWith(typed.Trim('"'), StringComparison.OrdinalIgnoreCase);
}
