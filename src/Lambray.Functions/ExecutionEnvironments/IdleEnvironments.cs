using Lambray.Functions.Registry;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>The environments that wait for an invocation, those that crashed among them, the longest idle first.</summary>
/// <remarks>Not safe for threads: the pool's lock guards it.</remarks>
sealed class IdleEnvironments
{
    readonly List<Idle> all = [];

    public int Count => all.Count;

    public void Add(StartedEnvironment started, DateTimeOffset since) => all.Add(new Idle(started, since));

    /// <summary>One that is initialized; of several the one used last: its memory is warmest, and the others may grow old and go.</summary>
    public StartedEnvironment? TakeWarm(FunctionModel function) =>
        TakeAt(all.FindLastIndex(idle => idle.Started.Environment.IsUsable && idle.Started.Fits(function.EnvironmentRevision)));

    /// <summary>One whose processes have to be started anew.</summary>
    public StartedEnvironment? TakeCrashed(FunctionModel function) =>
        TakeAt(all.FindIndex(idle => !idle.Started.Environment.IsUsable && idle.Started.Fits(function.EnvironmentRevision)));

    public bool HasWarm(FunctionModel function) =>
        all.Exists(idle => idle.Started.Environment.IsUsable && idle.Started.Fits(function.EnvironmentRevision));

    /// <summary>Megabytes that the function at this place was promised, the longest idle being at place 0.</summary>
    public int MemoryAt(int place) => all[place].Started.Environment.Function.MemorySize;

    public IReadOnlyList<StartedEnvironment> TakeLongestIdle(int count)
    {
        var taken = all.Take(count).Select(idle => idle.Started).ToArray();
        all.RemoveRange(0, count);
        return taken;
    }

    /// <param name="choose">Given an environment, and since when it is idle.</param>
    public IReadOnlyList<StartedEnvironment> TakeAll(Func<StartedEnvironment, DateTimeOffset, bool> choose)
    {
        var taken = all.Where(idle => choose(idle.Started, idle.Since)).ToArray();
        foreach (var idle in taken) all.Remove(idle);
        return [.. taken.Select(idle => idle.Started)];
    }

    public void Clear() => all.Clear();

    StartedEnvironment? TakeAt(int index)
    {
        if (index < 0) return null;
        var taken = all[index].Started;
        all.RemoveAt(index);
        return taken;
    }

    sealed record Idle(StartedEnvironment Started, DateTimeOffset Since);
}
