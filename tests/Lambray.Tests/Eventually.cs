namespace Lambray.Tests;

/// <summary>Waits for what another process or the kernel does in its own time.</summary>
static class Eventually
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    /// <exception cref="TimeoutException">It has not come true; <paramref name="what"/> says what.</exception>
    public static async Task True(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            if (deadline.IsCancellationRequested) throw new TimeoutException($"Not within {Deadline}: {what}");
            await Task.Delay(Interval, TimeProvider.System);
        }
    }
}
