using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>A trace in one row of a list (<c>TraceSummary</c>).</summary>
public sealed record TraceSummary
{
    public required TraceId Id { get; init; }

    public required SegmentTime StartTime { get; init; }

    /// <summary>Seconds from the first start to the last end.</summary>
    public required double Duration { get; init; }

    /// <summary>Seconds that the caller of the root waited; the work behind it may go on.</summary>
    public required double ResponseTime { get; init; }

    /// <summary>Of the root, as <see cref="HasFault"/>.</summary>
    public required bool HasError { get; init; }

    public required bool HasFault { get; init; }

    /// <summary>Of any segment.</summary>
    public required bool HasThrottle { get; init; }

    /// <summary>Some segment is in progress.</summary>
    public required bool IsPartial { get; init; }

    public required HttpSummary? Http { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<TraceAnnotation>> Annotations { get; init; }

    public required IReadOnlyList<TraceUser> Users { get; init; }

    /// <summary>All nodes that the trace touches, the client's included.</summary>
    public required IReadOnlyList<ServiceId> ServiceIds { get; init; }

    public required IReadOnlyList<string> ResourceArns { get; init; }

    public required IReadOnlyList<string> InstanceIds { get; init; }

    public required IReadOnlyList<string> AvailabilityZones { get; init; }

    public required ServiceId EntryPoint { get; init; }

    public required IReadOnlyList<RootCause> FaultRootCauses { get; init; }

    public required IReadOnlyList<RootCause> ErrorRootCauses { get; init; }

    public required int Revision { get; init; }

    /// <summary>Null for a trace of which no segment has come yet: X-Ray lists none such.</summary>
    public static TraceSummary? Of(Trace trace)
    {
        if (trace.Root is not { } root) return null;
        return new TraceSummary
        {
            Id = trace.Id,
            StartTime = trace.Segments.Min(segment => segment.StartTime),
            Duration = trace.Duration,
            ResponseTime = root.Duration,
            HasError = root.Error,
            HasFault = root.Fault,
            HasThrottle = trace.Segments.Any(segment => segment.Throttle),
            IsPartial = trace.Segments.Any(segment => segment.InProgress),
            Http = HttpSummary.Of(root),
            Annotations = TraceAnnotation.In(trace),
            Users = TraceUser.In(trace),
            ServiceIds = [.. Clients(trace).Concat(trace.AllSegments.Select(ServiceId.Of)).Distinct()],
            ResourceArns = [.. trace.Segments.Select(segment => segment.ResourceArn).OfType<string>().Distinct()],
            InstanceIds = [.. trace.Segments.Select(segment => segment.InstanceId()).OfType<string>().Distinct()],
            AvailabilityZones = [.. trace.Segments.Select(segment => segment.AvailabilityZone()).OfType<string>().Distinct()],
            EntryPoint = ServiceId.Of(root),
            FaultRootCauses = RootCause.OfFaults(trace),
            ErrorRootCauses = RootCause.OfErrors(trace),
            Revision = trace.Revision,
        };
    }

    static IEnumerable<ServiceId> Clients(Trace trace) => trace.AllSegments.Where(trace.IsRoot).Select(ServiceId.ClientOf);
}

/// <summary>The request that the root served.</summary>
public sealed record HttpSummary(string? Url, int? Status, string? Method, string? UserAgent, string? ClientIp)
{
    public static HttpSummary? Of(Segment root) => root.Http is not { } http ? null : new HttpSummary(
        http.Request?.Url, http.Response?.Status, http.Request?.Method, http.Request?.UserAgent, http.Request?.ClientIp);
}
