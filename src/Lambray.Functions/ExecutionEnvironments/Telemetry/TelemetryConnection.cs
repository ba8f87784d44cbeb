using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Lambray.Functions.ExecutionEnvironments.Telemetry;

/// <summary>Brings batches of events to a listener inside an environment, over connections made in its own network.</summary>
sealed class TelemetryConnection : IDisposable
{
    readonly TelemetryDestination destination;
    readonly Func<Socket> openSocket;
    readonly HttpClient? http;
    Stream? stream;

    public TelemetryConnection(TelemetryDestination destination, Func<Socket> openSocket)
    {
        (this.destination, this.openSocket) = (destination, openSocket);
        if (destination.Path is null) return;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellation) => ConnectAsync(cancellation),
            UseProxy = false,
            AllowAutoRedirect = false,
        };
        // A listener may be frozen with its environment, for as long as nothing is invoked.
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <exception cref="HttpRequestException">The listener is not there, or did not take it.</exception>
    /// <exception cref="IOException">As above.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">As above.</exception>
    public Task SendAsync(IReadOnlyList<byte[]> events, CancellationToken cancellation) =>
        http is null ? SendLinesAsync(events, cancellation) : PostAsync(http, events, cancellation);

    public void Dispose()
    {
        http?.Dispose();
        stream?.Dispose();
    }

    async Task PostAsync(HttpClient client, IReadOnlyList<byte[]> events, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(Join(events, "["u8, ","u8, "]"u8));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var address = new UriBuilder("http", "sandbox.localdomain", destination.Port).Uri;
        using var answer = await client.PostAsync(new Uri(address, destination.Path), content, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    async Task SendLinesAsync(IReadOnlyList<byte[]> events, CancellationToken cancellation)
    {
        try
        {
            stream ??= await ConnectAsync(cancellation);
            await stream.WriteAsync(Join(events, ""u8, "\n"u8, "\n"u8), cancellation);
        }
        catch
        {
            stream?.Dispose();
            stream = null;
            throw;
        }
    }

    async ValueTask<Stream> ConnectAsync(CancellationToken cancellation)
    {
        var socket = openSocket();
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, destination.Port), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static byte[] Join(IReadOnlyList<byte[]> events, ReadOnlySpan<byte> before, ReadOnlySpan<byte> between, ReadOnlySpan<byte> after)
    {
        var joined = new List<byte>(events.Sum(item => item.Length + 1) + 2);
        joined.AddRange(before);
        for (var i = 0; i < events.Count; i++)
        {
            if (i > 0) joined.AddRange(between);
            joined.AddRange(events[i]);
        }
        joined.AddRange(after);
        return [.. joined];
    }
}
