using Lambray.Tracing.Segments;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>The traced invocations that an environment had last, to tell which of them a call from it belongs to.</summary>
/// <remarks>
/// AWS SDKs send the trace header that their function was given, whether an X-Ray SDK is there or not; one that records
/// the call puts the id of its own subsegment into it. So a header that still names the function's segment
/// belongs to a call that nobody has recorded.
/// </remarks>
public sealed class TracedInvocations
{
    // Code that outlives its invocation's answer still sends that invocation's header.
    const int KeptMax = 16;

    readonly Lock gate = new();
    readonly Queue<TraceHeader> last = new();
    TraceHeader? current;

    /// <summary>What a call belongs to that no X-Ray SDK has recorded; null when one has, or when the invocation is not traced.</summary>
    /// <param name="sent">The call's own header; empty from clients that know nothing of tracing.</param>
    public TraceHeader? FindUnrecorded(TraceHeader sent)
    {
        lock (gate)
        {
            if (sent.Root is null) return current;
            return last.FirstOrDefault(header => header.Root == sent.Root && header.Parent == sent.Parent);
        }
    }

    /// <param name="header">With the function's segment as parent; null when the invocation is not traced.</param>
    internal void Begin(TraceHeader? header)
    {
        lock (gate)
        {
            current = header;
            if (header is null) return;
            last.Enqueue(header);
            if (last.Count > KeptMax) last.Dequeue();
        }
    }

    internal void End()
    {
        lock (gate) current = null;
    }
}
