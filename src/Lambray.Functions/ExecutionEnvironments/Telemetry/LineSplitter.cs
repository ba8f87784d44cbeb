namespace Lambray.Functions.ExecutionEnvironments.Telemetry;

/// <summary>Makes lines, each with its line feed, of text that comes in pieces.</summary>
sealed class LineSplitter
{
    // What CloudWatch Logs takes as one event.
    const int LineBytesMax = 256 * 1024;

    readonly List<byte> rest = [];

    public List<byte[]> Split(ReadOnlySpan<byte> text)
    {
        var lines = new List<byte[]>();
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var room = LineBytesMax - rest.Count;
            var length = Math.Min(end < 0 ? text.Length : end + 1, room);
            rest.AddRange(text[..length]);
            text = text[length..];
            if (rest[^1] == '\n' || rest.Count == LineBytesMax) lines.Add(TakeRest());
        }
        return lines;
    }

    /// <summary>The line that has begun, without waiting for its end.</summary>
    public byte[] TakeRest()
    {
        byte[] line = [.. rest];
        rest.Clear();
        return line;
    }
}
