using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Lambray.Resources.Sqs;

/// <summary>One receipt of one message: what a receiver deletes it by, or changes how long it is hidden.</summary>
/// <param name="Receipt">Tells the receipts of one message apart.</param>
readonly record struct ReceiptHandle(long Queue, long Sequence, long Receipt)
{
    const int Length = 24;

    public static bool TryParse(string? text, [NotNullWhen(true)] out ReceiptHandle handle)
    {
        handle = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (text is null || !Convert.TryFromBase64String(text, bytes, out var length) || length != Length) return false;
        handle = new ReceiptHandle(
            BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadInt64BigEndian(bytes[16..]));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Queue);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Sequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes[16..], Receipt);
        return Convert.ToBase64String(bytes);
    }
}
