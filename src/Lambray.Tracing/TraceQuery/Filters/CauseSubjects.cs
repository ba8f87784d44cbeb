namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>A step on the way to a root cause, which has a place in a list as GetTraceSummaries gives it.</summary>
/// <param name="index">From 0.</param>
abstract class CauseSubject(int index, int count) : FilterSubject
{
    public override bool Is(FilterKeyword keyword) => keyword switch
    {
        FilterKeyword.First => index == 0,
        FilterKeyword.Last => index == count - 1,
        _ => false,
    };

    public override bool AnyNumber(FilterKeyword keyword, Comparison comparison) => keyword == FilterKeyword.Index && comparison.Holds(index);
}

sealed class CauseServiceSubject(RootCauseService service, int index, int count) : CauseSubject(index, count)
{
    public override bool Is(FilterKeyword keyword) => keyword == FilterKeyword.Inferred ? service.Inferred : base.Is(keyword);

    public override bool AnyText(FilterKeyword keyword, Comparison comparison) => keyword switch
    {
        FilterKeyword.Name => comparison.Holds(service.Id.Name),
        FilterKeyword.Type => comparison.Holds(service.Id.Type),
        _ => false,
    };
}

sealed class CauseEntitySubject(RootCauseEntity entity, int index, int count) : CauseSubject(index, count)
{
    public override bool Is(FilterKeyword keyword) => keyword == FilterKeyword.Remote ? entity.Remote : base.Is(keyword);

    public override bool AnyNumber(FilterKeyword keyword, Comparison comparison) =>
        keyword == FilterKeyword.Coverage ? entity.Coverage is { } coverage && comparison.Holds(coverage) : base.AnyNumber(keyword, comparison);

    public override bool AnyText(FilterKeyword keyword, Comparison comparison) => keyword == FilterKeyword.Name && comparison.Holds(entity.Name);
}

sealed class CauseExceptionSubject(RootCauseException exception, int index, int count) : CauseSubject(index, count)
{
    public override bool AnyText(FilterKeyword keyword, Comparison comparison) => keyword switch
    {
        FilterKeyword.Name => comparison.Holds(exception.Name),
        FilterKeyword.Message => comparison.Holds(exception.Message),
        _ => false,
    };
}
