using System.Text;

namespace Lambray.Resources.S3;

/// <summary>Keys as the bytes that S3 orders them by.</summary>
static class ObjectKey
{
    const int BytesMax = 1024;

    public static void Check(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) > BytesMax) throw S3Errors.KeyTooLong();
    }

    public static byte[] Bytes(string key) => Encoding.UTF8.GetBytes(key);

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>The least key that is greater than this one.</summary>
    public static byte[] After(string key) => [.. Bytes(key), 0];

    /// <summary>The least key that is greater than all keys with this prefix. UTF-8 has no byte 0xFF, so the last one can always be raised.</summary>
    public static byte[] AfterAllWith(string prefix)
    {
        var bytes = Bytes(prefix);
        bytes[^1]++;
        return bytes;
    }

    public static int Compare(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);
}
