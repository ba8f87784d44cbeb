using Lambray.Aws;
using Lambray.Functions.Invocation.KeptEvents;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Registry;
using Lambray.Tracing.Sampling;

namespace Lambray.Functions.Invocation.Events;

/// <summary>Turns requests into events that may be queued, and records that they were.</summary>
public sealed class EventAcceptance(
    FunctionRegistry functions, LambdaSampler sampler, SegmentRecorder recorder, EventKeeper keeper, FunctionMetrics metrics, AwsHome home, TimeProvider time)
{
    /// <summary>Checks a request for an asynchronous invocation and decides whether it is traced.</summary>
    /// <exception cref="AwsException">The function is not there, or the payload is not acceptable.</exception>
    public AcceptedEvent Prepare(InvokeRequest request)
    {
        var target = functions.Resolve(request.Function);
        var payload = Payload.Check(request.Payload, "Event", Payload.EventBytesMax);
        var trace = InvocationTrace.Begin(request.TraceHeader, target, sampler, request.Received);
        return new AcceptedEvent(
            new QueuedEvent(request.Function, request.RequestId, trace, request.ClientContext, request.Received, time.GetUtcNow()), payload);
    }

    /// <summary>The event is on disk: counts it, keeps it to be invoked with again, and writes its service segment.</summary>
    public void Record(AcceptedEvent accepted)
    {
        var queued = accepted.Event;
        metrics.EventReceived(queued.Function);
        if (!queued.Trace.Sampled) return;
        keeper.Keep(new KeptEvent(queued.Function, queued.RequestId, IsAsynchronous: true, accepted.Payload, queued.ClientContext, queued.Received));
        recorder.Record(LambdaSegments.AcceptedService(queued.Trace, queued.Function, home, queued.RequestId, queued.Received, time.GetUtcNow()));
    }
}

/// <summary>An event that nothing speaks against.</summary>
public sealed record AcceptedEvent(QueuedEvent Event, ReadOnlyMemory<byte> Payload);
