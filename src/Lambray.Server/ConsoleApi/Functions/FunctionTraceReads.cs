using Lambray.Server.ConsoleApi.Traces;
using Lambray.Tracing.TraceQuery;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>The newest traces in which a function's own segment is.</summary>
static class FunctionTraceReads
{
    const int CountMax = 50;

    public static async Task<TraceList> List(string name, [AsParameters] AskedRange range, [FromServices] SummarySearch search, [FromServices] TimeProvider time)
    {
        // What is no name of a function would be read as a part of the expression.
        if (name.Contains('"')) throw Asked.Wrong($"'{name}' is no name of a function.");
        var filter = FilterExpression.Parse($"service(id(name: \"{name}\", type: \"AWS::Lambda::Function\"))");
        var page = await search.FindAsync(range.At(time.GetUtcNow()), filter, sampling: null, after: null, CountMax);
        return new TraceList([.. page.Traces.Select(found => TraceListItem.Of(found.Summary))], Next: null, IsWhole: page.Next is null);
    }
}
