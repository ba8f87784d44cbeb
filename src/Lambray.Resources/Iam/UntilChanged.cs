using System.Collections.Concurrent;

namespace Lambray.Resources.Iam;

/// <summary>What was read from the database since its last change.</summary>
sealed class UntilChanged<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    const int Max = 10_000;

    // A change swaps the whole map, so that whoever was loading during the change leaves its stale answer in the old one.
    volatile ConcurrentDictionary<TKey, TValue> known = new();

    public TValue? Find(TKey key, Func<TKey, TValue?> load)
    {
        var current = known;
        if (current.TryGetValue(key, out var value)) return value;
        // What is not there is not remembered: the keys come from callers, and would fill the memory.
        if (load(key) is not { } loaded) return null;
        if (current.Count < Max) current.TryAdd(key, loaded);
        return loaded;
    }

    public void Forget() => known = new();
}
