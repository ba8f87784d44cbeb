using System.Net;
using System.Net.Sockets;
using Lambray.Daemon.Service;
using Microsoft.Extensions.Logging;

namespace Lambray.Daemon.Proxying;

/// <summary>The TCP port: passes requests of any path on to X-Ray, signed. SDKs, which have no credentials of their own, ask for sampling rules and quotas here.</summary>
sealed partial class SigningProxy(Socket listener, XRayService service, TimeProvider time, ILogger log) : IDisposable
{
    const int ConnectionsMax = 256;
    static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(90);
    static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    // Of one connection, or made anew for the other one (RFC 9110, section 7.6.1), or of the signature.
    static readonly HashSet<string> NotPassedOn = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Host", "Content-Length", "Expect", "Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256",
    };

    readonly SemaphoreSlim room = new(ConnectionsMax);

    public IPEndPoint Address => (IPEndPoint)listener.LocalEndPoint!;

    /// <summary>Serves until told to stop; what is being answered then is cut off.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        listener.Listen();
        LogStarting(Address);
        try
        {
            while (true)
            {
                // More than that wait in the kernel's queue.
                await room.WaitAsync(stopping);
                if (await TryAcceptAsync(stopping) is { } socket) _ = ServeAsync(socket, stopping);
                else room.Release();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    public void Dispose() => listener.Dispose();

    async Task<Socket?> TryAcceptAsync(CancellationToken stopping)
    {
        try
        {
            return await listener.AcceptAsync(stopping);
        }
        // A client that has gone already, or no file descriptor left for now.
        catch (SocketException error)
        {
            LogNotAccepted(error.Message);
            await Task.Delay(PauseAfterFailure, time, stopping);
            return null;
        }
    }

    async Task ServeAsync(Socket socket, CancellationToken stopping)
    {
        try
        {
            socket.NoDelay = true;
            await using var connection = new NetworkStream(socket, ownsSocket: true);
            var requests = new HttpRequestReader(connection);
            while (await TryServeOneAsync(requests, connection, stopping)) ;
        }
        // The client has gone, stays silent, or the daemon ends.
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            LogGone(error.Message);
        }
        // Nobody waits for this task: a mistake of ours would not be seen otherwise.
        catch (Exception error)
        {
            LogBroken(error.ToString());
        }
        finally
        {
            room.Release();
        }
    }

    async Task<bool> TryServeOneAsync(HttpRequestReader requests, NetworkStream connection, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(IdleLimit);
        try
        {
            if (await requests.ReadAsync(limit.Token) is not { } request) return false;
            LogReceived(request.Target);
            limit.CancelAfter(AnswerLimit);
            var answer = await ForwardAsync(request, limit.Token);
            await answer.WriteAsync(connection, request.KeepsAlive, hasBody: request.Method != "HEAD" && answer.Status is not (204 or 304), stopping);
            return request.KeepsAlive;
        }
        catch (BadRequestException error)
        {
            await HttpAnswer.Failure(error.Status, "Bad Request", error.Message).WriteAsync(connection, keepsAlive: false, hasBody: true, stopping);
            return false;
        }
    }

    async Task<HttpAnswer> ForwardAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            var outgoing = service.Request(new HttpMethod(request.Method), request.Target, request.Body);
            foreach (var (name, text) in request.Headers)
                if (!NotPassedOn.Contains(name) && !outgoing.Headers.TryAddWithoutValidation(name, text)) outgoing.Content?.Headers.TryAddWithoutValidation(name, text);
            using var answer = await service.SendAsync(outgoing, request.Body, cancellation);
            var headers = answer.Headers.Concat(answer.Content.Headers)
                .Where(header => !NotPassedOn.Contains(header.Key))
                .SelectMany(header => header.Value, (header, text) => KeyValuePair.Create(header.Key, text));
            return new HttpAnswer((int)answer.StatusCode, answer.ReasonPhrase, [.. headers], await answer.Content.ReadAsByteArrayAsync(cancellation));
        }
        catch (Exception error) when (ConnectionErrors.IsConnectionError(error))
        {
            LogFailed(request.Target, error.Message);
            return HttpAnswer.Failure((int)HttpStatusCode.BadGateway, "Bad Gateway", $"{service.Endpoint}: {error.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Starting proxy http server on {Address}")]
    partial void LogStarting(IPEndPoint address);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Received request on HTTP Proxy server : {Target}")]
    partial void LogReceived(string target);

    [LoggerMessage(Level = LogLevel.Error, Message = "HTTP Proxy server: {Target} failed: {Reason}")]
    partial void LogFailed(string target, string reason);

    [LoggerMessage(Level = LogLevel.Trace, Message = "HTTP Proxy server: a connection ended: {Reason}")]
    partial void LogGone(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "HTTP Proxy server: a connection was not accepted: {Reason}")]
    partial void LogNotAccepted(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "HTTP Proxy server: a connection broke: {Error}")]
    partial void LogBroken(string error);
}
