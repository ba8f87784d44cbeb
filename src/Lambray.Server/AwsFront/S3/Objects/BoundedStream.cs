namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>So many bytes of another stream, from where it stands.</summary>
sealed class BoundedStream(Stream source, long length) : ReadOnlyStream
{
    long left = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, left)], cancellationToken);
        left -= count;
        return count;
    }
}
