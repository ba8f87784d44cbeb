using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Makes a trace's summary, in one walk over its segments: this is done for every trace that arrives.</summary>
sealed class TraceSummarizer(Trace trace, Segment root)
{
    const int ServicesMax = 500;
    const int NamesMax = 100;

    readonly AnnotationIndex annotations = new();
    readonly FactsIndex facts = new(trace.AllSegments.Count);
    readonly Dictionary<ServiceId, ServiceId> services = new(trace.AllSegments.Count + 2);
    readonly List<ServiceId> serviceIds = new(trace.AllSegments.Count + 1);
    readonly Dictionary<SegmentId, ServiceId> serviceOf = new(trace.AllSegments.Count);
    readonly HashSet<(SegmentId Call, ServiceId Callee)> calls = new(trace.AllSegments.Count);
    readonly List<string> arns = [];
    readonly List<string> instances = [];
    readonly List<string> zones = [];
    List<string>? messages;

    public TraceSummary Summarize()
    {
        var start = root.StartTime;
        var (throttled, partial) = (false, false);
        foreach (var segment in trace.AllSegments)
        {
            if (trace.IsRoot(segment)) Known(ServiceId.ClientOf(segment));
            serviceOf[segment.Id] = Known(ServiceId.Of(segment));
        }
        foreach (var segment in trace.AllSegments)
        {
            Add(segment);
            if (segment.Inferred) continue;
            if (segment.StartTime < start) start = segment.StartTime;
            throttled |= segment.Throttle;
            partial |= segment.InProgress;
        }
        return new TraceSummary
        {
            Id = trace.Id,
            StartTime = start,
            Duration = trace.Duration,
            ResponseTime = root.Duration,
            HasError = root.Error,
            HasFault = root.Fault,
            HasThrottle = throttled,
            IsPartial = partial,
            Http = HttpSummary.Of(root),
            Annotations = annotations.Annotations,
            Users = annotations.Users,
            ServiceIds = serviceIds,
            ResourceArns = arns,
            InstanceIds = instances,
            AvailabilityZones = zones,
            EntryPoint = serviceOf[root.Id],
            FaultRootCauses = RootCauses.OfFaults(trace),
            ErrorRootCauses = RootCauses.OfErrors(trace),
            ResponseTimeRootCauses = ResponseTimeRootCause.Of(trace),
            SegmentCount = trace.AllSegments.Count,
            Segments = facts.Segments,
            Calls = facts.Calls,
            Revision = trace.Revision,
        };
    }

    void Add(Segment segment)
    {
        var service = serviceOf[segment.Id];
        messages = null;
        // An inferred segment repeats what the call told, which has been taken in with its caller.
        if (!segment.Inferred)
        {
            AddTold(segment, service);
            annotations.AddUser(SummaryText.Cut(segment.User), service);
        }
        if (!IsListed(service)) return;
        var outcome = Outcome(segment) | (segment.Inferred ? SegmentOutcome.Inferred : 0);
        var caller = trace.FindPlace(segment.ParentId);
        facts.AddSegment(service, caller is null ? outcome | SegmentOutcome.Root : outcome, segment, PlaceOf(segment), messages);
        AddCall(segment, service, caller, outcome);
    }

    SegmentPlace PlaceOf(Segment segment)
    {
        if (segment.Inferred) return default;
        return new SegmentPlace(
            Listed(arns, SummaryText.Cut(segment.ResourceArn)), Listed(instances, SummaryText.Cut(segment.InstanceId())),
            Listed(zones, SummaryText.Cut(segment.AvailabilityZone())));
    }

    // As the service graph draws its edges: a call that one service answered twice is one call, and where no subsegment tells of a call the
    // segment called does. In front of each root there is a client.
    void AddCall(Segment segment, ServiceId service, EntityPlace? caller, SegmentOutcome outcome)
    {
        if (caller is not { } place)
        {
            facts.AddCall(Known(ServiceId.ClientOf(segment)), service, segment, outcome);
            return;
        }
        var call = place.Entity is Subsegment { Namespace: not null } ? place.Entity : segment;
        if (calls.Add((call.Id, service)) && IsListed(serviceOf[place.Segment.Id]))
            facts.AddCall(serviceOf[place.Segment.Id], service, call, Outcome(call) | (outcome & SegmentOutcome.Inferred));
    }

    // Merged traces are nowhere deeper than a recursion may go.
    void AddTold(SegmentEntity entity, ServiceId service)
    {
        annotations.Add(entity, service);
        if (entity.Cause?.Exceptions is { } exceptions)
            foreach (var exception in exceptions)
                if (exception.Message is { } message) (messages ??= []).Add(SummaryText.Cut(message));
        foreach (var subsegment in entity.Subsegments) AddTold(subsegment, service);
    }

    /// <summary>The one object for equal ids, which all the rest of the summary shares.</summary>
    ServiceId Known(ServiceId id)
    {
        if (services.TryGetValue(id, out var known)) return known;
        if (serviceIds.Count == ServicesMax) return id;
        services[id] = id;
        serviceIds.Add(id);
        return id;
    }

    // What is not in the lists of a summary is nowhere else in it either.
    bool IsListed(ServiceId service) => serviceIds.Count < ServicesMax || services.ContainsKey(service);

    static string? Listed(List<string> names, string? name)
    {
        if (name is null || names.Contains(name)) return name;
        if (names.Count == NamesMax) return null;
        names.Add(name);
        return name;
    }

    static SegmentOutcome Outcome(SegmentEntity entity) =>
        (entity.Error ? SegmentOutcome.Error : 0) | (entity.Throttle ? SegmentOutcome.Throttle : 0) | (entity.Fault ? SegmentOutcome.Fault : 0)
        | (entity.InProgress ? SegmentOutcome.InProgress : 0);
}
