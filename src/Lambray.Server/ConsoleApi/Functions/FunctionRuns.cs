using System.Text;
using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.TestEvents;
using Lambray.Tracing.Segments;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>Testing a function: events that are kept for it, and an invocation of which result, log and trace come back together.</summary>
static class FunctionRuns
{
    // An asynchronous event may be retried for this long ("Configuring error handling settings for asynchronous invocations").
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);

    public static TestEventList ListEvents(string name, [FromServices] TestEvents events) =>
        new([.. events.List(name).Select(item => new SavedEvent(item.Name, item.Event, item.LastModified))], TestEvents.CountMax);

    public static async Task<NoContent> PutEvent(string name, string @event, [FromBody] EventText asked, [FromServices] TestEvents events)
    {
        await events.PutAsync(new FunctionName(name, Qualifier: null), @event, asked.Event ?? "");
        return TypedResults.NoContent();
    }

    public static async Task<NoContent> DeleteEvent(string name, string @event, [FromServices] TestEvents events)
    {
        await events.DeleteAsync(name, @event);
        return TypedResults.NoContent();
    }

    /// <summary>Invokes as a caller whose request is sampled, so that there is a trace whatever the function's tracing mode.</summary>
    public static async Task<FunctionRun> Run(
        string name, [FromBody] RunAsked asked, [FromServices] Invoker invoker, [FromServices] FunctionRegistry functions, [FromServices] RequestLog log,
        [FromServices] AwsHome home, [FromServices] TimeProvider time)
    {
        var function = FunctionName.Parse(name, string.IsNullOrEmpty(asked.Qualifier) ? null : asked.Qualifier, home);
        var started = time.GetUtcNow();
        var trace = TraceId.New(started);
        var request = new InvokeRequest(
            function, Guid.NewGuid().ToString(), Encoding.UTF8.GetBytes(asked.Event ?? ""), new TraceHeader(trace, null, SamplingDecision.Sampled), ClientContext: null, started);
        if (asked.Asynchronous)
        {
            await invoker.EnqueueAsync(request);
            return new FunctionRun(request.RequestId, trace, started, ExecutedVersion: null, FunctionError: null, Payload: null, Took: null, Log: []);
        }
        var result = await invoker.InvokeAsync(request);
        var took = time.GetUtcNow() - started;
        // The last line comes once the runtime is through.
        await result.LogTail;
        return new FunctionRun(
            request.RequestId, trace, started, result.ExecutedVersion, result.FunctionError, Encoding.UTF8.GetString(result.Payload.Span), Microseconds.OfSeconds(took.TotalSeconds),
            await LinesAsync(log, functions.Get(function).LogGroup, request.RequestId, started, time.GetUtcNow()));
    }

    /// <summary>What an invocation has logged so far.</summary>
    /// <param name="since">When it was sent.</param>
    public static async Task<LogLines> ReadLog(
        string name, string requestId, long since, [FromServices] FunctionRegistry functions, [FromServices] RequestLog log, [FromServices] AwsHome home, [FromServices] TimeProvider time)
    {
        var sent = DateTimeOffset.UnixEpoch.AddMicroseconds(since);
        var now = time.GetUtcNow();
        var until = now - sent > LongestWait ? sent + LongestWait : now;
        return new LogLines(await LinesAsync(log, functions.Get(FunctionName.Parse(name, qualifier: null, home)).LogGroup, requestId, sent, until), IsWhole: true);
    }

    /// <summary>What a request left in its function's log; nothing where there is no log (any more).</summary>
    public static async Task<IReadOnlyList<LogLine>> LinesAsync(RequestLog log, string group, string requestId, DateTimeOffset from, DateTimeOffset to)
    {
        try
        {
            return [.. (await log.FindAsync(group, requestId, from, to.AddSeconds(1))).Select(LogLine.Of)];
        }
        // Nothing has been logged yet, or the role may not log.
        catch (AwsException error) when (error.Code == "ResourceNotFoundException")
        {
            return [];
        }
    }
}
