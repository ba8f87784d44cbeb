using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Lambray.Bench.Load;

/// <summary>One kept-alive HTTP connection for requests with bodies of any size, whose answers are not known beforehand; it blocks until they are there.</summary>
sealed class ApiConnection : IDisposable
{
    // Behind "HTTP/1.1 ".
    const int StatusAt = 9;
    const int StatusLength = 3;

    readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly string host;
    byte[] buffer = new byte[256 * 1024];

    public ApiConnection(Uri server)
    {
        host = server.Authority;
        socket.Connect(server.Host, server.Port);
    }

    public ApiAnswer Post(string path, string body) => Post(path, Encoding.UTF8.GetBytes(body));

    /// <summary>Posts JSON and returns when the whole answer has come.</summary>
    public ApiAnswer Post(string path, ReadOnlySpan<byte> body)
    {
        var head = Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        var request = new byte[head.Length + body.Length];
        head.CopyTo(request, 0);
        body.CopyTo(request.AsSpan(head.Length));
        var started = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < request.Length;) sent += socket.Send(request.AsSpan(sent));
        var (headBytes, bytes) = Receive();
        var taken = Stopwatch.GetElapsedTime(started);
        var status = int.Parse(buffer.AsSpan(StatusAt, StatusLength), CultureInfo.InvariantCulture);
        var answered = buffer.AsSpan(headBytes, bytes - headBytes);
        return new ApiAnswer(taken, status, ContentLength(buffer.AsSpan(0, headBytes)) < 0 ? WithoutChunks(answered) : Encoding.UTF8.GetString(answered));
    }

    public void Dispose() => socket.Dispose();

    (int Head, int All) Receive()
    {
        var received = 0;
        while (true)
        {
            if (received == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var read = socket.Receive(buffer.AsSpan(received));
            if (read == 0) throw new InvalidDataException($"The connection ended: {Encoding.UTF8.GetString(buffer, 0, received)}");
            received += read;
            var headBytes = buffer.AsSpan(0, received).IndexOf("\r\n\r\n"u8) + 4;
            if (headBytes < 4) continue;
            var length = ContentLength(buffer.AsSpan(0, headBytes));
            if (length < 0 ? buffer.AsSpan(0, received).EndsWith("\r\n0\r\n\r\n"u8) : received == headBytes + length) return (headBytes, received);
        }
    }

    // "5\r\nhello\r\n0\r\n\r\n"
    static string WithoutChunks(ReadOnlySpan<byte> answered)
    {
        var body = new MemoryStream();
        while (true)
        {
            var line = answered.IndexOf("\r\n"u8);
            var length = int.Parse(answered[..line], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (length == 0) return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
            body.Write(answered.Slice(line + 2, length));
            answered = answered[(line + 2 + length + 2)..];
        }
    }

    // Below 0 when the answer comes in chunks.
    static int ContentLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + "Content-Length: ".Length)..], out int length, out _) ? length : -1;
    }
}

/// <param name="Taken">From the first byte sent to the last one received.</param>
sealed record ApiAnswer(TimeSpan Taken, int Status, string Body);
