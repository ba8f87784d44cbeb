using System.Text;
using Lambray.Server.Cli.AwsApi;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.Cli.Demo;

/// <summary>One invocation of the demo's function, and the trace that comes of it.</summary>
public sealed class DemoInvocation(AwsClient aws, ExpectedTrace expected, TimeProvider time)
{
    // Traces of a function that ends are whole within milliseconds; this is for machines under load.
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    static readonly byte[] Event = """{"name":"Lambray","key":"greetings/lambray.txt"}"""u8.ToArray();

    public string Title => $"{(expected.Async ? "Asynchronous" : "Synchronous")} invocation, {(expected.Cold ? "cold" : "warm")}";

    /// <summary>Invokes, and waits until the trace is as expected or the deadline has passed.</summary>
    public async Task<DemoTrace> RunAsync(CancellationToken cancellation)
    {
        var id = TraceId.New(time.GetUtcNow());
        var invocation = await new LambdaApi(aws).InvokeAsync(DemoFunction.Name, Event, expected.Async, id, cancellation);
        if (invocation.FunctionError is { } error)
            throw new CommandException($"{DemoFunction.Name} failed ({error}): {Encoding.UTF8.GetString(invocation.Payload.Span)}", ExitCodes.Failed);
        return await WaitForTraceAsync(id, cancellation);
    }

    async Task<DemoTrace> WaitForTraceAsync(TraceId id, CancellationToken cancellation)
    {
        var xray = new XRayApi(aws);
        var started = time.GetTimestamp();
        while (true)
        {
            var timeline = await xray.FindTraceAsync(id, cancellation) is { } trace ? XRayApi.Timeline(id, trace) : null;
            var missing = expected.Missing(timeline);
            if (missing.Count == 0 || time.GetElapsedTime(started) > Deadline) return new DemoTrace(id, timeline, missing);
            await Task.Delay(PollInterval, time, cancellation);
        }
    }
}

/// <param name="Timeline">Null when no segment came at all.</param>
public sealed record DemoTrace(TraceId Id, TraceTimeline? Timeline, IReadOnlyList<string> Missing);
