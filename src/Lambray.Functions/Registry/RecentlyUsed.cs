namespace Lambray.Functions.Registry;

/// <summary>What was read or written last, up to a bound; all else is read again from where it is kept.</summary>
sealed class RecentlyUsed<TKey, TValue>(int countMax) where TKey : notnull where TValue : class
{
    readonly Lock gate = new();
    readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> entries = [];
    readonly LinkedList<(TKey Key, TValue Value)> byUse = [];
    long changes;

    /// <param name="load">Null when there is no such thing.</param>
    public TValue? Find(TKey key, Func<TKey, TValue?> load)
    {
        long before;
        lock (gate)
        {
            if (entries.TryGetValue(key, out var entry))
            {
                byUse.Remove(entry);
                byUse.AddLast(entry);
                return entry.Value.Value;
            }
            before = changes;
        }
        var loaded = load(key);
        if (loaded is null) return null;
        lock (gate)
        {
            // A change in the meantime may have been of this very entry, and what was loaded is what it was before.
            if (changes == before) Set(key, loaded);
        }
        return loaded;
    }

    public void Put(TKey key, TValue value)
    {
        lock (gate)
        {
            changes++;
            Set(key, value);
        }
    }

    public void Remove(TKey key) => RemoveAll([key]);

    public void RemoveAll(Predicate<TKey> choose)
    {
        lock (gate) RemoveAll([.. entries.Keys.Where(key => choose(key))]);
    }

    void RemoveAll(IReadOnlyList<TKey> keys)
    {
        lock (gate)
        {
            changes++;
            foreach (var key in keys)
                if (entries.Remove(key, out var entry)) byUse.Remove(entry);
        }
    }

    void Set(TKey key, TValue value)
    {
        if (entries.Remove(key, out var former)) byUse.Remove(former);
        entries[key] = byUse.AddLast((key, value));
        if (entries.Count <= countMax) return;
        entries.Remove(byUse.First!.Value.Key);
        byUse.RemoveFirst();
    }
}
