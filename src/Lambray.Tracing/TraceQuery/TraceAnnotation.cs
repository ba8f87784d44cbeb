using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>A value that an annotation has in a trace, and the services that gave it.</summary>
public sealed record TraceAnnotation(AnnotationValue Value, IReadOnlyList<ServiceId> ServiceIds)
{
    // "Annotations" in the X-Ray Developer Guide: up to 50 per trace are indexed.
    const int KeysMax = 50;

    public static IReadOnlyDictionary<string, IReadOnlyList<TraceAnnotation>> In(Trace trace)
    {
        var told =
            from segment in trace.Segments
            from entity in segment.Descendants().Prepend<SegmentEntity>(segment)
            from annotation in entity.Annotations
            select (annotation.Key, annotation.Value, Service: ServiceId.Of(segment));
        return told.GroupBy(one => one.Key).Take(KeysMax).ToDictionary(
            key => key.Key,
            key => (IReadOnlyList<TraceAnnotation>)[
                .. from one in key
                   group one.Service by one.Value into value
                   select new TraceAnnotation(value.Key, [.. value.Distinct()])]);
    }
}

/// <summary>A user that the segments of a trace name, and the services that named it.</summary>
public sealed record TraceUser(string Name, IReadOnlyList<ServiceId> ServiceIds)
{
    public static IReadOnlyList<TraceUser> In(Trace trace) =>
    [
        .. trace.Segments.Where(segment => segment.User is not null).GroupBy(segment => segment.User!)
            .Select(user => new TraceUser(user.Key, [.. user.Select(ServiceId.Of).Distinct()])),
    ];
}
