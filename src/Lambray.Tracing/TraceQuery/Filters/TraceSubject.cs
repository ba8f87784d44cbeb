namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>A whole trace. Most keywords look at its root: an error that was handled inside is not found.</summary>
sealed class TraceSubject(TraceSummary trace) : FilterSubject
{
    public TraceSummary Trace { get; } = trace;

    public override bool Is(FilterKeyword keyword) => keyword switch
    {
        FilterKeyword.Ok => !Trace.HasError && !Trace.HasFault && !Trace.HasThrottle,
        FilterKeyword.Error => Trace.HasError,
        FilterKeyword.Fault => Trace.HasFault,
        FilterKeyword.Throttle => Trace.HasThrottle,
        FilterKeyword.Partial => Trace.IsPartial,
        FilterKeyword.Inferred => HasInferred(),
        _ => false,
    };

    public override bool AnyNumber(FilterKeyword keyword, Comparison comparison) => keyword switch
    {
        FilterKeyword.ResponseTime => comparison.Holds(Trace.ResponseTime),
        FilterKeyword.Duration => comparison.Holds(Trace.Duration),
        FilterKeyword.HttpStatus => Trace.Http?.Status is { } status && comparison.Holds(status),
        _ => false,
    };

    public override bool AnyText(FilterKeyword keyword, Comparison comparison) => keyword switch
    {
        FilterKeyword.User => AnyUser(comparison),
        FilterKeyword.Name => AnyService(comparison, service => service.Name),
        FilterKeyword.Type => AnyService(comparison, service => service.Type),
        FilterKeyword.Message => AnyMessage(comparison),
        FilterKeyword.AvailabilityZone => Any(Trace.AvailabilityZones, comparison),
        FilterKeyword.InstanceId => Any(Trace.InstanceIds, comparison),
        FilterKeyword.ResourceArn => Any(Trace.ResourceArns, comparison),
        _ => AnyHttp(Trace.Http, keyword, comparison),
    };

    public override bool AnyAnnotation(string key, Comparison comparison)
    {
        if (!Trace.Annotations.TryGetValue(key, out var annotations)) return false;
        foreach (var annotation in annotations)
            if (comparison.Holds(annotation.Value)) return true;
        return false;
    }

    bool HasInferred()
    {
        foreach (var segment in Trace.Segments)
            if (segment.Outcome.HasFlag(SegmentOutcome.Inferred)) return true;
        return false;
    }

    bool AnyUser(Comparison comparison)
    {
        foreach (var user in Trace.Users)
            if (comparison.Holds(user.Name)) return true;
        return false;
    }

    bool AnyService(Comparison comparison, Func<ServiceId, string?> text)
    {
        foreach (var service in Trace.ServiceIds)
            if (comparison.Holds(text(service))) return true;
        return false;
    }

    bool AnyMessage(Comparison comparison)
    {
        foreach (var segment in Trace.Segments)
            if (Any(segment.Messages, comparison)) return true;
        return false;
    }
}
