using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Lambray.Resources.S3.Bodies;

/// <summary>A body that has wholly arrived, but belongs to no object yet: on disk, or in memory when it is small. Disposing it unpublished removes it.</summary>
public sealed class ReceivedBody : IDisposable
{
    /// <summary>What has no more bytes needs no file.</summary>
    internal const int SmallBytesMax = 32 * 1024;

    const int BufferBytes = 128 * 1024;

    readonly ObjectFiles files;
    bool isPublished;

    ReceivedBody(ObjectFiles files) => this.files = files;

    /// <summary>The name of its file, or of what is small.</summary>
    internal string File { get; } = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());

    /// <summary>All of it, to be written with the row that names it; null for what has a file.</summary>
    internal byte[]? Small { get; private set; }

    public long Size { get; private set; }
    public ComputedDigests Digests { get; private set; } = null!;

    internal static async Task<ReceivedBody> Receive(ObjectFiles files, Stream body, WantedDigests wanted, CancellationToken cancellation)
    {
        var received = new ReceivedBody(files);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var digests = new BodyDigests(wanted);
            var first = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            if (first <= SmallBytesMax)
            {
                digests.Append(buffer.AsSpan(0, first));
                (received.Small, received.Size) = (buffer[..first], first);
            }
            else
            {
                using var handle = files.Create(received.File);
                received.Size = await Copy(body, buffer, first, handle, digests, cancellation);
                RandomAccess.FlushToDisk(handle);
            }
            received.Digests = digests.Compute();
            return received;
        }
        catch
        {
            received.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The bytes of another body of one file under a name of their own.</summary>
    /// <returns>Null where files cannot have two names.</returns>
    internal static ReceivedBody? TryLink(ObjectFiles files, StoredObject source)
    {
        var linked = new ReceivedBody(files) { Size = source.Size, Digests = new ComputedDigests(source.Md5, source.Checksum, source.Checksum, null) };
        return files.TryLink(source.File, linked.File) ? linked : null;
    }

    /// <summary>Puts the file where it stays; what is small gets one.</summary>
    internal void Publish()
    {
        if (Small is not null) WriteSmall();
        files.Publish(File);
        isPublished = true;
    }

    /// <summary>Takes a published body back: no row came to name it.</summary>
    internal void Withdraw() => files.Delete(File);

    public void Dispose()
    {
        if (!isPublished && Small is null) files.DeleteUpload(File);
    }

    void WriteSmall()
    {
        using var handle = files.Create(File);
        RandomAccess.Write(handle, Small, 0);
        RandomAccess.FlushToDisk(handle);
        Small = null;
    }

    /// <param name="count">How many bytes have been read already.</param>
    static async Task<long> Copy(Stream body, byte[] buffer, int count, SafeFileHandle handle, BodyDigests digests, CancellationToken cancellation)
    {
        long size = 0;
        for (; count > 0; count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation))
        {
            // Written by another thread while this one computes.
            var writing = RandomAccess.WriteAsync(handle, buffer.AsMemory(0, count), size, cancellation);
            digests.Append(buffer.AsSpan(0, count));
            await writing;
            size += count;
        }
        return size;
    }
}
