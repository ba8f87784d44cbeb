namespace Lambray.Tests.Server;

/// <summary>Waits for a condition that nothing announces, with a deadline.</summary>
static class Eventually
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public static Task HoldsAsync(Func<bool> condition, string what) =>
        HoldsAsync(() => Task.FromResult(condition()), () => $"Not in time: {what}.");

    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string>? describe = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Deadline)
                throw new TimeoutException(describe?.Invoke() ?? "The condition did not hold in time.");
            await Task.Delay(Interval, TimeProvider.System);
        }
    }
}
