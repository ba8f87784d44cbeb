using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lambray.Resources.Sqs;

/// <summary>What was sent to a FIFO queue in the last five minutes: sent again it is accepted, and not delivered again. For one thread at a time.</summary>
sealed class Deduplication
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    readonly Dictionary<UInt128, (Duplicate First, Task Written)> known = [];
    readonly PriorityQueue<UInt128, DateTimeOffset> byExpiry = new();

    /// <param name="groupId">Null when ids count for the whole queue.</param>
    public static UInt128 DigestOf(string deduplicationId, string? groupId) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{groupId}\n{deduplicationId}")));

    /// <summary>The id of a message whose queue makes it from the content.</summary>
    public static string IdOf(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    public void Add(UInt128 digest, Duplicate first, Task written)
    {
        known[digest] = (first, written);
        byExpiry.Enqueue(digest, first.Expires);
    }

    /// <param name="written">Completes once the first one is on disk.</param>
    public Duplicate? Find(UInt128 digest, DateTimeOffset now, out Task written)
    {
        var found = known.TryGetValue(digest, out var entry) && entry.First.Expires > now;
        written = found ? entry.Written : Task.CompletedTask;
        return found ? entry.First : null;
    }

    /// <summary>A first one was not kept.</summary>
    public void Remove(UInt128 digest) => known.Remove(digest);

    public List<UInt128> TakeExpired(DateTimeOffset now)
    {
        var expired = new List<UInt128>();
        while (byExpiry.TryPeek(out var digest, out var expires) && expires <= now)
        {
            byExpiry.Dequeue();
            if (known.TryGetValue(digest, out var entry) && entry.First.Expires <= now && known.Remove(digest)) expired.Add(digest);
        }
        return expired;
    }
}

/// <summary>What the sender of a duplicate is told, and until when it is one.</summary>
sealed record Duplicate(Guid MessageId, long Sequence, DateTimeOffset Expires)
{
    public byte[] ToBytes()
    {
        var bytes = new byte[32];
        MessageId.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), Sequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(24), Expires.ToUnixTimeMilliseconds());
        return bytes;
    }

    public static Duplicate Read(ReadOnlySpan<byte> value) => new(
        new Guid(value[..16]), BinaryPrimitives.ReadInt64BigEndian(value[16..]), DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(value[24..])));
}
