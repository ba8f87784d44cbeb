namespace Lambray.DotNetRuntime;

/// <summary>Tells the garbage collector how much memory the function has; inside a sandbox it cannot see the limit.</summary>
static class MemoryLimit
{
    const ulong Megabyte = 1024 * 1024;

    public static void Apply()
    {
        if (Digits.TryRead(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")) is not { } megabytes) return;
        var limit = (ulong)megabytes * Megabyte;
        // A lower limit of the function's own configuration stays.
        if ((ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < limit) return;
        AppContext.SetData("GCHeapHardLimit", limit);
        GC.RefreshMemoryLimit();
    }
}
