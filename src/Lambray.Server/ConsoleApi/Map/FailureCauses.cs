using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.ConsoleApi.Map;

/// <summary>Why a service or its calls fail: the root causes of the newest traces in which they did, counted.</summary>
sealed class FailureCauses(SummarySearch search)
{
    const int TracesMax = 200;
    const int CausesMax = 20;

    /// <param name="selector"><c>service(…)</c> or <c>edge(…)</c>.</param>
    /// <returns>The most frequent first, and in how many traces they were looked for.</returns>
    public async ValueTask<(IReadOnlyList<MapCause> Causes, int Traces)> FindAsync(MapQuestion asked, string selector)
    {
        var failed = asked.Condition.And(FilterExpression.Parse($"{selector} {{ fault OR error }}"));
        var page = await search.FindAsync(asked.Range, failed, sampling: null, after: null, TracesMax);
        var causes = page.Traces.Select(found => found.Summary).SelectMany(trace => Causes(trace, trace.FaultRootCauses, true).Concat(Causes(trace, trace.ErrorRootCauses, false)));
        var counted = causes.GroupBy(cause => (cause.Fault, Path: string.Join('\0', cause.Path), cause.Exception, cause.Message))
            .Select(same => same.First() with { Traces = same.Select(cause => cause.Example).Distinct().Count() })
            .OrderByDescending(cause => cause.Traces);
        return ([.. counted.Take(CausesMax)], page.Traces.Count);
    }

    static IEnumerable<MapCause> Causes(TraceSummary trace, IReadOnlyList<RootCause> causes, bool isFault)
    {
        foreach (var cause in causes)
        {
            // A function and Lambda in front of it have one name.
            var path = cause.Services.Select(service => service.Id.Name).Aggregate(new List<string>(), (names, name) => names.Count > 0 && names[^1] == name ? names : [.. names, name]);
            var exception = cause.Services.SelectMany(service => service.EntityPath).SelectMany(entity => entity.Exceptions).LastOrDefault();
            yield return new MapCause(isFault, path, exception?.Name, exception?.Message, Traces: 1, trace.Id);
        }
    }
}
