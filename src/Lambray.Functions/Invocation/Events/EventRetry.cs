namespace Lambray.Functions.Invocation.Events;

/// <summary>When an asynchronous event is tried again ("How Lambda handles errors and retries with asynchronous invocation" in the Developer Guide).</summary>
static class EventRetry
{
    public const int RetriesMax = 2;
    public static readonly TimeSpan AgeMax = TimeSpan.FromHours(6);

    static readonly TimeSpan[] WaitsAfterFailure = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];
    static readonly TimeSpan FirstWaitAfterThrottle = TimeSpan.FromSeconds(1);
    static readonly TimeSpan WaitAfterThrottleMax = TimeSpan.FromMinutes(5);
    const int DoublingsMax = 20;

    /// <param name="failedAttempts">How many attempts have failed, the last one included.</param>
    /// <param name="retriesMax"><c>MaximumRetryAttempts</c>, 0 to 2.</param>
    /// <returns>Null when it is not tried again.</returns>
    public static TimeSpan? WaitAfterFailure(int failedAttempts, int retriesMax) =>
        failedAttempts <= retriesMax && failedAttempts <= WaitsAfterFailure.Length ? WaitsAfterFailure[failedAttempts - 1] : null;

    /// <summary>Doubles from 1 s up to 5 min; throttles do not count as attempts.</summary>
    public static TimeSpan WaitAfterThrottle(int throttles)
    {
        var wait = FirstWaitAfterThrottle * Math.Pow(2, Math.Min(throttles - 1, DoublingsMax));
        return wait < WaitAfterThrottleMax ? wait : WaitAfterThrottleMax;
    }
}
