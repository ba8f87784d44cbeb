using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Lambray.Bench.Load;

/// <summary>One kept-alive HTTP connection that blocks until its answer is there: a client as cheap as can be, as it shares the cores with what is measured.</summary>
sealed class Connection : IDisposable
{
    // Behind "HTTP/1.1 ".
    const int StatusAt = 9;

    readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] buffer = new byte[16 * 1024];

    public Connection(Uri server) => socket.Connect(server.Host, server.Port);

    /// <summary>Sends the request and returns when the whole answer has come.</summary>
    /// <returns>The answer's status line and headers, until the next request is sent.</returns>
    /// <exception cref="InvalidDataException">The answer is not the expected one.</exception>
    public ReadOnlySpan<byte> Send(PreparedRequest request)
    {
        socket.Send(request.Bytes);
        var received = 0;
        while (true)
        {
            var read = socket.Receive(buffer.AsSpan(received));
            if (read == 0) throw Unexpected(received);
            received += read;
            var headBytes = buffer.AsSpan(0, received).IndexOf("\r\n\r\n"u8) + 4;
            if (headBytes < 4 || received < headBytes + request.ExpectedBody.Length) continue;
            var head = buffer.AsSpan(0, headBytes);
            if (!IsExpected(head, buffer.AsSpan(headBytes, received - headBytes), request)) throw Unexpected(received);
            return head;
        }
    }

    public void Dispose() => socket.Dispose();

    static bool IsExpected(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, PreparedRequest request) =>
        head.Length > StatusAt && Ascii.Equals(head.Slice(StatusAt, request.ExpectedStatus.Length), request.ExpectedStatus)
        && (ContentLength(head) == request.ExpectedBody.Length || head.IndexOf("Transfer-Encoding: chunked\r\n"u8) >= 0)
        && body.SequenceEqual(request.ExpectedBody);

    static int ContentLength(ReadOnlySpan<byte> head)
    {
        // Kestrel begins the words of a header's name with capitals, Node.js servers do not.
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) at = head.IndexOf("content-length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + "Content-Length: ".Length)..], out int length, out _) ? length : -1;
    }

    InvalidDataException Unexpected(int received) => new($"Unexpected answer: {Encoding.UTF8.GetString(buffer, 0, received)}");
}
