using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Functions.Invocation.KeptEvents;
using Lambray.Functions.Registry;
using Lambray.Server.ConsoleApi.Functions;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Traces;

/// <summary>The invocations in a trace: what their functions logged, what they were invoked with, and invoking with the same again.</summary>
static class TraceRequests
{
    const int LinesMax = 2_000;

    // Lines are stamped by whoever writes them, a little before or after what Lambda measures.
    static readonly TimeSpan Around = TimeSpan.FromSeconds(2);

    public static void MapTraceRequests(this IEndpointRouteBuilder api)
    {
        api.MapGet("/traces/{traceId}/requests", List);
        api.MapPost("/traces/{traceId}/requests/{requestId}/again", InvokeAgain);
    }

    static async Task<TraceRequestList> List(
        string traceId, [FromServices] StoredTraces traces, [FromServices] RequestLog log, [FromServices] EventKeeper events, [FromServices] FunctionRegistry functions,
        [FromServices] AwsHome home)
    {
        var trace = await TraceEndpoints.FindAsync(traces, traceId);
        var requests = new List<TraceRequest>();
        foreach (var (segment, function, requestId) in RequestsOf(trace, home))
        {
            var found = functions.Find(function.Name);
            var group = found?.LogGroup ?? $"/aws/lambda/{function.Name}";
            var lines = await FunctionRuns.LinesAsync(log, group, requestId, segment.StartTime.ToDateTimeOffset() - Around, trace.End.ToDateTimeOffset() + Around);
            var kept = await events.FindAsync(requestId);
            requests.Add(new TraceRequest(
                segment.Id.ToString(), function.Name, function.Qualifier, requestId, FunctionExists: found is not null, group,
                [.. lines.Take(LinesMax)], lines.Count, kept is null ? null : KeptEventWire.Of(kept)));
        }
        return new TraceRequestList(requests);
    }

    static async Task<InvokedAgain> InvokeAgain(
        string traceId, string requestId, [FromServices] StoredTraces traces, [FromServices] EventKeeper events, [FromServices] Invoker invoker,
        [FromServices] SegmentRecorder recorder, [FromServices] AwsHome home, [FromServices] TimeProvider time)
    {
        var trace = await TraceEndpoints.FindAsync(traces, traceId);
        if (!RequestsOf(trace, home).Any(request => request.RequestId == requestId))
            throw new AwsException("NotFound", StatusCodes.Status404NotFound, $"Trace {trace.Id} has no invocation {requestId}.");
        var kept = await events.FindAsync(requestId)
            ?? throw new AwsException("NotFound", StatusCodes.Status404NotFound, $"The event of invocation {requestId} was not kept, or is not any more.");
        var now = time.GetUtcNow();
        // A trace of its own, recorded whatever the sampling says: whoever asks for this wants to see it.
        var again = new InvokeRequest(
            kept.Function, Guid.NewGuid().ToString(), kept.Payload, new TraceHeader(TraceId.New(now), Parent: null, SamplingDecision.Sampled), kept.ClientContext, now);
        var answer = kept.IsAsynchronous ? await EnqueueAsync(invoker, again) : await InvokeAsync(invoker, again);
        // So that the trace is there for whoever goes to it now.
        await recorder.FlushAsync();
        return answer;
    }

    static async Task<InvokedAgain> InvokeAsync(Invoker invoker, InvokeRequest again)
    {
        var result = await invoker.InvokeAsync(again);
        await result.LogTail;
        return new InvokedAgain(again.TraceHeader.Root!.Value, again.RequestId, IsAsynchronous: false, result.FunctionError, Text(result.Payload.Span));
    }

    static async Task<InvokedAgain> EnqueueAsync(Invoker invoker, InvokeRequest again)
    {
        await invoker.EnqueueAsync(again);
        return new InvokedAgain(again.TraceHeader.Root!.Value, again.RequestId, IsAsynchronous: true, FunctionError: null, Payload: null);
    }

    // As the segments of the Lambda service tell them; anybody may have sent such a segment.
    static IEnumerable<(Segment Segment, FunctionName Function, string RequestId)> RequestsOf(Trace trace, AwsHome home)
    {
        foreach (var segment in trace.Segments)
        {
            if (segment is not { Origin: "AWS::Lambda", ResourceArn: { } arn, Aws: { ValueKind: JsonValueKind.Object } aws }) continue;
            if (!aws.TryGetProperty("request_id", out var id) || id.ValueKind != JsonValueKind.String) continue;
            if (FindFunction(arn, home) is { } function) yield return (segment, function, id.GetString()!);
        }
    }

    static FunctionName? FindFunction(string arn, AwsHome home)
    {
        try
        {
            return FunctionName.Parse(arn, qualifier: null, home);
        }
        catch (AwsException)
        {
            // Of another region or account, or no ARN at all.
            return null;
        }
    }

    static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}

sealed record TraceRequestList(IReadOnlyList<TraceRequest> Requests);

/// <summary>One invocation of a function.</summary>
/// <param name="RowId">The segment of the Lambda service.</param>
/// <param name="FunctionExists">Whether the function is still there.</param>
/// <param name="Lines">What it logged, of all attempts; the first of very many.</param>
/// <param name="Event">Null when the event was not kept.</param>
sealed record TraceRequest(
    string RowId, string FunctionName, string? Qualifier, string RequestId, bool FunctionExists, string LogGroup, IReadOnlyList<LogLine> Lines, int LineCount,
    KeptEventWire? Event);

/// <summary>What the function was invoked with.</summary>
sealed record KeptEventWire(string Payload, bool IsAsynchronous)
{
    public static KeptEventWire Of(KeptEvent kept) => new(Encoding.UTF8.GetString(kept.Payload.Span), kept.IsAsynchronous);
}

/// <param name="TraceId">The trace of the new invocation.</param>
/// <param name="FunctionError"><c>Unhandled</c> when the function failed.</param>
/// <param name="Payload">What it answered; null when it was invoked asynchronously.</param>
sealed record InvokedAgain(TraceId TraceId, string RequestId, bool IsAsynchronous, string? FunctionError, string? Payload);

[JsonSerializable(typeof(TraceRequestList))]
[JsonSerializable(typeof(InvokedAgain))]
sealed partial class TraceRequestsJson : JsonSerializerContext;
