using Lambray.Functions.Registry;
using Lambray.Tracing.Sampling;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.Invocation;

/// <summary>The part of a trace that one invocation writes: which trace, whether it is recorded, and the ids of its segments.</summary>
/// <param name="Caller">The subsegment of the caller that made the request; null when the trace begins here.</param>
/// <param name="ServiceSegment">The id of the <c>AWS::Lambda</c> segment.</param>
/// <param name="Extras">Other pairs of the header, passed on; the function itself is counted in its <see cref="Lineage"/>.</param>
public sealed record InvocationTrace(TraceId TraceId, SegmentId? Caller, bool Sampled, SegmentId ServiceSegment, string Extras)
{
    /// <summary>Who decides, by tracing mode and header ("Visualize Lambda function invocations using AWS X-Ray" in the Developer Guide).</summary>
    /// <remarks>
    /// A decision in the header always wins. Without one, Lambda samples for an Active function by its own rule, and a
    /// PassThrough function is not traced.
    /// </remarks>
    public static InvocationTrace Begin(TraceHeader header, InvocationTarget target, LambdaSampler sampler, DateTimeOffset now)
    {
        var sampled = header.Sampled switch
        {
            SamplingDecision.Sampled => true,
            SamplingDecision.NotSampled => false,
            _ => target.Function.TracingMode == TracingMode.Active && sampler.Decide(target.Function.Name, now),
        };
        var extras = Lineage.Enter(header.Extras, target.Registered.Latest.Arn);
        return new InvocationTrace(header.Root ?? TraceId.New(now), header.Parent, sampled, SegmentId.New(), extras);
    }

    /// <summary>Whether the function has run so often in this chain of requests that it is a loop, and loops of it are to be ended.</summary>
    public bool IsLoopOf(InvocationTarget target) =>
        target.Registered.RecursiveLoop == RecursiveLoop.Terminate && Lineage.RunsBefore(Extras, target.Registered.Latest.Arn) >= Lineage.RunsMax;

    /// <summary>The header that the function sees; what it records lies beneath <paramref name="functionSegment"/>.</summary>
    public TraceHeader HeaderFor(SegmentId functionSegment) => new(
        TraceId, Sampled ? functionSegment : Caller ?? functionSegment, Sampled ? SamplingDecision.Sampled : SamplingDecision.NotSampled, Extras);
}
