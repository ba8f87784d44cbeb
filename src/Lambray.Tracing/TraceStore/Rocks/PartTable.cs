using System.Collections.Concurrent;
using Lambray.Storage.Rocks;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>The names of the parts of the map, by the hash that stands for them everywhere else.</summary>
sealed class PartTable(RocksDatabase database, RocksTable table)
{
    // A usual map has dozens; senders that invent names must not fill the memory.
    const int RememberedMax = 20_000;

    readonly ConcurrentDictionary<GraphPart, ulong> hashes = [];
    readonly ConcurrentDictionary<ulong, GraphPart> parts = [];
    readonly ByteWriter scratch = new();

    /// <summary>The part's hash; only for the thread that writes.</summary>
    /// <param name="batch">Gets the name where it may be new.</param>
    public ulong HashOf(GraphPart part, RocksBatch batch)
    {
        if (hashes.TryGetValue(part, out var known)) return known;
        var hash = Hashing.Of(part, scratch);
        batch.Put(table, Key(hash), scratch.Written);
        Remember(part, hash);
        return hash;
    }

    /// <summary>Names are written again when they are next met: the batch that was to hold them has failed.</summary>
    public void Forget()
    {
        hashes.Clear();
        parts.Clear();
    }

    public GraphPart Get(ulong hash)
    {
        if (parts.TryGetValue(hash, out var known)) return known;
        var value = database.Find(table, Key(hash)) ?? throw new InvalidDataException($"The map has a part {hash:x16} without a name.");
        var part = PartCodec.Read(new ByteReader(value));
        Remember(part, hash);
        return part;
    }

    static byte[] Key(ulong hash) => new ByteWriter().UInt64(hash).Written.ToArray();

    void Remember(GraphPart part, ulong hash)
    {
        if (hashes.Count >= RememberedMax) Forget();
        hashes[part] = hash;
        parts[hash] = part;
    }
}

static class PartCodec
{
    public static void Write(GraphPart part, ByteWriter to)
    {
        to.Byte((byte)((part.From is null ? 0 : 1) | (part.Link ? 2 : 0)));
        if (part.From is { } from) Write(from, to);
        Write(part.To, to);
    }

    public static GraphPart Read(ByteReader from)
    {
        var flags = from.Byte();
        var caller = (flags & 1) != 0 ? ReadService(ref from) : null;
        return new GraphPart(caller, ReadService(ref from), (flags & 2) != 0);
    }

    static void Write(ServiceId service, ByteWriter to) => to.Text(service.Name).Text(service.Type).Text(service.AccountId);

    static ServiceId ReadService(ref ByteReader from) => new(from.Text() ?? "", from.Text(), from.Text());
}
