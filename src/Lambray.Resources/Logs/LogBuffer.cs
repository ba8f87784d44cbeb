using System.Collections.Concurrent;

namespace Lambray.Resources.Logs;

/// <summary>The memory in which log events wait to be written, for all streams together.</summary>
/// <param name="bytesMax">Messages beyond are not taken.</param>
/// <param name="hurry">Called when so much waits that it should be written soon.</param>
sealed class LogBuffer(long bytesMax, Action hurry)
{
    const int HurryFraction = 8;

    readonly ConcurrentQueue<LogStreamWriter> changed = [];
    long held;

    public bool TryTakeRoom(int bytes)
    {
        var now = Interlocked.Add(ref held, bytes);
        if (now > bytesMax)
        {
            Interlocked.Add(ref held, -bytes);
            return false;
        }
        if (now > bytesMax / HurryFraction && now - bytes <= bytesMax / HurryFraction) hurry();
        return true;
    }

    public void GiveBackRoom(long bytes) => Interlocked.Add(ref held, -bytes);

    /// <summary>Takes room for what must not be lost, whether or not there is enough.</summary>
    public void Hold(long bytes) => Interlocked.Add(ref held, bytes);

    /// <summary>The first of a stream's events came; the stream is not named again until they were taken.</summary>
    public void Changed(LogStreamWriter stream) => changed.Enqueue(stream);

    public bool TryTakeChanged(out LogStreamWriter stream) => changed.TryDequeue(out stream!);
}
