namespace Lambray.Tracing.TraceQuery;

/// <summary>The keywords of filter expressions that ask about a whole trace, and where its summary has the answer.</summary>
static class FilterKeywords
{
    public static readonly Dictionary<string, Func<TraceSummary, bool>> Flags = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ok"] = trace => !trace.HasError && !trace.HasFault && !trace.HasThrottle,
        ["error"] = trace => trace.HasError,
        ["fault"] = trace => trace.HasFault,
        ["throttle"] = trace => trace.HasThrottle,
        ["partial"] = trace => trace.IsPartial,
    };

    public static readonly Dictionary<string, Func<TraceSummary, double?>> Numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["responsetime"] = trace => trace.ResponseTime,
        ["duration"] = trace => trace.Duration,
        ["http.status"] = trace => trace.Http?.Status,
    };

    public static readonly Dictionary<string, Func<TraceSummary, IEnumerable<string?>>> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["http.url"] = trace => [trace.Http?.Url],
        ["http.method"] = trace => [trace.Http?.Method],
        ["http.useragent"] = trace => [trace.Http?.UserAgent],
        ["http.clientip"] = trace => [trace.Http?.ClientIp],
        ["user"] = trace => trace.Users.Select(user => user.Name),
        ["instance.id"] = trace => trace.InstanceIds,
        ["availabilityzone"] = trace => trace.AvailabilityZones,
        ["resource.arn"] = trace => trace.ResourceArns,
    };
}
