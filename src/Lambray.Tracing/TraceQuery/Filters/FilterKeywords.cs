namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>How each keyword is spelled, what it compares with, and where it has a meaning.</summary>
static class FilterKeywords
{
    const FilterScope Requests = FilterScope.Trace | FilterScope.Service | FilterScope.Edge;
    const FilterScope Segments = FilterScope.Trace | FilterScope.Service;
    const FilterScope Entities = FilterScope.CauseEntity | FilterScope.CoveredEntity;
    const FilterScope Causes = FilterScope.CauseService | Entities | FilterScope.CauseException;

    static readonly Dictionary<FilterKeyword, (string Name, FilterKeywordKind Kind, FilterScope Scopes)> Table = new()
    {
        [FilterKeyword.Ok] = ("ok", FilterKeywordKind.Flag, Requests),
        [FilterKeyword.Error] = ("error", FilterKeywordKind.Flag, Requests),
        [FilterKeyword.Throttle] = ("throttle", FilterKeywordKind.Flag, Requests),
        [FilterKeyword.Fault] = ("fault", FilterKeywordKind.Flag, Requests),
        [FilterKeyword.Partial] = ("partial", FilterKeywordKind.Flag, Requests),
        [FilterKeyword.Inferred] = ("inferred", FilterKeywordKind.Flag, Requests | FilterScope.CauseService),
        [FilterKeyword.First] = ("first", FilterKeywordKind.Flag, Causes),
        [FilterKeyword.Last] = ("last", FilterKeywordKind.Flag, Causes),
        [FilterKeyword.Remote] = ("remote", FilterKeywordKind.Flag, Entities),
        [FilterKeyword.Root] = ("root", FilterKeywordKind.Flag, FilterScope.Service),
        [FilterKeyword.ResponseTime] = ("responsetime", FilterKeywordKind.Number, Requests),
        [FilterKeyword.Duration] = ("duration", FilterKeywordKind.Number, Requests),
        [FilterKeyword.HttpStatus] = ("http.status", FilterKeywordKind.Number, Requests),
        [FilterKeyword.Index] = ("index", FilterKeywordKind.Number, Causes),
        [FilterKeyword.Coverage] = ("coverage", FilterKeywordKind.Number, FilterScope.CoveredEntity),
        [FilterKeyword.HttpUrl] = ("http.url", FilterKeywordKind.Text, Requests),
        [FilterKeyword.HttpMethod] = ("http.method", FilterKeywordKind.Text, Requests),
        [FilterKeyword.HttpUserAgent] = ("http.useragent", FilterKeywordKind.Text, Requests),
        [FilterKeyword.HttpClientIp] = ("http.clientip", FilterKeywordKind.Text, Requests),
        [FilterKeyword.User] = ("user", FilterKeywordKind.Text, Segments),
        [FilterKeyword.Name] = ("name", FilterKeywordKind.Text, Segments | Causes),
        [FilterKeyword.Type] = ("type", FilterKeywordKind.Text, Segments | FilterScope.CauseService),
        [FilterKeyword.Message] = ("message", FilterKeywordKind.Text, Segments | FilterScope.CauseException),
        [FilterKeyword.AvailabilityZone] = ("availabilityzone", FilterKeywordKind.Text, Segments),
        [FilterKeyword.InstanceId] = ("instance.id", FilterKeywordKind.Text, Segments),
        [FilterKeyword.ResourceArn] = ("resource.arn", FilterKeywordKind.Text, Segments),
    };

    static readonly Dictionary<string, FilterKeyword> ByName =
        Table.ToDictionary(row => row.Value.Name, row => row.Key, StringComparer.OrdinalIgnoreCase);

    public static FilterKeyword? Find(string word) => ByName.TryGetValue(word, out var keyword) ? keyword : null;

    public static string Spelling(this FilterKeyword keyword) => Table[keyword].Name;

    public static FilterKeywordKind Kind(this FilterKeyword keyword) => Table[keyword].Kind;

    public static bool IsKnownIn(this FilterKeyword keyword, FilterScope scope) => (Table[keyword].Scopes & scope) != 0;

    /// <summary>For messages: where a keyword would have had a meaning.</summary>
    public static string Place(this FilterScope scope) => scope switch
    {
        FilterScope.Trace => "a whole trace",
        FilterScope.Service => "a service",
        FilterScope.Edge => "an edge",
        FilterScope.CauseService => "the service of a root cause",
        FilterScope.CauseException => "the exception of a root cause",
        _ => "the entity of a root cause",
    };
}
