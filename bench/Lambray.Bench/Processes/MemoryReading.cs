namespace Lambray.Bench.Processes;

/// <summary>Who holds how many bytes.</summary>
/// <param name="Helpers">Processes that serve runtimes, as bubblewrap does.</param>
/// <param name="Kernel">Of the whole machine.</param>
sealed record MemoryReading(double Server, double Runtimes, double Helpers, double Kernel)
{
    /// <summary>Reads when the server has given back what it does not need.</summary>
    public static async Task<MemoryReading> TakeAsync(ProcessTree processes)
    {
        await processes.SettleAsync();
        await GarbageCollection.InduceAsync(processes.Root);
        await processes.SettleAsync();
        var (runtimes, helpers) = processes.DescendantsBytes();
        return new MemoryReading(processes.RootBytes(), runtimes, helpers, ProcessTree.KernelBytes());
    }

    public static MemoryReading operator -(MemoryReading left, MemoryReading right) => new(
        left.Server - right.Server, left.Runtimes - right.Runtimes, left.Helpers - right.Helpers, left.Kernel - right.Kernel);

    public MemoryReading DividedBy(int count) => new(Server / count, Runtimes / count, Helpers / count, Kernel / count);
}
