using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Lambray.Resources.S3.Bodies;

/// <summary>A body that has wholly arrived and is on disk, but belongs to no object yet. Disposing it unpublished removes it.</summary>
public sealed class ReceivedBody : IDisposable
{
    const int BufferBytes = 128 * 1024;

    readonly ObjectFiles files;
    bool isPublished;

    ReceivedBody(ObjectFiles files) => this.files = files;

    internal string File { get; } = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());

    public long Size { get; private set; }
    public ComputedDigests Digests { get; private set; } = null!;

    internal static async Task<ReceivedBody> Receive(ObjectFiles files, Stream body, WantedDigests wanted, CancellationToken cancellation)
    {
        var received = new ReceivedBody(files);
        try
        {
            using var digests = new BodyDigests(wanted);
            using var handle = files.Create(received.File);
            received.Size = await Copy(body, handle, digests, cancellation);
            RandomAccess.FlushToDisk(handle);
            received.Digests = digests.Compute();
            return received;
        }
        catch
        {
            received.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of another body of one file under a name of their own.</summary>
    /// <returns>Null where files cannot have two names.</returns>
    internal static ReceivedBody? TryLink(ObjectFiles files, StoredObject source)
    {
        var linked = new ReceivedBody(files) { Size = source.Size, Digests = new ComputedDigests(source.Md5, source.Checksum, source.Checksum, null) };
        return files.TryLink(source.File, linked.File) ? linked : null;
    }

    internal void Publish()
    {
        files.Publish(File);
        isPublished = true;
    }

    /// <summary>Takes a published body back: no row came to name it.</summary>
    internal void Withdraw() => files.Delete(File);

    public void Dispose()
    {
        if (!isPublished) files.DeleteUpload(File);
    }

    static async Task<long> Copy(Stream body, SafeFileHandle handle, BodyDigests digests, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long size = 0;
            while (await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) is > 0 and var count)
            {
                // Written by another thread while this one computes.
                var writing = RandomAccess.WriteAsync(handle, buffer.AsMemory(0, count), size, cancellation);
                digests.Append(buffer.AsSpan(0, count));
                await writing;
                size += count;
            }
            return size;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
