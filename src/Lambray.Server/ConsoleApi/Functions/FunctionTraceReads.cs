using Lambray.Server.ConsoleApi.Traces;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>The newest traces in which a function's own segment is.</summary>
static class FunctionTraceReads
{
    const int CountMax = 50;

    public static async Task<TraceList> List(string name, [FromServices] SummarySearch search, [FromServices] TimeProvider time, int minutes = 60)
    {
        Asked.Within(minutes, "minutes", 30 * 24 * 60);
        var now = time.GetUtcNow();
        // What is no name of a function would be read as a part of the expression.
        if (name.Contains('"')) throw Asked.Wrong($"'{name}' is no name of a function.");
        var filter = FilterExpression.Parse($"service(id(name: \"{name}\", type: \"AWS::Lambda::Function\"))");
        var page = await search.FindAsync(new TraceTimeRange(now - TimeSpan.FromMinutes(minutes), now.AddMinutes(1)), filter, sampling: null, after: null, CountMax);
        return new TraceList([.. page.Traces.Select(found => TraceEndpoints.Item(found.Summary))]);
    }
}
