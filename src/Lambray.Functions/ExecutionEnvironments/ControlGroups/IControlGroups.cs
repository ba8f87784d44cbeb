namespace Lambray.Functions.ExecutionEnvironments.ControlGroups;

/// <summary>What one environment may use at most.</summary>
/// <param name="CpuShare">Weight against others when CPUs are scarce, 1 for a whole CPU's worth of memory size (1,769 MB).</param>
public sealed record ResourceLimits(long MemoryBytes, double CpuShare)
{
    public const int ProcessesMax = 1024;
    const double MemorySizeOfOneCpu = 1769;
    const int MemorySizeMin = 128;

    /// <summary>What the smallest function has.</summary>
    public static ResourceLimits Least { get; } = Of(MemorySizeMin);

    /// <param name="memorySize">A function's, in megabytes.</param>
    public static ResourceLimits Of(int memorySize) => new(memorySize * 1024L * 1024, memorySize / MemorySizeOfOneCpu);
}

/// <summary>The kernel's control groups, in whichever version this machine has them.</summary>
public interface IControlGroups : IDisposable
{
    /// <summary>What they are, for the line that the server prints when it starts.</summary>
    string Description { get; }

    /// <summary>Makes a group with these limits; the caller owns it and disposes it when its processes have ended.</summary>
    IControlGroup Create(string name, ResourceLimits limits);
}

/// <summary>The limits and the account of one environment's processes.</summary>
public interface IControlGroup
{
    /// <summary>Files into which a process that has only one thread writes a zero to enter the group.</summary>
    IReadOnlyList<string> EntranceFiles { get; }

    /// <summary>The most memory that its processes used at one time; null where the kernel does not tell.</summary>
    long? MemoryPeakBytes { get; }

    /// <summary>What its processes hold for themselves now, without what the kernel keeps of files they have read.</summary>
    long MemoryInUseBytes { get; }

    /// <summary>Whether the kernel ended a process of the group for lack of memory.</summary>
    bool RanOutOfMemory { get; }

    /// <summary>Sets other limits, none of them lower than before.</summary>
    void Raise(ResourceLimits limits);

    /// <summary>Whether <see cref="Freeze"/> works here.</summary>
    bool CanFreeze { get; }

    /// <summary>Takes the CPU from every process of the group until <see cref="Thaw"/>; they do not notice.</summary>
    void Freeze();

    void Thaw();

    /// <summary>Ends every process of the group, frozen or not, whatever session or parent it has chosen.</summary>
    void KillAll();

    /// <summary>Removes the group; its processes must have ended. False when the kernel still holds it busy.</summary>
    bool TryRemove();
}
