using System.Buffers.Binary;

namespace Lambray.Resources.Messaging;

/// <summary>Keys and values of the messaging tables: numbers in keys stand so that their bytes sort as they do.</summary>
static class RecordBytes
{
    public const int PlaceLength = 16;

    /// <summary>The key of one message of a queue, or of one delivery of a subscription.</summary>
    public static byte[] Place(long owner, long sequence)
    {
        var key = new byte[PlaceLength];
        BinaryPrimitives.WriteInt64BigEndian(key, owner);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(8), sequence);
        return key;
    }

    public static (long Owner, long Sequence) ReadPlace(ReadOnlySpan<byte> key) =>
        (BinaryPrimitives.ReadInt64BigEndian(key), BinaryPrimitives.ReadInt64BigEndian(key[8..]));

    public static byte[] Number(long number)
    {
        var key = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(key, number);
        return key;
    }

    public static void WriteOptional(this BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null) writer.Write(text);
    }

    public static string? ReadOptional(this BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    public static void WriteAttributes(this BinaryWriter writer, IReadOnlyDictionary<string, MessageAttribute> attributes)
    {
        writer.Write7BitEncodedInt(attributes.Count);
        foreach (var (name, attribute) in attributes)
        {
            writer.Write(name);
            writer.Write(attribute.DataType);
            writer.WriteOptional(attribute.Text);
            if (attribute.Text is not null) continue;
            writer.Write7BitEncodedInt(attribute.Binary!.Length);
            writer.Write(attribute.Binary);
        }
    }

    public static IReadOnlyDictionary<string, MessageAttribute> ReadAttributes(this BinaryReader reader)
    {
        var attributes = new Dictionary<string, MessageAttribute>(StringComparer.Ordinal);
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var (name, type, text) = (reader.ReadString(), reader.ReadString(), reader.ReadOptional());
            attributes[name] = new MessageAttribute(type, text, text is null ? reader.ReadBytes(reader.Read7BitEncodedInt()) : null);
        }
        return attributes;
    }
}
