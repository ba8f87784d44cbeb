using Microsoft.Win32.SafeHandles;

namespace Lambray.Resources.S3.Bodies;

/// <summary>Reads a body from any place on, over the files that it is made of, one of them open at a time.</summary>
sealed class BodyStream : Stream
{
    readonly ObjectFiles files;
    readonly IReadOnlyList<BodyPart> parts;
    readonly IDisposable lease;
    int current;
    long start;
    SafeFileHandle handle;
    long position;

    /// <exception cref="FileNotFoundException">The first file has been deleted.</exception>
    public BodyStream(ObjectFiles files, IReadOnlyList<BodyPart> parts, IDisposable lease)
    {
        (this.files, this.parts, this.lease) = (files, parts, lease);
        handle = files.OpenRead(parts[0].File);
        Length = parts.Sum(part => part.Size);
    }

    public override long Length { get; }

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!TurnToPosition()) return 0;
        var count = await RandomAccess.ReadAsync(handle, buffer[..Within(buffer.Length)], position - start, cancellationToken);
        position += count;
        return count;
    }

    public override int Read(Span<byte> buffer)
    {
        if (!TurnToPosition()) return 0;
        var count = RandomAccess.Read(handle, buffer[..Within(buffer.Length)], position - start);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("Bodies never change.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies never change.");

    protected override void Dispose(bool disposing)
    {
        if (disposing && !handle.IsClosed)
        {
            handle.Dispose();
            lease.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>How much of what is wanted lies in the open file.</summary>
    int Within(int wanted) => (int)Math.Min(wanted, start + parts[current].Size - position);

    /// <summary>Opens the file that the position lies in, unless it is the one that is open.</summary>
    /// <returns>False at the end.</returns>
    bool TurnToPosition()
    {
        if (position >= Length) return false;
        var (part, from) = position < start ? (0, 0L) : (current, start);
        while (position >= from + parts[part].Size) from += parts[part++].Size;
        if (part == current) return true;
        var next = files.OpenRead(parts[part].File);
        handle.Dispose();
        (handle, current, start) = (next, part, from);
        return true;
    }
}
