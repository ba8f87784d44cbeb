using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>Takes the chunks of an <c>aws-chunked</c> body off it, and keeps the trailers that follow the last one.</summary>
/// <remarks>
/// <code>
/// 10000;chunk-signature=…␍␊  65536 bytes ␍␊
/// 0␍␊
/// x-amz-checksum-crc32:…␍␊
/// ␍␊
/// </code>
/// The signatures of the chunks are not verified; the checksum behind them is.
/// </remarks>
sealed class AwsChunkedStream(PipeReader source) : ReadOnlyStream
{
    const int LineBytesMax = 16 * 1024;

    readonly Dictionary<string, string> trailers = new(StringComparer.OrdinalIgnoreCase);
    long leftInChunk;
    bool hasChunk;
    bool isAtEnd;

    /// <summary>Complete once the stream has been read to its end.</summary>
    public IReadOnlyDictionary<string, string> Trailers => trailers;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        while (leftInChunk == 0)
        {
            if (isAtEnd) return 0;
            await NextChunk(cancellationToken);
        }
        return await ReadChunk(buffer, cancellationToken);
    }

    async ValueTask NextChunk(CancellationToken cancellation)
    {
        if (hasChunk && (await ReadLine(cancellation)).Length > 0) throw Malformed();
        var header = await ReadLine(cancellation);
        var size = header.Split(';', 2)[0];
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out leftInChunk) || leftInChunk < 0) throw Malformed();
        hasChunk = true;
        if (leftInChunk > 0) return;
        await ReadTrailers(cancellation);
        isAtEnd = true;
    }

    async ValueTask ReadTrailers(CancellationToken cancellation)
    {
        while (await ReadLine(cancellation, mayEnd: true) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) throw Malformed();
            trailers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
    }

    async ValueTask<int> ReadChunk(Memory<byte> target, CancellationToken cancellation)
    {
        var read = await source.ReadAsync(cancellation);
        var available = read.Buffer;
        var count = (int)Math.Min(Math.Min(available.Length, leftInChunk), target.Length);
        var taken = available.Slice(0, count);
        taken.CopyTo(target.Span);
        source.AdvanceTo(taken.End);
        leftInChunk -= count;
        // The pipe answers only when there is something, or nothing more to come.
        return count > 0 ? count : throw Incomplete();
    }

    /// <param name="mayEnd">Some clients leave out the empty line at the very end.</param>
    async ValueTask<string> ReadLine(CancellationToken cancellation, bool mayEnd = false)
    {
        while (true)
        {
            var read = await source.ReadAsync(cancellation);
            if (read.Buffer.PositionOf((byte)'\n') is { } newline)
            {
                var line = Encoding.UTF8.GetString(read.Buffer.Slice(0, newline)).TrimEnd('\r');
                source.AdvanceTo(read.Buffer.GetPosition(1, newline));
                return line;
            }
            var (length, isCompleted) = (read.Buffer.Length, read.IsCompleted);
            source.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (length > LineBytesMax) throw Malformed();
            if (isCompleted) return mayEnd && length == 0 ? "" : throw Incomplete();
        }
    }

    static AwsException Malformed() => new("InvalidRequest", 400, "The body is not well-formed for the aws-chunked encoding.");

    static AwsException Incomplete() => new("IncompleteBody", 400, "The request body terminated unexpectedly");
}
