using Lambray.Aws;

namespace Lambray.Tracing.TraceQuery;

/// <summary>A condition on trace summaries, as GetTraceSummaries takes it: simple comparisons, all of which must hold.</summary>
/// <remarks><c>AND</c> may be left out. What else X-Ray understands (OR, groups, edges, conditions on one service) is refused by name.</remarks>
public sealed class FilterExpression
{
    const string AnnotationPrefix = "annotation.";

    static readonly string[] LaterWords = ["or", "edge", "group", "rootcause", "json"];

    readonly List<Func<TraceSummary, bool>> conditions = [];
    readonly List<FilterToken> tokens;
    int next;

    FilterExpression(string text) => tokens = FilterTokens.Of(text);

    /// <exception cref="AwsException">InvalidRequestException, with what is not understood and where.</exception>
    public static FilterExpression Parse(string? text)
    {
        var filter = new FilterExpression(text ?? "");
        while (filter.Peek.Kind != FilterTokenKind.End)
        {
            filter.conditions.Add(filter.ReadCondition());
            if (!filter.Peek.IsWord("and")) continue;
            filter.Take();
            if (filter.Peek.Kind == FilterTokenKind.End) throw filter.NotUnderstood("AND with nothing behind it");
        }
        return filter;
    }

    public bool Matches(TraceSummary trace) => conditions.TrueForAll(condition => condition(trace));

    FilterToken Peek => tokens[next];

    FilterToken Take() => tokens[next++];

    Func<TraceSummary, bool> ReadCondition()
    {
        if (!Peek.IsSymbol("!")) return ReadPlain();
        Take();
        var inner = ReadPlain();
        return trace => !inner(trace);
    }

    Func<TraceSummary, bool> ReadPlain()
    {
        if (Peek.Kind != FilterTokenKind.Word) throw NotUnderstood(Peek.Value);
        if (LaterWords.Contains(Peek.Value.Split('.')[0].ToLowerInvariant())) throw NotUnderstood($"{Peek.Value} is not supported yet");
        var keyword = Take();
        if (keyword.IsWord("service")) return ReadService();
        if (keyword.IsWord("annotation")) return ReadAnnotation(ReadBracketedKey());
        if (keyword.Value.StartsWith(AnnotationPrefix, StringComparison.OrdinalIgnoreCase))
            return ReadAnnotation(keyword.Value[AnnotationPrefix.Length..]);
        if (FilterKeywords.Flags.TryGetValue(keyword.Value, out var flag)) return ReadFlag(flag);
        if (FilterKeywords.Numbers.TryGetValue(keyword.Value, out var number)) return ReadNumber(number);
        if (FilterKeywords.Texts.TryGetValue(keyword.Value, out var text)) return ReadText(text);
        throw FilterTokens.NotUnderstood($"the keyword {keyword.Value} is unknown or not supported yet", keyword.Position);
    }

    Func<TraceSummary, bool> ReadService()
    {
        Expect("(");
        if (Peek.Kind != FilterTokenKind.Text) throw NotUnderstood("service() takes a name in quotes");
        var name = Take().Value;
        Expect(")");
        if (Peek.IsSymbol("{")) throw NotUnderstood("a condition on one service is not supported yet");
        return trace => trace.ServiceIds.Any(service => service.Name == name);
    }

    string ReadBracketedKey()
    {
        Expect("[");
        if (Peek.Kind is FilterTokenKind.Symbol or FilterTokenKind.End) throw NotUnderstood("annotation[] takes a key");
        var key = Take().Value;
        Expect("]");
        return key;
    }

    Func<TraceSummary, bool> ReadAnnotation(string key)
    {
        var matches = FilterComparison.IsNext(Peek) ? FilterComparison.OfAnnotation(Take(), Take()) : _ => true;
        return trace => trace.Annotations.TryGetValue(key, out var annotations) && annotations.Any(annotation => matches(annotation.Value));
    }

    Func<TraceSummary, bool> ReadFlag(Func<TraceSummary, bool> flag)
    {
        if (!FilterComparison.IsNext(Peek)) return flag;
        var matches = FilterComparison.OfFlag(Take(), Take());
        return trace => matches(flag(trace));
    }

    Func<TraceSummary, bool> ReadNumber(Func<TraceSummary, double?> number)
    {
        if (!FilterComparison.IsNext(Peek)) return trace => number(trace) is not null;
        var matches = FilterComparison.OfNumber(Take(), Take());
        return trace => number(trace) is { } value && matches(value);
    }

    Func<TraceSummary, bool> ReadText(Func<TraceSummary, IEnumerable<string?>> texts)
    {
        if (!FilterComparison.IsNext(Peek)) return trace => texts(trace).Any(text => text is not null);
        var matches = FilterComparison.OfText(Take(), Take());
        return trace => texts(trace).Any(text => text is not null && matches(text));
    }

    void Expect(string symbol)
    {
        if (!Peek.IsSymbol(symbol)) throw NotUnderstood($"{Peek.Value} where {symbol} was expected");
        Take();
    }

    AwsException NotUnderstood(string what) => FilterTokens.NotUnderstood(what, Peek.Position);
}
