namespace Lambray.Functions.ExecutionEnvironments.Prestart;

/// <summary>How many runtimes may wait for a function at one time, over all languages; 0 starts each only when it is needed.</summary>
public sealed record PrestartConfig(int RuntimesMax)
{
    const int MachineMax = 4;
    const long BytesPerRuntime = 1024L * 1024 * 1024;

    // One that waits holds 10 to 60 MB: little beside what a machine has for functions.
    public static PrestartConfig ForThisMachine() => new(
        (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesPerRuntime, 0, MachineMax));
}
