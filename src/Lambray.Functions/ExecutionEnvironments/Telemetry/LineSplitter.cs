namespace Lambray.Functions.ExecutionEnvironments.Telemetry;

/// <summary>Gets a line with its line feed; it is good until the call returns.</summary>
delegate void LineReceiver(ReadOnlySpan<byte> line);

/// <summary>Makes lines, each with its line feed, of text that comes in pieces.</summary>
sealed class LineSplitter
{
    // What CloudWatch Logs takes as one event.
    const int LineBytesMax = 256 * 1024;

    readonly List<byte> rest = [];

    public void Split(ReadOnlySpan<byte> text, LineReceiver receive)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var room = LineBytesMax - rest.Count;
            var length = Math.Min(end < 0 ? text.Length : end + 1, room);
            var part = text[..length];
            var isWhole = part[^1] == '\n' || length == room;
            text = text[length..];
            // Most lines come in one piece, and need no copy.
            if (isWhole && rest.Count == 0)
            {
                receive(part);
                continue;
            }
            rest.AddRange(part);
            if (isWhole) receive(TakeRest());
        }
    }

    /// <summary>The line that has begun, without waiting for its end.</summary>
    public byte[] TakeRest()
    {
        byte[] line = [.. rest];
        rest.Clear();
        return line;
    }
}
