namespace Lambray.Functions.ExecutionEnvironments.Prestart;

/// <summary>How many runtimes of one kind are worth having ready, by how many were needed lately.</summary>
/// <remarks>Not synchronized.</remarks>
sealed class PrestartDemand
{
    /// <summary>For so long after its last use one is kept ready.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(15);

    // A burst of new environments is followed by more of it, if at all, at once.
    static readonly TimeSpan BurstTime = TimeSpan.FromSeconds(10);

    const int UsesMax = 64;

    readonly Queue<DateTimeOffset> uses = [];

    public DateTimeOffset LastUse { get; private set; } = DateTimeOffset.MinValue;

    public void Note(DateTimeOffset now)
    {
        LastUse = now;
        uses.Enqueue(now);
        if (uses.Count > UsesMax) uses.Dequeue();
    }

    public int Wanted(DateTimeOffset now)
    {
        while (uses.TryPeek(out var oldest) && oldest <= now - BurstTime) uses.Dequeue();
        return now - LastUse < KeepFor ? Math.Max(1, uses.Count) : 0;
    }
}
