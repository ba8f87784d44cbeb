using System.Buffers.Binary;

namespace Lambray.Resources.S3;

/// <summary>CRC-32, CRC-32C and CRC-64/NVME, eight bytes at a step.</summary>
/// <remarks>One algorithm for all three: bit-reflected, all ones before and after, and a state that leaves the upper half empty for the short ones.</remarks>
public sealed class CyclicRedundancyCheck
{
    const int Step = 8;
    const ulong Crc32Polynomial = 0xEDB88320;
    const ulong Crc32CPolynomial = 0x82F63B78;
    const ulong Crc64NvmePolynomial = 0x9A6C9329AC4BC9B5;
    static readonly ulong[][] Crc32Tables = Tables(Crc32Polynomial);
    static readonly ulong[][] Crc32CTables = Tables(Crc32CPolynomial);
    static readonly ulong[][] Crc64NvmeTables = Tables(Crc64NvmePolynomial);

    readonly ulong[][] tables;
    readonly int bytes;
    ulong state;

    CyclicRedundancyCheck(ulong[][] tables, int bytes)
    {
        this.tables = tables;
        this.bytes = bytes;
        state = ulong.MaxValue >> (64 - bytes * 8);
    }

    public static CyclicRedundancyCheck Crc32() => new(Crc32Tables, 4);

    public static CyclicRedundancyCheck Crc32C() => new(Crc32CTables, 4);

    public static CyclicRedundancyCheck Crc64Nvme() => new(Crc64NvmeTables, 8);

    public void Append(ReadOnlySpan<byte> data)
    {
        var t = tables;
        var crc = state;
        for (; data.Length >= Step; data = data[Step..])
        {
            crc ^= BinaryPrimitives.ReadUInt64LittleEndian(data);
            crc = t[7][(byte)crc] ^ t[6][(byte)(crc >> 8)] ^ t[5][(byte)(crc >> 16)] ^ t[4][(byte)(crc >> 24)]
                ^ t[3][(byte)(crc >> 32)] ^ t[2][(byte)(crc >> 40)] ^ t[1][(byte)(crc >> 48)] ^ t[0][(byte)(crc >> 56)];
        }
        foreach (var value in data) crc = t[0][(byte)(crc ^ value)] ^ (crc >> 8);
        state = crc;
    }

    /// <summary>Big-endian, as S3 encodes it.</summary>
    public byte[] GetHash()
    {
        var whole = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(whole, ~state);
        return whole[^bytes..];
    }

    /// <summary>The check of two pieces put together, from the checks of the two.</summary>
    /// <remarks>The first is moved on over as many zero bytes as the second has, by multiplication with that power of x modulo the polynomial.</remarks>
    public static byte[] Combine(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, long secondBytes)
    {
        var bits = first.Length * 8;
        var field = new PolynomialField(PolynomialOf(algorithm), bits);
        var combined = field.Multiply(field.PowerOfX(secondBytes * 8), ReadBigEndian(first)) ^ ReadBigEndian(second);
        var whole = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(whole, combined);
        return whole[^first.Length..];
    }

    static ulong PolynomialOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => Crc32Polynomial,
        ChecksumAlgorithm.Crc32C => Crc32CPolynomial,
        ChecksumAlgorithm.Crc64Nvme => Crc64NvmePolynomial,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "It is no cyclic redundancy check."),
    };

    static ulong ReadBigEndian(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (var one in bytes) value = (value << 8) | one;
        return value;
    }

    /// <summary>Table <c>n</c> holds what one byte does to the state when <c>n</c> more zero bytes follow it.</summary>
    static ulong[][] Tables(ulong reflectedPolynomial)
    {
        var tables = Enumerable.Range(0, Step).Select(_ => new ulong[256]).ToArray();
        for (var value = 0; value < 256; value++)
        {
            var crc = (ulong)value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ reflectedPolynomial;
            tables[0][value] = crc;
        }
        for (var n = 1; n < Step; n++)
            for (var value = 0; value < 256; value++)
                tables[n][value] = tables[0][(byte)tables[n - 1][value]] ^ (tables[n - 1][value] >> 8);
        return tables;
    }
}
