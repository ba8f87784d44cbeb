using System.Globalization;
using System.Text;

namespace Lambray.DotNetRuntime;

/// <summary>
/// One kept-alive HTTP/1.1 connection on which several requests may be under way, answered in order. .NET's own client never
/// has two requests on a connection, and takes longer to load than all the rest of a cold start.
/// </summary>
sealed class HttpConnection : IDisposable
{
    readonly TcpSocket socket;
    byte[] buffer = new byte[16 * 1024];
    int start;
    int end;

    public HttpConnection(string authority)
    {
        var colon = authority.LastIndexOf(':');
        socket = colon < 0 ? new TcpSocket(authority, 80) : new TcpSocket(authority[..colon], Digits.Read(authority.AsSpan(colon + 1)));
    }

    /// <summary>Whether the server has answered here before, so that a close may be meant for the connection and not for the request.</summary>
    public bool IsReused { get; private set; }

    public void Send(ReadOnlySpan<byte> requests) => socket.Send(requests);

    /// <exception cref="EndOfStreamException">The server closed the connection instead of answering.</exception>
    public HttpAnswer Receive()
    {
        var statusLine = Line();
        var headers = new List<KeyValuePair<string, string>>(12);
        for (var line = Line(); line.Length > 0; line = Line())
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }
        var answer = new HttpAnswer(Digits.Read(statusLine.AsSpan(9, 3)), headers, Body(headers));
        IsReused = true;
        return answer;
    }

    public void Dispose() => socket.Dispose();

    byte[] Body(List<KeyValuePair<string, string>> headers)
    {
        if (!string.Equals(HttpAnswer.Find(headers, "Transfer-Encoding"), "chunked", StringComparison.OrdinalIgnoreCase))
            return Exactly(Digits.Read(HttpAnswer.Find(headers, "Content-Length") ?? "0"));
        using var chunks = new MemoryStream();
        for (var size = ChunkSize(); size > 0; size = ChunkSize())
        {
            chunks.Write(Exactly(size));
            Line();
        }
        // Trailers, up to the empty line.
        while (Line().Length > 0)
        {
        }
        return chunks.ToArray();
    }

    int ChunkSize() => int.Parse(Line().Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    byte[] Exactly(int length)
    {
        var bytes = new byte[length];
        var taken = Math.Min(length, end - start);
        buffer.AsSpan(start, taken).CopyTo(bytes);
        start += taken;
        while (taken < length) taken += Received(bytes.AsSpan(taken));
        return bytes;
    }

    string Line()
    {
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(buffer, start, length > 0 && buffer[start + length - 1] == '\r' ? length - 1 : length);
                start += length + 1;
                return line;
            }
            MakeRoom();
            end += Received(buffer.AsSpan(end));
        }
    }

    void MakeRoom()
    {
        if (end < buffer.Length) return;
        if (start == 0) Array.Resize(ref buffer, buffer.Length * 2);
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
    }

    int Received(Span<byte> into)
    {
        var count = socket.Receive(into);
        return count > 0 ? count : throw new EndOfStreamException("The connection was closed.");
    }
}
