using Lambray.Storage;

namespace Lambray.Resources.S3.Bodies;

/// <summary>The bodies of objects, each of one file or of the files of its parts; small ones are rows. What is dropped while it is read stays until its last reader is done.</summary>
public sealed class BodyStore
{
    readonly ObjectFiles files;
    readonly SqliteDatabase database;
    readonly Lock gate = new();
    readonly Dictionary<string, Lease> leases = [];

    public BodyStore(SqliteDatabase database, ObjectFiles files)
    {
        (this.database, this.files) = (database, files);
        files.DeleteOrphans(shard => database.Read(connection => BodyRows.ListFiles(connection, shard)));
    }

    /// <summary>Takes a body in, in constant memory. It belongs to nothing yet.</summary>
    /// <returns>To be disposed by the caller, whatever becomes of it.</returns>
    public Task<ReceivedBody> Receive(Stream body, WantedDigests? wanted = null, CancellationToken cancellation = default) =>
        ReceivedBody.Receive(files, body, wanted ?? new WantedDigests(), cancellation);

    /// <summary>A second body with the same bytes; those of one file share them on disk.</summary>
    /// <returns>As <see cref="Receive"/>; null when the source has been deleted meanwhile.</returns>
    public async Task<ReceivedBody?> Copy(StoredObject source, ChecksumAlgorithm algorithm, CancellationToken cancellation)
    {
        using var body = TryOpen(source);
        if (body is null) return null;
        if (source.PartCount == 0 && source.Checksum.Algorithm == algorithm && ReceivedBody.TryLink(files, source) is { } linked) return linked;
        return await Receive(body, new WantedDigests(algorithm), cancellation);
    }

    public IReadOnlyList<BodyPart> ListParts(StoredObject stored) => database.Read(connection => BodyRows.List(connection, stored.File));

    /// <returns>Null when it has been dropped since its row was read.</returns>
    internal Stream? TryOpen(StoredObject stored)
    {
        if (stored.MayBeSmall && database.Read(connection => BodyRows.FindSmall(connection, stored.File)) is { } small) return new MemoryStream(small, writable: false);
        var lease = Enter(stored.File);
        try
        {
            // The rows of a dropped body go before its files do, so whoever finds them after entering may read.
            List<BodyPart> parts = stored.PartCount == 0
                ? [new BodyPart(1, stored.File, stored.Size, stored.Checksum.Value)]
                : database.Read(connection => BodyRows.List(connection, stored.File));
            if (parts.Count == 0) return null;
            var stream = new BodyStream(files, parts, lease);
            lease = null;
            return stream;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        finally
        {
            lease?.Dispose();
        }
    }

    /// <summary>Removes the files of a body that no row names any more.</summary>
    internal void Delete(string body, IReadOnlyList<string> dropped)
    {
        lock (gate)
        {
            if (leases.TryGetValue(body, out var lease))
            {
                lease.Dropped = dropped;
                return;
            }
        }
        foreach (var file in dropped) files.Delete(file);
    }

    Lease Enter(string body)
    {
        lock (gate)
        {
            if (!leases.TryGetValue(body, out var lease)) leases[body] = lease = new Lease(this, body);
            lease.Readers++;
            return lease;
        }
    }

    void Leave(Lease lease)
    {
        lock (gate)
        {
            if (--lease.Readers > 0) return;
            leases.Remove(lease.Body);
        }
        foreach (var file in lease.Dropped) files.Delete(file);
    }

    /// <summary>The readers of one body.</summary>
    sealed class Lease(BodyStore store, string body) : IDisposable
    {
        public string Body => body;
        public int Readers { get; set; }
        public IReadOnlyList<string> Dropped { get; set; } = [];

        /// <summary>One reader is done.</summary>
        public void Dispose() => store.Leave(this);
    }
}
