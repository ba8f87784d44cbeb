namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>Who waits for room for an environment, and how many environments each function has.</summary>
/// <remarks>
/// The function with the fewest is served first, and takes a place from one that has more, as long as it would not have more itself
/// afterwards: a flooded function leaves the others their share. Not safe for threads: the pool's lock guards it.
/// </remarks>
sealed class RoomWaits(int waitsMax)
{
    readonly Dictionary<string, int> shares = [];
    readonly List<RoomWait> waits = [];

    public bool Any => waits.Count > 0;

    public bool IsFull => waits.Count >= waitsMax;

    public void Add(RoomWait wait) => waits.Add(wait);

    public bool Remove(RoomWait wait) => waits.Remove(wait);

    /// <summary>In the order in which they are to be served.</summary>
    public IReadOnlyList<RoomWait> InOrder() => [.. waits.OrderBy(wait => ShareOf(wait.Function.Name))];

    /// <summary>The first that waits for this very kind of environment.</summary>
    public RoomWait? FindSame(Guid environmentRevision) => waits.Find(wait => wait.Function.EnvironmentRevision == environmentRevision);

    /// <summary>Whether somebody waits who should rather have this function's place than the function itself.</summary>
    public bool AnyPoorerThan(string function) => waits.Exists(wait => ShareOf(wait.Function.Name) + 1 < ShareOf(function));

    public void AddShare(string function) => shares[function] = ShareOf(function) + 1;

    public void RemoveShare(string function)
    {
        if (--shares[function] == 0) shares.Remove(function);
    }

    int ShareOf(string function) => shares.GetValueOrDefault(function);
}
