using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Streams;

public enum StreamEvent
{
    Insert,
    Modify,
    Remove,
}

/// <summary>One change of an item, as its stream keeps it.</summary>
/// <param name="OldImage">Null when there was no item, or the stream does not show it; <paramref name="NewImage"/> likewise.</param>
/// <param name="IsByService">The item was deleted because its time had come.</param>
public sealed record StreamRecord(
    long Sequence, StreamEvent Event, DateTimeOffset Time, MapValue Keys, MapValue? OldImage, MapValue? NewImage, bool IsByService)
{
    const int TimeLength = 8;
    const int TraceLengthLength = 2;

    /// <summary>The trace that the change was made in, where that is known.</summary>
    public string? TraceHeader { get; init; }

    public string SequenceText => SequenceNumber.Text(Sequence);

    /// <summary>Of keys and images.</summary>
    public int SizeBytes =>
        ItemSize.Of(Keys) + (OldImage is null ? 0 : ItemSize.Of(OldImage)) + (NewImage is null ? 0 : ItemSize.Of(NewImage));

    /// <summary>The same each time that the record is read.</summary>
    public string EventId(StreamState stream)
    {
        Span<byte> source = stackalloc byte[40];
        BinaryPrimitives.WriteInt64BigEndian(source, stream.Number);
        BinaryPrimitives.WriteInt64BigEndian(source[8..], Sequence);
        BinaryPrimitives.WriteInt64BigEndian(source[16..], Time.ToUnixTimeMilliseconds());
        return Convert.ToHexStringLower(System.IO.Hashing.XxHash128.Hash(source[..24]));
    }

    internal static byte[] KeyOf(long stream, long sequence)
    {
        var key = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(key, stream);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(8), sequence);
        return key;
    }

    internal static long SequenceOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt64BigEndian(key[8..]);

    internal static DateTimeOffset TimeOf(ReadOnlySpan<byte> value) => DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(value));

    /// <summary>Time, event, who, the trace with its length, and three items.</summary>
    internal byte[] ToBytes()
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(TimeLength), Time.ToUnixTimeMilliseconds());
        bytes.Advance(TimeLength);
        var marks = (byte)((int)Event | (IsByService ? 4 : 0) | (OldImage is null ? 0 : 8) | (NewImage is null ? 0 : 16) | (TraceHeader is null ? 0 : 32));
        bytes.Write(new ReadOnlySpan<byte>(in marks));
        if (TraceHeader is not null)
        {
            var trace = Encoding.UTF8.GetBytes(TraceHeader);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.GetSpan(TraceLengthLength), checked((ushort)trace.Length));
            bytes.Advance(TraceLengthLength);
            bytes.Write(trace);
        }
        ValueBytes.WriteEntries(bytes, Keys);
        if (OldImage is not null) ValueBytes.WriteEntries(bytes, OldImage);
        if (NewImage is not null) ValueBytes.WriteEntries(bytes, NewImage);
        return bytes.WrittenSpan.ToArray();
    }

    internal static StreamRecord Read(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var marks = value[TimeLength];
        var rest = value[(TimeLength + 1)..];
        string? trace = null;
        if ((marks & 32) != 0)
        {
            var end = TraceLengthLength + BinaryPrimitives.ReadUInt16BigEndian(rest);
            trace = Encoding.UTF8.GetString(rest[TraceLengthLength..end]);
            rest = rest[end..];
        }
        var items = new ValueReader(rest);
        var keys = items.ReadEntries();
        var old = (marks & 8) == 0 ? null : items.ReadEntries();
        var changed = (marks & 16) == 0 ? null : items.ReadEntries();
        return new StreamRecord(SequenceOf(key), (StreamEvent)(marks & 3), TimeOf(value), keys, old, changed, (marks & 4) != 0) { TraceHeader = trace };
    }

    /// <summary>Without what the stream does not show.</summary>
    internal StreamRecord ShownAs(StreamView view) => this with
    {
        OldImage = view is StreamView.OldImage or StreamView.NewAndOldImages ? OldImage : null,
        NewImage = view is StreamView.NewImage or StreamView.NewAndOldImages ? NewImage : null,
    };
}
