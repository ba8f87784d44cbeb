using Lambray.Functions.Registry;

namespace Lambray.Functions.ExecutionEnvironments.Provisioned;

/// <summary>The provisioned environments that there are: those that wait, those at work, and how many of each version are to be kept.</summary>
/// <remarks>Not safe for threads: the pool's lock guards it.</remarks>
sealed class ProvisionedStock
{
    readonly Dictionary<(string Function, string Version), int> wanted = [];
    readonly List<StartedEnvironment> all = [];
    readonly List<StartedEnvironment> waiting = [];

    public bool HasAny(string function) => all.Exists(started => started.Environment.Function.Name == function);

    /// <summary>How many of a version are initialized.</summary>
    public int Count(FunctionModel function) => all.Count(started => IsOf(started, function));

    public int WantedOf(FunctionModel function) => wanted.GetValueOrDefault((function.Name, function.Version));

    public int AtWork(FunctionModel function) => Count(function) - waiting.Count(started => IsOf(started, function));

    /// <summary>One that waits for an invocation of this version.</summary>
    public StartedEnvironment? Take(FunctionModel function)
    {
        var index = waiting.FindLastIndex(started => started.Environment.IsUsable && IsOf(started, function));
        if (index < 0) return null;
        var taken = waiting[index];
        waiting.RemoveAt(index);
        return taken;
    }

    /// <summary>Takes one in that was initialized, or has finished an invocation.</summary>
    /// <returns>False when it is of no use any more.</returns>
    public bool Return(StartedEnvironment started)
    {
        var function = started.Environment.Function;
        var others = all.Count(other => other != started && IsOf(other, function));
        if (!started.Environment.IsUsable || others >= WantedOf(function)) return false;
        if (!all.Contains(started)) all.Add(started);
        waiting.Add(started);
        return true;
    }

    /// <returns>Whether it was one of those that were initialized.</returns>
    public bool Remove(StartedEnvironment started)
    {
        waiting.Remove(started);
        return all.Remove(started);
    }

    /// <returns>Those that wait and are too many now.</returns>
    public IReadOnlyList<StartedEnvironment> Keep(string function, IReadOnlyDictionary<string, int> versions)
    {
        foreach (var former in wanted.Keys.Where(key => key.Function == function).ToList()) wanted.Remove(former);
        foreach (var (version, count) in versions) wanted[(function, version)] = count;
        var surplus = new List<StartedEnvironment>();
        foreach (var ofVersion in all.Where(started => started.Environment.Function.Name == function).GroupBy(started => started.Environment.Function.Version).ToList())
        {
            var tooMany = ofVersion.Count() - versions.GetValueOrDefault(ofVersion.Key);
            surplus.AddRange(waiting.Where(started => ofVersion.Contains(started)).Take(Math.Max(tooMany, 0)));
        }
        foreach (var started in surplus) Remove(started);
        return surplus;
    }

    public void Clear() => waiting.Clear();

    static bool IsOf(StartedEnvironment started, FunctionModel function) => started.Environment.Function.EnvironmentRevision == function.EnvironmentRevision
        && started.Environment.Function.Version == function.Version;
}
