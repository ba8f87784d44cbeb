using System.IO.Hashing;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>Keys compared byte by byte.</summary>
sealed class ByteOrder : IEqualityComparer<byte[]>, IComparer<byte[]>
{
    public static ByteOrder Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => (int)XxHash3.HashToUInt64(obj);

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}
