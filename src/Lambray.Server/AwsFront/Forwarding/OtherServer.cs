using System.Net;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.Forwarding;

/// <summary>The connection to a server that stands in place of a service.</summary>
sealed class OtherServer(string service, Uri endpoint)
{
    // Of a connection, not of what goes over it.
    static readonly HashSet<string> OfConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
    };

    static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    // Lives as long as the process does, as a server's fronts do.
    static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = ConnectLimit,
        // The trace header is passed on as it came.
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });

    /// <exception cref="AwsException">ServiceUnavailable when it cannot be reached.</exception>
    public async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await Http.SendAsync(request, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw new AwsException("ServiceUnavailable", 503, $"{service.ToUpperInvariant()} is forwarded to {endpoint}, which cannot be reached: {error.Message}");
        }
    }

    /// <summary>Gives its answer to the caller as it streams.</summary>
    public static async Task PassBackAsync(HttpResponseMessage answer, HttpContext http)
    {
        WriteHead(answer, http);
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    /// <summary>The same with another body than the server's.</summary>
    public static async Task PassBackAsync(HttpResponseMessage answer, HttpContext http, ReadOnlyMemory<byte> body)
    {
        WriteHead(answer, http);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    static void WriteHead(HttpResponseMessage answer, HttpContext http)
    {
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
            if (!OfConnection.Contains(name)) http.Response.Headers[name] = values.ToArray();
    }
}
