using System.Text;

namespace Lambray.Resources.Logs;

/// <summary>One log stream, for whoever writes to it often: its events gather here until they are written. Group and stream are made with the first.</summary>
public sealed class LogStreamWriter
{
    // Of messages; blocks are read whole.
    const int BlockBytesMax = 256 * 1024;

    readonly LogBuffer buffer;
    readonly Lock gate = new();
    readonly List<PackedEvents> gathered = [];
    int notKept;

    internal LogStreamWriter(LogBuffer buffer, string group, string stream) => (this.buffer, Group, Stream) = (buffer, group, stream);

    public string Group { get; }

    public string Stream { get; }

    public void Append(DateTimeOffset at, ReadOnlySpan<byte> message)
    {
        bool first;
        lock (gate)
        {
            first = gathered.Count == 0 && notKept == 0;
            var timestamp = at.ToUnixTimeMilliseconds();
            if (buffer.TryTakeRoom(message.Length)) Latest(timestamp, message.Length).Add(timestamp, message);
            else notKept++;
        }
        if (first) buffer.Changed(this);
    }

    /// <summary>Takes away what has gathered, to be written; the room that it takes stays taken until then.</summary>
    internal IReadOnlyList<PackedEvents> Take(DateTimeOffset now)
    {
        lock (gate)
        {
            if (notKept > 0)
            {
                var notice = Encoding.UTF8.GetBytes($"[{notKept} log events were not kept: more was logged than could be written]\n");
                buffer.Hold(notice.Length);
                Latest(now.ToUnixTimeMilliseconds(), notice.Length).Add(now.ToUnixTimeMilliseconds(), notice);
                notKept = 0;
            }
            PackedEvents[] taken = [.. gathered];
            gathered.Clear();
            return taken;
        }
    }

    /// <summary>Puts back what could not be written.</summary>
    internal void PutBack(IReadOnlyList<PackedEvents> taken)
    {
        lock (gate) gathered.InsertRange(0, taken);
        buffer.Changed(this);
    }

    PackedEvents Latest(long timestamp, int bytes)
    {
        if (gathered is not [.., var last] || last.MessageBytes + bytes > BlockBytesMax || !last.Reaches(timestamp)) gathered.Add(new PackedEvents());
        return gathered[^1];
    }
}
