using System.Globalization;
using System.Text;

namespace Lambray.Daemon.Proxying;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Target">Path and query.</param>
sealed record HttpRequest(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body, bool KeepsAlive);

/// <summary>A request that is not one of HTTP/1.1, and how to answer it.</summary>
sealed class BadRequestException(int status, string reason) : Exception(reason)
{
    public int Status => status;
}

/// <summary>Reads HTTP/1.1 requests from one connection, as few and as small as SDKs send them to a daemon (RFC 9112).</summary>
/// <remarks>Kestrel would do it as well, but take more memory than all the rest of the daemon.</remarks>
sealed class HttpRequestReader(Stream connection)
{
    const int HeadBytesMax = 64 * 1024;
    const int BodyBytesMax = 16 * 1024 * 1024;
    const int ChunkLineBytesMax = 1024;

    static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    static ReadOnlyMemory<byte> Continue { get; } = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();

    byte[] buffer = new byte[4 * 1024];
    int start;
    int end;

    /// <returns>Null when the client has closed the connection.</returns>
    /// <exception cref="BadRequestException">It is not to be understood; the connection is of no use any more.</exception>
    public async Task<HttpRequest?> ReadAsync(CancellationToken cancellation)
    {
        if (await FindAsync(HeadEnd.ToArray(), HeadBytesMax, cancellation) is not { } headBytes) return null;
        // Headers are ASCII by rule; whatever else comes is passed on as it is.
        var lines = Encoding.Latin1.GetString(buffer, start, headBytes).Split("\r\n");
        start += headBytes + HeadEnd.Length;
        if (lines[0].Split(' ') is not [{ Length: > 0 } method, ['/', ..] target, ("HTTP/1.1" or "HTTP/1.0") and var version])
            throw new BadRequestException(400, "The request line is malformed");
        if (!method.All(char.IsAsciiLetter)) throw new BadRequestException(400, "The method is no word");

        var headers = lines.Skip(1).Select(Header).ToArray();
        if (Is(headers, "Expect", "100-continue")) await connection.WriteAsync(Continue, cancellation);
        var body = await ReadBodyAsync(headers, cancellation);
        var keepsAlive = version == "HTTP/1.1" ? !Is(headers, "Connection", "close") : Is(headers, "Connection", "keep-alive");
        return new HttpRequest(method, target, headers, body, keepsAlive);
    }

    async Task<ReadOnlyMemory<byte>> ReadBodyAsync(KeyValuePair<string, string>[] headers, CancellationToken cancellation)
    {
        var lengths = headers.Where(header => Is(header.Key, "Content-Length")).Select(header => header.Value).Distinct().ToArray();
        if (headers.Any(header => Is(header.Key, "Transfer-Encoding")))
        {
            // Both at once is how requests are smuggled past others.
            if (lengths.Length > 0 || !Is(headers, "Transfer-Encoding", "chunked")) throw new BadRequestException(400, "The body's length is not to be understood");
            return await ReadChunksAsync(cancellation);
        }
        if (lengths is []) return default;
        if (lengths is not [var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            throw new BadRequestException(400, "The Content-Length is malformed");
        return await ReadExactlyAsync(length, cancellation);
    }

    async Task<ReadOnlyMemory<byte>> ReadChunksAsync(CancellationToken cancellation)
    {
        var body = new MemoryStream();
        while (true)
        {
            var size = (await ReadLineAsync(cancellation)).Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
                throw new BadRequestException(400, "The size of a chunk is malformed");
            if (length == 0) break;
            if (body.Length + length > BodyBytesMax) throw TooLarge();
            body.Write((await ReadExactlyAsync(length, cancellation)).Span);
            if (await ReadLineAsync(cancellation) is not "") throw new BadRequestException(400, "A chunk is longer than its size");
        }
        // Trailers say nothing that X-Ray would know.
        while (await ReadLineAsync(cancellation) is not "") ;
        return body.ToArray();
    }

    async Task<string> ReadLineAsync(CancellationToken cancellation)
    {
        var length = await FindAsync("\r\n"u8.ToArray(), ChunkLineBytesMax, cancellation) ?? throw new EndOfStreamException();
        var line = Encoding.Latin1.GetString(buffer, start, length);
        start += length + 2;
        return line;
    }

    async Task<ReadOnlyMemory<byte>> ReadExactlyAsync(int length, CancellationToken cancellation)
    {
        if (length > BodyBytesMax) throw TooLarge();
        var bytes = new byte[length];
        var had = Math.Min(length, end - start);
        buffer.AsSpan(start, had).CopyTo(bytes);
        start += had;
        await connection.ReadExactlyAsync(bytes.AsMemory(had), cancellation);
        return bytes;
    }

    /// <returns>How many bytes are before the mark; null when the connection ended where a request might have begun.</returns>
    async Task<int?> FindAsync(byte[] mark, int bytesMax, CancellationToken cancellation)
    {
        while (true)
        {
            var found = buffer.AsSpan(start, end - start).IndexOf(mark);
            if (found >= 0) return found;
            if (end - start > bytesMax) throw new BadRequestException(431, "The headers are too long");
            MakeRoom();
            var read = await connection.ReadAsync(buffer.AsMemory(end), cancellation);
            if (read == 0) return start == end ? null : throw new EndOfStreamException();
            end += read;
        }
    }

    void MakeRoom()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
    }

    static KeyValuePair<string, string> Header(string line) => line.Split(':', 2) is [{ Length: > 0 } name, var text] && !name.Any(char.IsWhiteSpace)
        ? KeyValuePair.Create(name, text.Trim())
        : throw new BadRequestException(400, "A header is malformed");

    static bool Is(KeyValuePair<string, string>[] headers, string name, string text) => headers.Any(header => Is(header.Key, name) && Is(header.Value, text));

    static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    static BadRequestException TooLarge() => new(413, $"The body is longer than {BodyBytesMax} bytes");
}
