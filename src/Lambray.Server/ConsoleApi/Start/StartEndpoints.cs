using System.Text.Json.Serialization;
using Lambray.Functions.Invocation;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Start;

/// <summary>The page that an empty server begins with.</summary>
static class StartEndpoints
{
    static readonly byte[] Event = """{"name":"Lambray"}"""u8.ToArray();

    public static void MapStart(this IEndpointRouteBuilder api)
    {
        api.MapGet("/start", Look);
        api.MapPost("/start/first-trace", MakeTrace);
    }

    static async Task<StartState> Look(
        [FromServices] FunctionRegistry functions, [FromServices] SummarySearch search, [FromServices] TimeProvider time)
    {
        var now = time.GetUtcNow();
        var page = await search.FindAsync(new TraceTimeRange(DateTimeOffset.UnixEpoch, now.AddMinutes(1)), FilterExpression.Parse(""), sampling: null, after: null, countMax: 1);
        return new StartState(functions.List("", 1).Count > 0, page.Traces.Count > 0);
    }

    /// <summary>Makes the sample function if it is not there, and invokes it with a sampled trace.</summary>
    static async Task<FirstTrace> MakeTrace(
        [FromServices] SampleFunction sample, [FromServices] Invoker invoker, [FromServices] TimeProvider time, CancellationToken cancellation)
    {
        var function = await sample.EnsureAsync(cancellation);
        var now = time.GetUtcNow();
        var trace = TraceId.New(now);
        var result = await invoker.InvokeAsync(new InvokeRequest(
            function, Guid.NewGuid().ToString(), Event, new TraceHeader(trace, null, SamplingDecision.Sampled), ClientContext: null, now));
        // Once the runtime is through, all of the trace is on its way.
        await result.LogTail;
        return new FirstTrace(function.Name, trace, result.FunctionError is not null);
    }
}

/// <summary>Whether there is anything to look at yet.</summary>
sealed record StartState(bool HasFunctions, bool HasTraces);

/// <param name="Failed">Whether the function failed; its trace says why.</param>
sealed record FirstTrace(string Function, TraceId TraceId, bool Failed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StartState))]
[JsonSerializable(typeof(FirstTrace))]
sealed partial class StartPageJson : JsonSerializerContext;
