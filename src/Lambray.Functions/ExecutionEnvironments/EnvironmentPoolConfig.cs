namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>How many environments are kept, and for how long.</summary>
/// <param name="EnvironmentsMax">How many may live at once, over all functions; more invocations at a time are throttled.</param>
/// <param name="MemoryMax">How many megabytes their functions' memory sizes may add up to.</param>
/// <param name="IdleTimeMax">How long one may be kept without work.</param>
public sealed record EnvironmentPoolConfig(int EnvironmentsMax, int MemoryMax, TimeSpan IdleTimeMax)
{
    /// <summary>How many may be starting at once.</summary>
    public int StartsAtOnceMax { get; init; } = 2 * Environment.ProcessorCount;

    const int MegabytesPerEnvironment = 128;
    const double FractionOfMemory = 0.8;

    public static EnvironmentPoolConfig ForThisMachine()
    {
        var megabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024);
        return new EnvironmentPoolConfig(
            (int)Math.Clamp(megabytes / MegabytesPerEnvironment, 4, 1000), (int)Math.Max(megabytes * FractionOfMemory, MegabytesPerEnvironment), TimeSpan.FromMinutes(10));
    }
}
