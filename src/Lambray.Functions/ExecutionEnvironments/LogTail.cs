namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>The last 4 KB of what an invocation logged, for <c>X-Amz-Log-Result</c>.</summary>
public sealed class LogTail
{
    const int BytesMax = 4096;

    // Most invocations log no more than their own START, END and REPORT.
    const int BytesAtFirst = 512;

    readonly Lock ringLock = new();
    byte[] ring = new byte[BytesAtFirst];
    long written;

    public void Append(ReadOnlySpan<byte> text)
    {
        if (text.Length > BytesMax) text = text[^BytesMax..];
        lock (ringLock)
        {
            if (written + text.Length > ring.Length && ring.Length < BytesMax) Grow(written + text.Length);
            var at = (int)(written % ring.Length);
            var untilEnd = Math.Min(text.Length, ring.Length - at);
            text[..untilEnd].CopyTo(ring.AsSpan(at));
            text[untilEnd..].CopyTo(ring);
            written += text.Length;
        }
    }

    public byte[] ToArray()
    {
        lock (ringLock)
        {
            if (written <= ring.Length) return ring[..(int)written];
            var at = (int)(written % ring.Length);
            return [.. ring.AsSpan(at), .. ring.AsSpan(0, at)];
        }
    }

    // Only a ring that has not come round can grow, and none comes round before it has its full size.
    void Grow(long needed)
    {
        var size = ring.Length;
        while (size < needed && size < BytesMax) size *= 2;
        Array.Resize(ref ring, size);
    }
}
