using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lambray.Resources.Kinesis;

/// <summary>The hash keys that a shard takes, both ends included.</summary>
public readonly record struct HashKeyRange(UInt128 Start, UInt128 End)
{
    public static readonly HashKeyRange Whole = new(UInt128.Zero, UInt128.MaxValue);

    public bool Contains(UInt128 key) => key >= Start && key <= End;

    /// <summary>The two halves of a range that is cut before a key.</summary>
    public (HashKeyRange Lower, HashKeyRange Upper) CutAt(UInt128 key) => (new HashKeyRange(Start, key - 1), new HashKeyRange(key, End));

    public bool IsBeside(HashKeyRange other) => (End != UInt128.MaxValue && End + 1 == other.Start) || (other.End != UInt128.MaxValue && other.End + 1 == Start);

    public static HashKeyRange Join(HashKeyRange one, HashKeyRange other) => new(UInt128.Min(one.Start, other.Start), UInt128.Max(one.End, other.End));

    /// <summary>All keys in so many ranges of one size.</summary>
    public static IReadOnlyList<HashKeyRange> Uniform(int count)
    {
        // Of 2^128 / count, which UInt128 cannot say: the last range takes what is left.
        var size = (UInt128.MaxValue / (UInt128)count) + (UInt128.MaxValue % (UInt128)count == (UInt128)(count - 1) ? UInt128.One : UInt128.Zero);
        return [.. Enumerable.Range(0, count).Select(index => new HashKeyRange(size * (UInt128)index, index == count - 1 ? UInt128.MaxValue : (size * (UInt128)(index + 1)) - 1))];
    }

    /// <summary>Where a partition key belongs: its MD5 digest as a number.</summary>
    public static UInt128 HashOf(string partitionKey)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
#pragma warning disable CA5351 // The protocol's hash, which spreads keys and keeps no secret.
        MD5.HashData(Encoding.UTF8.GetBytes(partitionKey), digest);
#pragma warning restore CA5351
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    public static bool TryParseKey(string? text, out UInt128 key) => UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out key);

    public static string Text(UInt128 key) => key.ToString(CultureInfo.InvariantCulture);
}
