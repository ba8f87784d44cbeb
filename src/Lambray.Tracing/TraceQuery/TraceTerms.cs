using System.Globalization;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.TraceQuery;

/// <summary>The terms that a trace is found by. What most traces have alike, such as a status of 200 or an answer in time, is no term.</summary>
/// <remarks>
/// <code>
/// service      orders       edge          api␀stock    fault      orders   of one service    user    alice
/// type         AWS::SNS     annotation    tier         fault               anywhere          url     http://…
/// status       404          annotation=   tier␀gold    rootfault           of the root       method  DELETE
/// statusclass  4            faultcause    orders       slow       5        5 s or more       arn, instance, zone
/// link         1-58406520-…   the id of a trace that it names
/// </code>
/// <c>callfault</c> is of one edge or anywhere. Errors, throttles and, among causes, times have terms as faults have.
/// </remarks>
public static class TraceTerms
{
    internal const string ByResponseTime = "slow";
    internal const string ByDuration = "long";

    // Longer texts are told from each other by the row.
    const int CharactersMax = 200;
    const int UsualStatus = 200;
    const string UsualMethod = "GET";

    // Seconds. A trace has the last that it reaches, so that a limit asks for that step and those behind it.
    static readonly int[] SlowSteps = [1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 900];

    static readonly SegmentOutcome[] Failures = [SegmentOutcome.Fault, SegmentOutcome.Error, SegmentOutcome.Throttle];

    internal static readonly TraceTerm Partial = new("partial", "");

    internal static readonly TraceTerm Throttle = new("throttle", "");

    internal static readonly TraceTerm RootFault = new("rootfault", "");

    internal static readonly TraceTerm RootError = new("rooterror", "");

    public static IReadOnlyList<TraceTerm> Of(TraceSummary trace)
    {
        var terms = new HashSet<TraceTerm>(32);
        foreach (var service in trace.ServiceIds) AddService(service, terms);
        foreach (var segment in trace.Segments) AddOutcome(segment, terms);
        foreach (var call in trace.Calls) AddCall(call, terms);
        AddRoot(trace, terms);
        AddAnnotations(trace, terms);
        AddCauses("faultcause", trace.FaultRootCauses, terms);
        AddCauses("errorcause", trace.ErrorRootCauses, terms);
        AddCauses("timecause", trace.ResponseTimeRootCauses, terms);
        foreach (var user in trace.Users) terms.Add(User(user.Name));
        foreach (var arn in trace.ResourceArns) terms.Add(ResourceArn(arn));
        foreach (var instance in trace.InstanceIds) terms.Add(InstanceId(instance));
        foreach (var zone in trace.AvailabilityZones) terms.Add(AvailabilityZone(zone));
        return [.. terms];
    }

    /// <summary>The traces that segments of this one name, by which it is found from their side.</summary>
    public static IEnumerable<TraceTerm> LinksOf(Trace trace) => trace.Segments.SelectMany(segment => segment.Links).Select(link => Link(link.TraceId)).Distinct();

    internal static TraceTerm Link(TraceId id) => new("link", id.ToString());

    internal static TraceTerm Service(string name) => Term("service", name);

    internal static TraceTerm Type(string type) => Term("type", type);

    internal static TraceTerm Edge(string source, string destination) => Term("edge", $"{source}\0{destination}");

    /// <param name="flag">Fault, error or throttle.</param>
    /// <param name="service">Null for a service whichever it is.</param>
    internal static TraceTerm Outcome(SegmentOutcome flag, string? service) => Term(Kind(flag), service ?? "");

    /// <summary>As <see cref="Outcome"/>, of a call; anywhere, unless both ends are named.</summary>
    internal static TraceTerm CallOutcome(SegmentOutcome flag, string? source, string? destination) =>
        Term("call" + Kind(flag), source is null || destination is null ? "" : $"{source}\0{destination}");

    internal static TraceTerm FaultCause(string service) => Term("faultcause", service);

    internal static TraceTerm ErrorCause(string service) => Term("errorcause", service);

    internal static TraceTerm TimeCause(string service) => Term("timecause", service);

    internal static TraceTerm Url(string url) => Term("url", url);

    /// <summary>Null for the usual one, which is no term.</summary>
    internal static TraceTerm? Method(string method) => method == UsualMethod ? null : Term("method", method);

    internal static TraceTerm User(string name) => Term("user", name);

    internal static TraceTerm ResourceArn(string arn) => Term("arn", arn);

    internal static TraceTerm InstanceId(string id) => Term("instance", id);

    internal static TraceTerm AvailabilityZone(string zone) => Term("zone", zone);

    internal static TraceTerm Annotation(string key) => Term("annotation", key);

    internal static TraceTerm Annotation(string key, AnnotationValue value) => Term("annotation=", $"{key}\0{Text(value)}");

    /// <summary>Null for the usual one, which is no term.</summary>
    internal static TraceTerm? Status(double status) => status == UsualStatus ? null : new TraceTerm("status", Text(status));

    /// <summary>The status classes that have a status for which the condition holds; the usual status is in none.</summary>
    internal static IEnumerable<TraceTerm> StatusClasses(Func<double, bool> holds)
    {
        for (var hundreds = 0; hundreds < 10; hundreds++)
        {
            for (var status = hundreds * 100; status < (hundreds + 1) * 100; status++)
            {
                if (status == UsualStatus || !holds(status)) continue;
                yield return StatusClass(hundreds);
                break;
            }
        }
        yield return StatusClass(null);
    }

    /// <summary>What a trace has that took longer; nothing where the limit is so low that traces in time pass it too.</summary>
    internal static IEnumerable<TraceTerm> SlowerThan(string kind, double seconds)
    {
        if (seconds < SlowSteps[0]) return [];
        var first = Array.FindLastIndex(SlowSteps, step => step <= seconds);
        return SlowSteps.Skip(first).Select(step => Slow(kind, step));
    }

    static void AddService(ServiceId service, HashSet<TraceTerm> terms)
    {
        terms.Add(Service(service.Name));
        if (service.Type is { } type and not ServiceId.ClientType) terms.Add(Type(type));
    }

    static void AddOutcome(SegmentFacts segment, HashSet<TraceTerm> terms)
    {
        if (segment.Outcome.HasFlag(SegmentOutcome.InProgress)) terms.Add(Partial);
        foreach (var flag in Failures)
        {
            if (!segment.Outcome.HasFlag(flag)) continue;
            terms.Add(Outcome(flag, service: null));
            terms.Add(Outcome(flag, segment.Service.Name));
        }
    }

    static void AddCall(CallFacts call, HashSet<TraceTerm> terms)
    {
        var (source, destination) = (call.Source.Name, call.Destination.Name);
        if (call.Source.Type != ServiceId.ClientType) terms.Add(Edge(source, destination));
        if (call.Outcome.HasFlag(SegmentOutcome.InProgress)) terms.Add(Partial);
        foreach (var flag in Failures)
        {
            if (!call.Outcome.HasFlag(flag)) continue;
            terms.Add(CallOutcome(flag, source: null, destination: null));
            terms.Add(CallOutcome(flag, source, destination));
        }
    }

    static void AddRoot(TraceSummary trace, HashSet<TraceTerm> terms)
    {
        if (trace.HasFault) terms.Add(RootFault);
        if (trace.HasError) terms.Add(RootError);
        if (trace.HasThrottle) terms.Add(Throttle);
        if (trace.IsPartial) terms.Add(Partial);
        AddSlow(ByResponseTime, trace.ResponseTime, terms);
        AddSlow(ByDuration, trace.Duration, terms);
        if (trace.Http is not { } http) return;
        if (http.Url is { } url) terms.Add(Url(url));
        if (http.Method is { } method && Method(method) is { } unusual) terms.Add(unusual);
        if (http.Status is not { } status || Status(status) is not { } told) return;
        terms.Add(told);
        terms.Add(StatusClass(status is >= 0 and < 1000 ? status / 100 : null));
    }

    static void AddSlow(string kind, double seconds, HashSet<TraceTerm> terms)
    {
        var step = Array.FindLastIndex(SlowSteps, step => step <= seconds);
        if (step >= 0) terms.Add(Slow(kind, SlowSteps[step]));
    }

    static void AddAnnotations(TraceSummary trace, HashSet<TraceTerm> terms)
    {
        foreach (var (key, values) in trace.Annotations)
        {
            terms.Add(Annotation(key));
            foreach (var told in values) terms.Add(Annotation(key, told.Value));
        }
    }

    static void AddCauses(string kind, IReadOnlyList<RootCause> causes, HashSet<TraceTerm> terms)
    {
        foreach (var cause in causes)
        {
            terms.Add(Term(kind, ""));
            foreach (var service in cause.Services) terms.Add(Term(kind, service.Id.Name));
        }
    }

    static string Kind(SegmentOutcome flag) => flag switch
    {
        SegmentOutcome.Fault => "fault",
        SegmentOutcome.Error => "error",
        _ => "throttle",
    };

    static TraceTerm StatusClass(int? hundreds) => new("statusclass", hundreds?.ToString(CultureInfo.InvariantCulture) ?? "");

    static TraceTerm Slow(string kind, int seconds) => new(kind, seconds.ToString(CultureInfo.InvariantCulture));

    static TraceTerm Term(string kind, string value) => new(kind, value.Length <= CharactersMax ? value : value[..CharactersMax]);

    // A number and the text that spells it are different values, and the two zeros are one.
    static string Text(AnnotationValue value) =>
        value.Text ?? (value.Number is { } number ? $"#{Text(number)}" : value.Flag == true ? "#true" : "#false");

    static string Text(double number) => (number + 0.0).ToString("R", CultureInfo.InvariantCulture);
}
