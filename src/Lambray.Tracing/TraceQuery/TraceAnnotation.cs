using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>A value that an annotation has in a trace, and the services that gave it.</summary>
public sealed record TraceAnnotation(AnnotationValue Value, IReadOnlyList<ServiceId> ServiceIds);

/// <summary>A user that the segments of a trace name, and the services that named it.</summary>
public sealed record TraceUser(string Name, IReadOnlyList<ServiceId> ServiceIds);
