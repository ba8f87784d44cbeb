namespace Lambray.Server.AwsFront.ExecuteApi;

/// <summary>Which API a request is for: by the host name <c>ID.execute-api.REGION.…</c>, or by a path, for clients that cannot choose the host name they send.</summary>
/// <param name="Path">What is below the API's address, as the client wrote it; the first part may be a stage.</param>
readonly record struct ApiAddress(string ApiId, string Path)
{
    /// <summary>The path that local AWS tooling has for APIs of both kinds.</summary>
    public const string PathPrefix = "/_aws/execute-api/";

    const string HostLabel = ".execute-api.";

    // /restapis/ID/STAGE/_user_request_/PATH, older than the one above.
    const string RestPrefix = "/restapis/";
    const string RestMark = "/_user_request_";

    /// <summary>Asked of every request that comes to the server.</summary>
    public static bool IsFor(HttpRequest request)
    {
        var path = request.Path.Value!;
        return request.Host.Host.IndexOf(HostLabel, StringComparison.Ordinal) > 0
            || path.StartsWith(PathPrefix, StringComparison.Ordinal)
            || (path.StartsWith(RestPrefix, StringComparison.Ordinal) && path.Contains(RestMark, StringComparison.Ordinal));
    }

    /// <param name="rawTarget">Path and query, as they came.</param>
    public static ApiAddress Of(HttpRequest request, string rawTarget)
    {
        var path = rawTarget.Split('?')[0];
        var host = request.Host.Host;
        if (host.IndexOf(HostLabel, StringComparison.Ordinal) is var end and > 0) return new ApiAddress(host[..end], path);
        if (path.StartsWith(PathPrefix, StringComparison.Ordinal)) return Below(path[PathPrefix.Length..]);
        var mark = path.IndexOf(RestMark, StringComparison.Ordinal);
        return Below(path[RestPrefix.Length..mark] + path[(mark + RestMark.Length)..]);
    }

    static ApiAddress Below(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new ApiAddress(path, "/") : new ApiAddress(path[..slash], path[slash..]);
    }
}
