using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>A trace in one row of a list (<c>TraceSummary</c>), with what filter expressions ask of it besides.</summary>
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

    /// <summary>How the request went, one word for the flags above.</summary>
    public TimelineStatus Status => TraceTimeline.StatusOf(HasFault, HasThrottle, HasError, IsPartial);

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

    /// <summary>Of slow traces only.</summary>
    public required IReadOnlyList<RootCause> ResponseTimeRootCauses { get; init; }

    /// <summary>How many segments the trace has, sent or inferred.</summary>
    public required int SegmentCount { get; init; }

    /// <summary>Sent and inferred segments by service; the API does not show them.</summary>
    public required IReadOnlyList<SegmentFacts> Segments { get; init; }

    public required IReadOnlyList<CallFacts> Calls { get; init; }

    public required int Revision { get; init; }

    /// <summary>Null for a trace of which no segment has come yet: X-Ray lists none such.</summary>
    public static TraceSummary? Of(Trace trace) => trace.Root is { } root ? new TraceSummarizer(trace, root).Summarize() : null;
}

/// <summary>The request that was served or made.</summary>
public sealed record HttpSummary(string? Url, int? Status, string? Method, string? UserAgent, string? ClientIp)
{
    public static HttpSummary? Of(SegmentEntity entity)
    {
        if (entity.Http is not { } http) return null;
        if (http.Request is not { } request) return http.Response?.Status is { } status ? new HttpSummary(null, status, null, null, null) : null;
        return new HttpSummary(
            SummaryText.Cut(request.Url), http.Response?.Status, SummaryText.Cut(request.Method), SummaryText.Cut(request.UserAgent),
            SummaryText.Cut(request.ClientIp));
    }
}
