using Lambray.Functions.ExecutionEnvironments.Isolation;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>Freezes an environment that has had no event for a moment, and thaws it before its next ("Lambda execution environment lifecycle" in the Lambda Developer Guide).</summary>
/// <remarks>
/// An environment that gets event upon event must not pay for it: being idle only notes the time, and one timer, which runs
/// on from earlier if it can, looks at that time later.
/// </remarks>
sealed class IdleFreeze(IsolatedProcess process, TimeProvider time)
{
    // X-Ray SDKs send their last subsegments a moment after the answer, which on a busy machine takes tens of milliseconds;
    // what is frozen on its way would be missing in its trace until the next event. Nobody gets work done in so short a time.
    static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    readonly Lock stateLock = new();
    ITimer? timer;
    long idleSince;
    bool isIdle;
    bool isWatched;
    bool isFrozen;

    public void BecomeIdle()
    {
        lock (stateLock)
        {
            isIdle = true;
            idleSince = time.GetTimestamp();
            if (!isWatched) WatchAfter(Grace);
        }
    }

    public void BecomeBusy()
    {
        lock (stateLock)
        {
            isIdle = false;
            if (!isFrozen) return;
            isFrozen = false;
            process.Thaw();
        }
    }

    /// <summary>Leaves the environment alone from now on: it has ended.</summary>
    public void Stop()
    {
        lock (stateLock)
        {
            isIdle = false;
            isWatched = true;
            timer?.Dispose();
        }
    }

    void WatchAfter(TimeSpan due)
    {
        isWatched = true;
        timer ??= time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    void Look()
    {
        lock (stateLock)
        {
            isWatched = false;
            if (!isIdle) return;
            var left = Grace - time.GetElapsedTime(idleSince);
            if (left > TimeSpan.Zero)
            {
                WatchAfter(left);
                return;
            }
            isFrozen = true;
            process.Freeze();
        }
    }
}
