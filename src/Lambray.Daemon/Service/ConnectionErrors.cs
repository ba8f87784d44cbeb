using System.Net.Sockets;

namespace Lambray.Daemon.Service;

/// <summary>Which class of telemetry a failure belongs to.</summary>
static class ConnectionErrors
{
    /// <summary>Whether an exception is the outer world's, not ours.</summary>
    public static bool IsConnectionError(Exception error) => error is HttpRequestException or IOException or OperationCanceledException;

    public static ConnectionError Of(Exception error) => error switch
    {
        OperationCanceledException => ConnectionError.Timeout,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => ConnectionError.UnknownHost,
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => ConnectionError.Refused,
        { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut } or OperationCanceledException or TimeoutException } => ConnectionError.Timeout,
        _ => ConnectionError.Other,
    };

    /// <summary>Of an answer that is no success.</summary>
    public static ConnectionError Of(int status) => status switch
    {
        >= 400 and < 500 => ConnectionError.Http4xx,
        >= 500 and < 600 => ConnectionError.Http5xx,
        _ => ConnectionError.Other,
    };
}
