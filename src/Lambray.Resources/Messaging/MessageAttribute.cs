using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lambray.Resources.Messaging;

/// <summary>A named value beside the body of a message, of SQS and SNS alike.</summary>
/// <param name="DataType"><c>String</c>, <c>Number</c> or <c>Binary</c>, with a label of the sender's behind a dot; SNS also has <c>String.Array</c>.</param>
/// <param name="Text">Null for a binary value.</param>
public sealed record MessageAttribute(string DataType, string? Text, byte[]? Binary)
{
    const byte TextMark = 1;
    const byte BinaryMark = 2;

    public static MessageAttribute String(string text) => new("String", text, null);

    /// <summary>What counts toward a message's size.</summary>
    public int Bytes(string name) => Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(DataType) + (Binary?.Length ?? Encoding.UTF8.GetByteCount(Text!));

    /// <summary>The digest that clients check ("Calculating the MD5 message digest for message attributes" in the SQS Developer Guide).</summary>
    public static string Md5(IReadOnlyDictionary<string, MessageAttribute> attributes)
    {
        using var bytes = new MemoryStream();
        foreach (var (name, attribute) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            Write(bytes, Encoding.UTF8.GetBytes(name));
            Write(bytes, Encoding.UTF8.GetBytes(attribute.DataType));
            bytes.WriteByte(attribute.Binary is null ? TextMark : BinaryMark);
            Write(bytes, attribute.Binary ?? Encoding.UTF8.GetBytes(attribute.Text!));
        }
        return Hex(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public static string Md5(string body) => Hex(Encoding.UTF8.GetBytes(body));

    static void Write(MemoryStream bytes, byte[] value)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        bytes.Write(length);
        bytes.Write(value);
    }

#pragma warning disable CA5351 // The protocol's digest, a checksum and no secret.
    static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
