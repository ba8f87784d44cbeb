using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>One message of <c>application/vnd.amazon.eventstream</c> ("Event stream encoding" in the Amazon Transcribe Developer Guide).</summary>
/// <remarks>
/// <code>
/// total length 4 | headers' length 4 | CRC-32 of these 8 | headers | payload | CRC-32 of all before
/// header: name length 1 | name | type 1 (7: string) | value length 2 | value
/// </code>
/// All numbers are big-endian.
/// </remarks>
static class EventStreamMessage
{
    const int PreludeBytes = 8;
    const int ChecksumBytes = 4;
    const byte StringType = 7;

    public static void Write(IBufferWriter<byte> writer, string eventType, string contentType, ReadOnlySequence<byte> payload)
    {
        var headers = Headers((":event-type", eventType), (":content-type", contentType), (":message-type", "event"));
        var checksum = CyclicRedundancyCheck.Crc32();
        Span<byte> prelude = stackalloc byte[PreludeBytes];
        BinaryPrimitives.WriteInt32BigEndian(prelude, checked((int)(PreludeBytes + ChecksumBytes + headers.Length + payload.Length + ChecksumBytes)));
        BinaryPrimitives.WriteInt32BigEndian(prelude[4..], headers.Length);
        Append(prelude);
        Append(checksum.GetHash());
        Append(headers);
        foreach (var part in payload) Append(part.Span);
        writer.Write(checksum.GetHash());

        void Append(ReadOnlySpan<byte> bytes)
        {
            checksum.Append(bytes);
            writer.Write(bytes);
        }
    }

    static byte[] Headers(params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var (name, value) in headers)
        {
            bytes.Write([(byte)name.Length]);
            Encoding.ASCII.GetBytes(name, bytes);
            bytes.Write([StringType, (byte)(value.Length >> 8), (byte)value.Length]);
            Encoding.ASCII.GetBytes(value, bytes);
        }
        return bytes.WrittenSpan.ToArray();
    }
}
