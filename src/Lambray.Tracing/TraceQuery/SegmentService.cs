using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Whose work a segment is.</summary>
public static class SegmentService
{
    extension(ServiceId)
    {
        public static ServiceId Of(Segment segment) =>
            segment.Inferred ? DownstreamService.Node(segment) : new ServiceId(segment.Name, segment.Origin, segment.AccountId());

        public static ServiceId ClientOf(Segment root) => new(root.Name, ServiceId.ClientType);
    }
}
