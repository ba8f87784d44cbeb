using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Collects the annotations and the users of a trace, each value with the services that gave it.</summary>
sealed class AnnotationIndex
{
    // "Annotations" in the X-Ray Developer Guide: up to 50 per trace are indexed.
    const int KeysMax = 50;

    // AWS says nothing of these; they keep the summary of a trace with thousands of segments small.
    const int ValuesMax = 20;
    const int ServicesMax = 20;

    static readonly Dictionary<string, IReadOnlyList<TraceAnnotation>> None = [];

    Dictionary<string, IReadOnlyList<TraceAnnotation>>? annotations;
    List<TraceUser>? users;

    public IReadOnlyDictionary<string, IReadOnlyList<TraceAnnotation>> Annotations => annotations ?? None;

    public IReadOnlyList<TraceUser> Users => users ?? (IReadOnlyList<TraceUser>)[];

    public void Add(SegmentEntity entity, ServiceId service)
    {
        if (entity.Annotations.Count == 0) return;
        annotations ??= [];
        foreach (var (key, value) in entity.Annotations) Add(key, value.Text is { } text ? SummaryText.Cut(text) : value, service);
    }

    public void AddUser(string? name, ServiceId service)
    {
        if (name is null) return;
        users ??= [];
        foreach (var user in users)
        {
            if (user.Name != name) continue;
            AddService((List<ServiceId>)user.ServiceIds, service);
            return;
        }
        if (users.Count < ValuesMax) users.Add(new TraceUser(name, new List<ServiceId>(1) { service }));
    }

    void Add(string key, AnnotationValue value, ServiceId service)
    {
        if (!annotations!.TryGetValue(key, out var values))
        {
            if (annotations.Count == KeysMax) return;
            annotations[key] = values = new List<TraceAnnotation>(1);
        }
        foreach (var told in values)
        {
            if (told.Value != value) continue;
            AddService((List<ServiceId>)told.ServiceIds, service);
            return;
        }
        if (values.Count < ValuesMax) ((List<TraceAnnotation>)values).Add(new TraceAnnotation(value, new List<ServiceId>(1) { service }));
    }

    static void AddService(List<ServiceId> services, ServiceId service)
    {
        if (services.Count < ServicesMax && !services.Contains(service)) services.Add(service);
    }
}
