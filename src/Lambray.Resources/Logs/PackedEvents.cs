using System.Buffers;
using System.IO.Compression;

namespace Lambray.Resources.Logs;

/// <summary>Events of one stream as bytes: each one's distance in time from the one before, its length, and its message.</summary>
/// <remarks>
/// Packed, a first byte says how the rest is written: 0 as it is, 1 deflated, which is done where it is worth it.
/// Numbers are written seven bits to a byte, the lowest first.
/// </remarks>
sealed class PackedEvents
{
    /// <summary>Between the first and the last.</summary>
    public const long SpanMaxMilliseconds = 24 * 60 * 60 * 1000;

    const int DeflateFromBytes = 256;
    const byte Plain = 0;
    const byte Deflated = 1;

    readonly ArrayBufferWriter<byte> written = new();
    long last;
    bool isInOrder = true;

    public int Count { get; private set; }

    public long First { get; private set; } = long.MaxValue;

    public long Last { get; private set; } = long.MinValue;

    public int MessageBytes { get; private set; }

    /// <summary>Whether an event of this time may be with the others.</summary>
    public bool Reaches(long timestamp) => Count == 0 || Math.Max(Last, timestamp) - Math.Min(First, timestamp) <= SpanMaxMilliseconds;

    public void Add(long timestamp, ReadOnlySpan<byte> message)
    {
        isInOrder &= timestamp >= Last;
        WriteNumber(Zigzag(timestamp - last));
        WriteNumber((ulong)message.Length);
        written.Write(message);
        last = timestamp;
        (First, Last) = (Math.Min(First, timestamp), Math.Max(Last, timestamp));
        Count++;
        MessageBytes += message.Length;
    }

    public byte[] Pack()
    {
        var events = isInOrder ? written.WrittenMemory : Sorted();
        return events.Length >= DeflateFromBytes ? Deflate(events.Span) : [Plain, .. events.Span];
    }

    /// <summary>In the order of time.</summary>
    public static IReadOnlyList<LogEvent> Unpack(byte[] packed)
    {
        var rest = packed[0] == Deflated ? Inflate(packed) : packed.AsMemory(1);
        var events = new List<LogEvent>();
        long timestamp = 0;
        while (!rest.IsEmpty)
        {
            timestamp += Unzigzag(ReadNumber(ref rest));
            var length = (int)ReadNumber(ref rest);
            events.Add(new LogEvent(timestamp, rest[..length]));
            rest = rest[length..];
        }
        return events;
    }

    // Clocks are set back, and several processes print at once.
    ReadOnlyMemory<byte> Sorted()
    {
        var sorted = new PackedEvents();
        foreach (var item in Unpack([Plain, .. written.WrittenSpan]).OrderBy(item => item.Timestamp)) sorted.Add(item.Timestamp, item.Message.Span);
        return sorted.written.WrittenMemory;
    }

    void WriteNumber(ulong number)
    {
        var bytes = written.GetSpan(10);
        var length = 0;
        for (; number >= 0x80; number >>= 7) bytes[length++] = (byte)(number | 0x80);
        bytes[length++] = (byte)number;
        written.Advance(length);
    }

    static ulong ReadNumber(ref ReadOnlyMemory<byte> rest)
    {
        var bytes = rest.Span;
        ulong number = 0;
        var length = 0;
        byte next;
        do
        {
            next = bytes[length];
            number |= (ulong)(next & 0x7F) << (7 * length++);
        }
        while (next >= 0x80);
        rest = rest[length..];
        return number;
    }

    static ulong Zigzag(long number) => (ulong)((number << 1) ^ (number >> 63));

    static long Unzigzag(ulong number) => (long)(number >> 1) ^ -(long)(number & 1);

    static byte[] Deflate(ReadOnlySpan<byte> events)
    {
        var bytes = new MemoryStream();
        bytes.WriteByte(Deflated);
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(events);
        return bytes.ToArray();
    }

    static ReadOnlyMemory<byte> Inflate(byte[] packed)
    {
        using var inflate = new DeflateStream(new MemoryStream(packed, 1, packed.Length - 1), CompressionMode.Decompress);
        var events = new MemoryStream();
        inflate.CopyTo(events);
        return events.GetBuffer().AsMemory(0, (int)events.Length);
    }
}
