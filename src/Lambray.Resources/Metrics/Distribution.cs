using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Lambray.Resources.Metrics;

/// <summary>Many values in little room: their number, sum and extremes exactly, and how they spread to within 2.5 %.</summary>
/// <remarks>
/// Each bucket is 5 % wider than the one before; only those with values in them are kept. Its number is that of the power of 1.05
/// beneath its values, moved up so that all of them are positive, and negated for negative values:
/// <code>
/// value    0   0.001        1       1.04    1.06     250      -250
/// bucket   0   15858    16000      16000   16001   16113    -16113
/// </code>
/// Not safe for threads.
/// </remarks>
public sealed class Distribution
{
    const int Origin = 16_000;
    const int BytesPerBucket = sizeof(short) + sizeof(double);
    static readonly double LogOfBase = Math.Log(1.05);

    readonly Dictionary<short, double> buckets = [];

    public double Count { get; private set; }

    public double Sum { get; private set; }

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public double Average => Sum / Count;

    /// <summary>Whether it knows how its values spread: not when some of them came as nothing but their sum and extremes.</summary>
    public bool HasSpread => Math.Abs(buckets.Values.Sum() - Count) <= Count * 1e-9;

    public void Add(double value, double count = 1)
    {
        AddTotals(count, value * count, value, value);
        CollectionsMarshal.GetValueRefOrAddDefault(buckets, BucketOf(value), out _) += count;
    }

    /// <summary>Adds values of which no more is known than this.</summary>
    public void AddStatistics(double count, double sum, double min, double max)
    {
        if (count <= 0) return;
        if (min.Equals(max))
        {
            Add(min, count);
            return;
        }
        AddTotals(count, sum, min, max);
    }

    public void Add(Distribution other)
    {
        AddTotals(other.Count, other.Sum, other.Min, other.Max);
        foreach (var (bucket, count) in other.buckets) CollectionsMarshal.GetValueRefOrAddDefault(buckets, bucket, out _) += count;
    }

    /// <summary>Its buckets in rising order, cut to the extremes.</summary>
    public IEnumerable<ValueRange> Ranges() =>
        from bucket in buckets
        orderby bucket.Key
        let bounds = BoundsOf(bucket.Key)
        select new ValueRange(Math.Clamp(bounds.From, Min, Max), Math.Clamp(bounds.To, Min, Max), bucket.Value);

    /// <summary>The spread as bytes: each bucket's number and count.</summary>
    internal byte[] SpreadToBytes()
    {
        var bytes = new byte[buckets.Count * BytesPerBucket];
        var rest = bytes.AsSpan();
        foreach (var (bucket, count) in buckets)
        {
            BinaryPrimitives.WriteInt16LittleEndian(rest, bucket);
            BinaryPrimitives.WriteDoubleLittleEndian(rest[sizeof(short)..], count);
            rest = rest[BytesPerBucket..];
        }
        return bytes;
    }

    internal static Distribution FromBytes(double count, double sum, double min, double max, ReadOnlySpan<byte> spread)
    {
        var read = new Distribution();
        read.AddTotals(count, sum, min, max);
        for (; spread.Length >= BytesPerBucket; spread = spread[BytesPerBucket..])
            read.buckets[BinaryPrimitives.ReadInt16LittleEndian(spread)] = BinaryPrimitives.ReadDoubleLittleEndian(spread[sizeof(short)..]);
        return read;
    }

    void AddTotals(double count, double sum, double min, double max)
    {
        Count += count;
        Sum += sum;
        Min = Math.Min(Min, min);
        Max = Math.Max(Max, max);
    }

    static short BucketOf(double value)
    {
        if (value == 0) return 0;
        var bucket = (short)Math.Clamp((int)Math.Floor(Math.Log(Math.Abs(value)) / LogOfBase) + Origin, 1, short.MaxValue);
        return value < 0 ? (short)-bucket : bucket;
    }

    static (double From, double To) BoundsOf(short bucket)
    {
        if (bucket == 0) return (0, 0);
        var power = Math.Abs(bucket) - Origin;
        var (near, far) = (Math.Exp(power * LogOfBase), Math.Exp((power + 1) * LogOfBase));
        return bucket < 0 ? (-far, -near) : (near, far);
    }
}

/// <summary>So many values that lie somewhere between two bounds.</summary>
public readonly record struct ValueRange(double From, double To, double Count);
