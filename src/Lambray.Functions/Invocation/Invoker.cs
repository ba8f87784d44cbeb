using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.Invocation.Events;
using Lambray.Functions.Invocation.KeptEvents;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Registry;
using Lambray.Tracing.Sampling;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.Invocation;

/// <summary>The Invoke operation: synchronous at once, asynchronous by way of the durable queue.</summary>
public sealed class Invoker(
    FunctionRegistry functions, AttemptRunner attempts, EventAcceptance acceptance, EventQueue queue, LambdaSampler sampler, SegmentRecorder recorder,
    EventKeeper keeper, FunctionMetrics metrics, AwsHome home, TimeProvider time)
{
    /// <summary>Runs the function and answers with its result (<c>RequestResponse</c>).</summary>
    /// <exception cref="AwsException">The function is not there or not ready, the payload is not acceptable, there is no room to run it, or it calls itself for ever.</exception>
    public async Task<InvokeResult> InvokeAsync(InvokeRequest request)
    {
        var target = functions.Resolve(request.Function);
        var payload = Payload.Check(request.Payload, "RequestResponse", Payload.RequestResponseBytesMax);
        var trace = InvocationTrace.Begin(request.TraceHeader, target, sampler, request.Received);
        if (trace.IsLoopOf(target))
        {
            metrics.RecursionStopped(request.Function);
            throw LambdaErrors.RecursiveInvocation(target.Function.Name);
        }
        if (trace.Sampled) keeper.Keep(new KeptEvent(request.Function, request.RequestId, IsAsynchronous: false, payload, request.ClientContext, request.Received));
        request.Listener?.Begin(trace, target.ExecutedVersion);
        var functionSegment = SegmentId.New();
        var attempt = await RunAsync(request, trace, new AttemptRequest(
            target, request.Function, request.Function.Arn(home).ToString(), request.RequestId, payload, request.ClientContext,
            trace.HeaderFor(functionSegment), trace.Sampled ? functionSegment : null, request.Listener)
        {
            ParentSegment = trace.ServiceSegment,
        });
        var failure = attempt.Record.Failure;
        if (trace.Sampled)
            recorder.Record(LambdaSegments.Service(trace, request.Function, home, request.RequestId, request.Received, time.GetUtcNow(), failed: failure is not null) with { Links = request.Links });
        var finish = FinishAsync(trace, functionSegment, target.Function, attempt);
        if (trace.Sampled) recorder.Expect(finish);
        return new InvokeResult(failure?.Body ?? attempt.Payload, attempt.ContentType, failure is null ? null : "Unhandled", target.ExecutedVersion, trace, finish);
    }

    /// <summary>Accepts the event for later (<c>Event</c>); when the task completes it is on disk.</summary>
    /// <exception cref="AwsException">The function is not there, the payload is not acceptable, or too many events are waiting.</exception>
    public async Task<InvocationTrace> EnqueueAsync(InvokeRequest request)
    {
        var accepted = acceptance.Prepare(request);
        await queue.AddAsync(accepted.Event, accepted.Payload);
        acceptance.Record(accepted);
        return accepted.Event.Trace;
    }

    /// <summary>Checks that the function could be invoked, without doing so (<c>DryRun</c>).</summary>
    public void Check(InvokeRequest request)
    {
        functions.Resolve(request.Function);
        Payload.Check(request.Payload, "RequestResponse", Payload.RequestResponseBytesMax);
    }

    async Task<Attempt> RunAsync(InvokeRequest request, InvocationTrace trace, AttemptRequest attempt)
    {
        try
        {
            return await attempts.RunAsync(attempt);
        }
        catch (AwsException error) when (error.Status == 429)
        {
            metrics.Throttled(request.Function);
            if (trace.Sampled)
                recorder.Record(LambdaSegments.ThrottledService(trace, request.Function, home, request.RequestId, request.Received, time.GetUtcNow()) with { Links = request.Links });
            throw;
        }
        catch (EnvironmentStartException error)
        {
            throw new AwsException("ServiceException", 500, error.Message);
        }
    }

    async Task<byte[]> FinishAsync(InvocationTrace trace, SegmentId functionSegment, FunctionModel function, Attempt attempt)
    {
        var finish = await attempt.Finished;
        if (trace.Sampled)
            recorder.Record(LambdaSegments.Function(trace, functionSegment, trace.ServiceSegment, function, home, attempt.Record, finish));
        return finish.Log.ToArray();
    }
}
