using System.Net;
using System.Net.Security;
using Lambray.Daemon.Configuration;

namespace Lambray.Daemon.Service;

/// <summary>The daemon's HTTP clients, as plain as can be: no cookies, no redirects, nothing added to requests that are signed.</summary>
static class DaemonHttp
{
    // Longer than the 60 seconds between two telemetry records.
    static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(90);
    static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    /// <summary>Through the proxy of the configuration, or else that of the variables such as <c>HTTPS_PROXY</c>.</summary>
    public static HttpClient ToServices(DaemonConfig config)
    {
        var connections = Connections();
        if (config.ProxyAddress is { } proxy) connections.Proxy = new WebProxy(proxy);
#pragma warning disable CA5359 // The user asks for it, by a key whose name says what it does.
        if (config.NoVerifySsl) connections.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5359
        return Client(connections);
    }

    /// <summary>To this machine's own metadata, never through a proxy.</summary>
    public static HttpClient ToMetadata()
    {
        var connections = Connections();
        connections.UseProxy = false;
        return Client(connections);
    }

    static SocketsHttpHandler Connections() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = ConnectLimit,
        PooledConnectionIdleTimeout = IdleLimit,
    };

    // Each request has a limit of its own.
    static HttpClient Client(SocketsHttpHandler connections) => new(connections) { Timeout = Timeout.InfiniteTimeSpan };
}
