using System.Text.Json;

namespace Lambray.Tracing.TraceQuery.Filters;

enum RootCauseKind
{
    Fault,
    Error,
    ResponseTime,
}

/// <summary><c>rootcause.fault.entity { last and name = "deserialize" }</c>: some service, entity or exception on the way to a root cause.</summary>
/// <param name="Scope">Which of the three.</param>
sealed record RootCauseTest(RootCauseKind Kind, FilterScope Scope, Filter? Inner) : Filter
{
    public override bool Matches(FilterSubject subject)
    {
        foreach (var cause in Causes(((TraceSubject)subject).Trace, Kind))
        {
            for (var index = 0; index < cause.Services.Count; index++)
            {
                var service = cause.Services[index];
                if (Scope == FilterScope.CauseService ? Holds(new CauseServiceSubject(service, index, cause.Services.Count)) : AnyEntity(service))
                    return true;
            }
        }
        return false;
    }

    public static IReadOnlyList<RootCause> Causes(TraceSummary trace, RootCauseKind kind) => kind switch
    {
        RootCauseKind.Fault => trace.FaultRootCauses,
        RootCauseKind.Error => trace.ErrorRootCauses,
        _ => trace.ResponseTimeRootCauses,
    };

    bool AnyEntity(RootCauseService service)
    {
        for (var index = 0; index < service.EntityPath.Count; index++)
        {
            var entity = service.EntityPath[index];
            if (Scope != FilterScope.CauseException ? Holds(new CauseEntitySubject(entity, index, service.EntityPath.Count)) : AnyException(entity))
                return true;
        }
        return false;
    }

    bool AnyException(RootCauseEntity entity)
    {
        for (var index = 0; index < entity.Exceptions.Count; index++)
            if (Holds(new CauseExceptionSubject(entity.Exceptions[index], index, entity.Exceptions.Count))) return true;
        return false;
    }

    bool Holds(FilterSubject subject) => Inner is null || Inner.Matches(subject);

    protected override string Print() => $"rootcause.{Kind.ToString().ToLowerInvariant()}.{Level}{Braces(Inner)}";

    string Level => Scope switch
    {
        FilterScope.CauseService => "service",
        FilterScope.CauseException => "exception",
        _ => "entity",
    };
}

/// <summary><c>rootcause.json = #[{…}]</c>: for each object some root cause of any kind that has all that the object says.</summary>
/// <param name="Json">The array as it was written.</param>
sealed record RootCauseJsonTest(string Json) : Filter
{
    readonly RootCausePattern pattern = new(JsonElement.Parse(Json));

    public IEnumerable<string?> FirstServices => pattern.FirstServices;

    public bool Equals(RootCauseJsonTest? other) => Json == other?.Json;

    public override int GetHashCode() => Json.GetHashCode(StringComparison.Ordinal);

    public override bool Matches(FilterSubject subject) => pattern.Matches(((TraceSubject)subject).Trace);

    protected override string Print() => $"rootcause.json = #{Json}";
}
