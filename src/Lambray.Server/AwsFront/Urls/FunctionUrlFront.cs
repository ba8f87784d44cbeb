using Lambray.Aws;

namespace Lambray.Server.AwsFront.Urls;

/// <summary>The addresses of functions behind the one port: every method and every path is the function's own.</summary>
static class FunctionUrlFront
{
    /// <summary>The address for clients that cannot resolve <c>*.localhost</c> or choose the host name that they send.</summary>
    public const string PathPrefix = ServiceDispatch.ConsolePrefix + "/function-urls";

    const string HostLabel = ".lambda-url.";

    // "Lambda quotas": as for any synchronous invocation.
    public const long RequestBytesMax = 6 * 1024 * 1024;

    public static readonly ServiceFront Front = new(
        AwsService.FunctionUrl, routes => routes.Map("{**path}", FunctionUrlRequests.AnswerAsync), WriteErrorAsync, RequestBytesMax, _ => "Function URLs")
    {
        // Each address says for itself whom it lets in.
        Admit = _ => Task.CompletedTask,
    };

    /// <summary>The id in <c>ID.lambda-url.REGION.…</c>, or in a path of <see cref="PathPrefix"/>; null when the request is for no function's address.</summary>
    public static string? IdOf(HttpRequest request)
    {
        // Asked of every request that comes to the server.
        var host = request.Host.Host;
        if (host.IndexOf(HostLabel, StringComparison.Ordinal) is var end and > 0) return host[..end];
        return request.Path.StartsWithSegments(PathPrefix, out var rest) && rest.Value!.Split('/') is [_, { Length: > 0 } id, ..] ? id : null;
    }

    /// <summary>The path as the client wrote it, below the function's address.</summary>
    public static string RawPathOf(HttpRequest request, string rawTarget)
    {
        var path = rawTarget.Split('?')[0];
        if (request.Host.Host.Contains(HostLabel, StringComparison.Ordinal)) return path;
        var below = path[PathPrefix.Length..].TrimStart('/');
        var slash = below.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "/" : below[slash..];
    }

    static Task WriteErrorAsync(HttpContext http, AwsException error) =>
        JsonErrors.WriteAsync(http, error, body => body.WriteString("Message", error.Message));
}
