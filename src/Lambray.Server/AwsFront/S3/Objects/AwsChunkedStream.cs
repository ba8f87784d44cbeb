using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Lambray.Aws;
using Lambray.Aws.Signing;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>Takes the chunks of an <c>aws-chunked</c> body off it, and keeps the trailers that follow the last one.</summary>
/// <remarks>
/// <code>
/// 10000;chunk-signature=…␍␊  65536 bytes ␍␊
/// 0␍␊
/// x-amz-checksum-crc32:…␍␊
/// ␍␊
/// </code>
/// </remarks>
/// <param name="signatures">Verifies the chunks where signatures are asked for; else only the checksum behind them is.</param>
sealed class AwsChunkedStream(PipeReader source, ChunkSignatures? signatures = null) : ReadOnlyStream
{
    const string SignatureExtension = "chunk-signature=";
    const string TrailerSignature = "x-amz-trailer-signature";
    const int LineBytesMax = 16 * 1024;

    readonly Dictionary<string, string> trailers = new(StringComparer.OrdinalIgnoreCase);
    string chunkSignature = "";
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
        if (hasChunk) VerifyChunk();
        var header = (await ReadLine(cancellation)).Split(';', 2);
        var size = header[0];
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out leftInChunk) || leftInChunk < 0) throw Malformed();
        hasChunk = true;
        chunkSignature = header is [_, var extension] && extension.StartsWith(SignatureExtension, StringComparison.Ordinal) ? extension[SignatureExtension.Length..].Trim() : "";
        if (leftInChunk > 0) return;
        VerifyChunk();
        await ReadTrailers(cancellation);
        isAtEnd = true;
    }

    // What a chunk brought has been handed on by now; the end of the body is what makes it count.
    void VerifyChunk()
    {
        if (signatures?.Verify(chunkSignature) == false) throw Mismatch();
    }

    async ValueTask ReadTrailers(CancellationToken cancellation)
    {
        var signed = new StringBuilder();
        while (await ReadLine(cancellation, mayEnd: true) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) throw Malformed();
            var (name, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
            trailers[name] = value;
            if (name != TrailerSignature) signed.Append(name).Append(':').Append(value).Append('\n');
        }
        if (signed.Length > 0 && signatures?.VerifyTrailers(signed.ToString(), trailers.GetValueOrDefault(TrailerSignature, "")) == false) throw Mismatch();
    }

    async ValueTask<int> ReadChunk(Memory<byte> target, CancellationToken cancellation)
    {
        var read = await source.ReadAsync(cancellation);
        var available = read.Buffer;
        var count = (int)Math.Min(Math.Min(available.Length, leftInChunk), target.Length);
        var taken = available.Slice(0, count);
        taken.CopyTo(target.Span);
        signatures?.Append(target.Span[..count]);
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

    static AwsException Mismatch() => new(
        "SignatureDoesNotMatch", 403, "The request signature we calculated does not match the signature you provided. Check your key and signing method.");

    static AwsException Incomplete() => new("IncompleteBody", 400, "The request body terminated unexpectedly");
}
