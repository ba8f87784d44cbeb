using System.Collections.Concurrent;
using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>The parsed policies of roles that were asked about since the last change.</summary>
sealed class PermissionCache
{
    const int RolesMax = 10_000;

    // A change swaps the whole map, so that whoever was loading during the change leaves its stale answer in the old one.
    volatile ConcurrentDictionary<Arn, IReadOnlyList<PolicyDocument>> known = new();

    public IReadOnlyList<PolicyDocument>? Find(Arn role, Func<Arn, IReadOnlyList<PolicyDocument>?> load)
    {
        var current = known;
        if (current.TryGetValue(role, out var policies)) return policies;
        // Unknown roles are not remembered: the names come from callers, and would fill the memory.
        if (load(role) is not { } loaded) return null;
        if (current.Count < RolesMax) current.TryAdd(role, loaded);
        return loaded;
    }

    public void Forget() => known = new();
}
