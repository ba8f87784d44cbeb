using Lambray.Tracing.Intake;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>The memory of an environment's X-Ray daemon, which is taken from the function's ("Visualize Lambda function invocations using AWS X-Ray" in the Lambda Developer Guide).</summary>
/// <remarks>
/// <code>
/// 0 ─────────────── function ─────────────── MemorySize − share ── daemon ── MemorySize
/// </code>
/// A function that grows into the daemon's share stops the daemon: what it held is lost, and so is all that is sent to it
/// until the environment ends. Only a function that needs more than all of it ends itself.
/// </remarks>
public sealed class DaemonMemory : IDocumentBuffer
{
    const long Megabyte = 1024 * 1024;
    const long ShareBytesMin = 16 * Megabyte;
    const int SharePercent = 3;

    // Asking the kernel takes about as long as taking in a document.
    static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(1);

    readonly long shareBytes;
    readonly long functionBytesMax;
    readonly Func<long?> functionBytes;
    readonly Action<string> log;
    readonly TimeProvider time;
    readonly Lock stateLock = new();
    long heldBytes;
    long? lastLook;
    int lost;
    bool isStopped;

    /// <param name="memorySize">Of the function, in megabytes.</param>
    /// <param name="functionBytes">What its processes use now; null where the machine cannot tell.</param>
    /// <param name="log">Writes a line into the function's log.</param>
    public DaemonMemory(int memorySize, Func<long?> functionBytes, Action<string> log, TimeProvider time)
    {
        (this.functionBytes, this.log, this.time) = (functionBytes, log, time);
        shareBytes = Math.Max(ShareBytesMin, memorySize * Megabyte * SharePercent / 100);
        functionBytesMax = (memorySize * Megabyte) - shareBytes;
    }

    public bool TryHold(int bytes)
    {
        lock (stateLock)
        {
            if (!isStopped) StopIfFunctionNeedsIt();
            if (!isStopped && heldBytes + bytes <= shareBytes)
            {
                heldBytes += bytes;
                return true;
            }
            lost++;
            return false;
        }
    }

    public bool TryRelease(int bytes)
    {
        lock (stateLock)
        {
            heldBytes -= bytes;
            if (isStopped) lost++;
            return !isStopped;
        }
    }

    /// <summary>What was lost since this was last asked; null when nothing was.</summary>
    public DaemonLoss? TakeLoss()
    {
        lock (stateLock)
        {
            if (lost == 0) return null;
            var loss = new DaemonLoss(lost, isStopped);
            lost = 0;
            return loss;
        }
    }

    void StopIfFunctionNeedsIt()
    {
        if (lastLook is { } last && time.GetElapsedTime(last) < LookInterval) return;
        lastLook = time.GetTimestamp();
        if (functionBytes() is not { } used || used <= functionBytesMax) return;
        isStopped = true;
        log($"XRAY The X-Ray daemon of this environment is stopped: the function uses {used / Megabyte} MB, and needs the daemon's {shareBytes / Megabyte} MB of its memory size.");
    }
}

/// <summary>Segment documents of a function that its X-Ray daemon could not keep.</summary>
/// <param name="IsStopped">Because the function needed its memory, rather than because its buffer was full.</param>
public sealed record DaemonLoss(int Documents, bool IsStopped);
