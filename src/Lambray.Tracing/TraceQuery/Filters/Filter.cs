namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>A condition of a filter expression. It prints as an expression that reads as the same condition again.</summary>
abstract record Filter
{
    public abstract bool Matches(FilterSubject subject);

    public sealed override string ToString() => Print();

    protected abstract string Print();

    /// <summary>What stands between braces, with them; nothing where there is no condition.</summary>
    protected static string Braces(Filter? inner) => inner is null ? "" : $" {{ {inner} }}";
}

sealed record AllOf(Filter Left, Filter Right) : Filter
{
    public override bool Matches(FilterSubject subject) => Left.Matches(subject) && Right.Matches(subject);

    // AND binds tighter than OR and is read from the left: only what that would tear apart needs parentheses.
    protected override string Print() => $"{(Left is AnyOf ? $"({Left})" : Left)} AND {(Right is AnyOf or AllOf ? $"({Right})" : Right)}";
}

sealed record AnyOf(Filter Left, Filter Right) : Filter
{
    public override bool Matches(FilterSubject subject) => Left.Matches(subject) || Right.Matches(subject);

    protected override string Print() => $"{Left} OR {(Right is AnyOf ? $"({Right})" : Right)}";
}

sealed record Not(Filter Inner) : Filter
{
    public override bool Matches(FilterSubject subject) => !Inner.Matches(subject);

    // "!ok = false" is "not (ok = false)": the operator belongs to the keyword.
    protected override string Print() => Inner is AllOf or AnyOf or Not ? $"!({Inner})" : $"!{Inner}";
}

/// <summary><c>fault</c>, <c>fault = false</c>.</summary>
sealed record FlagTest(FilterKeyword Keyword, bool Wanted) : Filter
{
    public override bool Matches(FilterSubject subject) => subject.Is(Keyword) == Wanted;

    protected override string Print() => Wanted ? Keyword.Spelling() : $"{Keyword.Spelling()} = false";
}

/// <summary><c>responsetime &gt; 5</c>; the keyword alone asks whether there is a value.</summary>
sealed record NumberTest(FilterKeyword Keyword, Comparison Comparison) : Filter
{
    public override bool Matches(FilterSubject subject) => subject.AnyNumber(Keyword, Comparison);

    protected override string Print() => $"{Keyword.Spelling()}{Comparison}";
}

/// <summary><c>http.url CONTAINS "/api/"</c>; of several values, such as users, one is enough.</summary>
sealed record TextTest(FilterKeyword Keyword, Comparison Comparison) : Filter
{
    public override bool Matches(FilterSubject subject) => subject.AnyText(Keyword, Comparison);

    protected override string Print() => $"{Keyword.Spelling()}{Comparison}";
}

/// <summary><c>annotation[key] = "value"</c>.</summary>
sealed record AnnotationTest(string Key, Comparison Comparison) : Filter
{
    public override bool Matches(FilterSubject subject) => subject.AnyAnnotation(Key, Comparison);

    protected override string Print() => $"annotation[{Comparison.Quote(Key)}]{Comparison}";
}

/// <summary><c>group.name = "slow"</c>: the group's own expression, as it was when this one was read.</summary>
sealed record GroupTest(string Keyword, string Group, Filter? Inner) : Filter
{
    public override bool Matches(FilterSubject subject) => Inner is null || Inner.Matches(subject);

    protected override string Print() => $"{Keyword} = {Comparison.Quote(Group)}";
}
