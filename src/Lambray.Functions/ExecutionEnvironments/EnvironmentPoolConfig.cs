namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>How many environments are kept, and for how long.</summary>
/// <param name="EnvironmentsMax">How many may live at once, over all functions; more invocations at a time are throttled.</param>
/// <param name="IdleTimeMax">How long one may be kept without work.</param>
public sealed record EnvironmentPoolConfig(int EnvironmentsMax, TimeSpan IdleTimeMax)
{
    const long BytesPerEnvironment = 128L * 1024 * 1024;

    public static EnvironmentPoolConfig ForThisMachine() => new(
        (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesPerEnvironment, 4, 1000), TimeSpan.FromMinutes(10));
}
