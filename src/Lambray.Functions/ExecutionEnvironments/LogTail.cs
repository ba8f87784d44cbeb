namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>The last 4 KB of what an invocation logged, for <c>X-Amz-Log-Result</c>.</summary>
public sealed class LogTail
{
    const int BytesMax = 4096;

    readonly byte[] ring = new byte[BytesMax];
    long written;

    public void Append(ReadOnlySpan<byte> text)
    {
        lock (ring)
        {
            foreach (var next in text.Length > BytesMax ? text[^BytesMax..] : text) ring[written++ % BytesMax] = next;
        }
    }

    public byte[] ToArray()
    {
        lock (ring)
        {
            var length = (int)Math.Min(written, BytesMax);
            var tail = new byte[length];
            for (var i = 0; i < length; i++) tail[i] = ring[(written - length + i) % BytesMax];
            return tail;
        }
    }
}
