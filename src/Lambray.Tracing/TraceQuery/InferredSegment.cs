using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Stands in for the callee of a downstream call that sent no segment of its own: what the caller saw of it.</summary>
static class InferredSegment
{
    public static Segment Of(Segment caller, Subsegment call) => new()
    {
        Name = call.Name,
        Id = IdFor(call.Id),
        TraceId = caller.TraceId,
        ParentId = call.Id,
        StartTime = call.StartTime,
        EndTime = call.EndTime,
        Http = call.Http,
        Aws = call.Aws,
        Sql = call.Sql,
        Error = call.Error,
        Throttle = call.Throttle,
        Fault = call.Fault,
        Origin = DownstreamService.Origin(call),
        Inferred = true,
    };

    // The same call has to give the same id at every reading. This is the finisher of SplitMix64:
    // it is one-to-one, so different calls keep different ids.
    static SegmentId IdFor(SegmentId call)
    {
        var value = call.Value + 0x9e3779b97f4a7c15;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return new SegmentId(value ^ (value >> 31));
    }
}
