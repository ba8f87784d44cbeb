using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>The traces of BatchGetTraces, as many as one answer should carry.</summary>
/// <param name="NextToken">The id of the trace that the next page begins with.</param>
sealed record TraceBatch(IReadOnlyList<TraceWire> Traces, string? NextToken)
{
    const int CharactersMax = 2 * TraceWire.CharactersMax;

    public static TraceBatch Of(IReadOnlyList<Trace> found, string? token)
    {
        var first = token is null ? 0 : found.Index().FirstOrDefault(trace => trace.Item.Id.ToString() == token, (-1, null!)).Index;
        if (first < 0) throw XRayWire.InvalidRequest("NextToken is not one that was given for these TraceIds.");
        var traces = new List<TraceWire>();
        var room = CharactersMax;
        for (var index = first; index < found.Count; index++)
        {
            var wire = TraceWire.Of(found[index]);
            room -= wire.Characters;
            if (room < 0 && traces.Count > 0) return new TraceBatch(traces, wire.Id);
            traces.Add(wire);
        }
        return new TraceBatch(traces, null);
    }
}
