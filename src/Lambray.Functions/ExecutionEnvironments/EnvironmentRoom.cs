namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>The room that this machine has for environments: places, and the memory that their functions were promised.</summary>
/// <remarks>Not safe for threads: the pool's lock guards it.</remarks>
sealed class EnvironmentRoom(EnvironmentPoolConfig config)
{
    int places;
    int memory;

    public int Places => places;

    /// <summary>Megabytes.</summary>
    public int Memory => memory;

    public bool IsEmpty => places == 0;

    /// <param name="memorySize">Megabytes.</param>
    /// <param name="withoutPlaces">As if so many environments, and so much memory, were gone.</param>
    public bool Has(int memorySize, int withoutPlaces = 0, int withoutMemory = 0)
    {
        var (leftPlaces, leftMemory) = (places - withoutPlaces, memory - withoutMemory);
        // A function that is larger than the machine runs all the same, when it is alone: few use what they may.
        return leftPlaces < config.EnvironmentsMax && (leftPlaces == 0 || leftMemory + memorySize <= config.MemoryMax);
    }

    public void Take(int memorySize) => (places, memory) = (places + 1, memory + memorySize);

    public void GiveBack(int memorySize) => (places, memory) = (places - 1, memory - memorySize);
}
