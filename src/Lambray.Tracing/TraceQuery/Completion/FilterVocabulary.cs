namespace Lambray.Tracing.TraceQuery.Completion;

/// <summary>The names and values that filter expressions may speak of, as recent traces have them.</summary>
public sealed class FilterVocabulary
{
    // As many as somebody may want to choose from.
    const int ValuesMax = 500;

    readonly Dictionary<string, SortedSet<string>> values = new(StringComparer.OrdinalIgnoreCase);
    readonly SortedSet<string> annotationKeys = new(StringComparer.Ordinal);
    readonly Dictionary<string, SortedSet<string>> annotations = new(StringComparer.Ordinal);

    public static FilterVocabulary Of(IEnumerable<TraceSummary> traces, IEnumerable<string> groups)
    {
        var vocabulary = new FilterVocabulary();
        foreach (var trace in traces) vocabulary.Add(trace);
        foreach (var group in groups) vocabulary.Add("group.name", group);
        return vocabulary;
    }

    /// <summary>What <c>service()</c> and <c>edge()</c> take.</summary>
    public IReadOnlyCollection<string> Services => Values("name");

    public IReadOnlyCollection<string> AnnotationKeys => annotationKeys;

    /// <summary>As an expression writes them: strings in quotes, numbers and booleans as they are.</summary>
    public IReadOnlyCollection<string> AnnotationValues(string key) => annotations.TryGetValue(key, out var known) ? known : [];

    /// <param name="keyword">Such as <c>http.url</c>.</param>
    public IReadOnlyCollection<string> Values(string keyword) => values.TryGetValue(keyword, out var known) ? known : [];

    void Add(TraceSummary trace)
    {
        foreach (var service in trace.ServiceIds)
        {
            if (service.Type == ServiceId.ClientType) continue;
            Add("name", service.Name);
            Add("type", service.Type);
        }
        AddHttp(trace.Http);
        foreach (var segment in trace.Segments) AddHttp(segment.Http);
        foreach (var user in trace.Users) Add("user", user.Name);
        foreach (var arn in trace.ResourceArns) Add("resource.arn", arn);
        foreach (var id in trace.InstanceIds) Add("instance.id", id);
        foreach (var zone in trace.AvailabilityZones) Add("availabilityzone", zone);
        foreach (var (key, told) in trace.Annotations)
            if (AddTo(annotationKeys, key)) Add(key, told);
    }

    void AddHttp(HttpSummary? http)
    {
        if (http is null) return;
        Add("http.url", http.Url);
        Add("http.method", http.Method);
        Add("http.useragent", http.UserAgent);
        Add("http.clientip", http.ClientIp);
    }

    void Add(string keyword, string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        if (!values.TryGetValue(keyword, out var known)) values[keyword] = known = new SortedSet<string>(StringComparer.Ordinal);
        AddTo(known, value);
    }

    void Add(string key, IEnumerable<TraceAnnotation> told)
    {
        if (!annotations.TryGetValue(key, out var known)) annotations[key] = known = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var annotation in told) AddTo(known, annotation.Value.Text is { } text ? Filters.Comparison.Quote(text) : annotation.Value.ToString());
    }

    static bool AddTo(SortedSet<string> known, string value) => known.Contains(value) || (known.Count < ValuesMax && known.Add(value));
}
