namespace Lambray.Tracing.Sampling;

/// <summary>Which clients use which rule, as far as their reports of the last half minute tell.</summary>
sealed class RecentClients
{
    // Clients report every 10 seconds; who missed three reports is gone.
    static readonly TimeSpan RecentlySeen = TimeSpan.FromSeconds(30);

    // A client's id is its own invention: without a bound, inventing many would fill the memory.
    const int ClientsMax = 1_000;

    readonly Dictionary<string, Dictionary<string, DateTimeOffset>> lastSeen = [];

    /// <summary>Notes that a client uses a rule.</summary>
    /// <returns>Its place among the rule's clients in the order of their ids, and how many they are; null when they are too many.</returns>
    public (int Place, int Clients)? Note(string rule, string clientId, DateTimeOffset now)
    {
        if (!lastSeen.TryGetValue(rule, out var clients)) lastSeen[rule] = clients = [];
        foreach (var (client, seen) in clients)
            if (now - seen > RecentlySeen) clients.Remove(client);
        if (!clients.ContainsKey(clientId) && clients.Count >= ClientsMax) return null;
        clients[clientId] = now;
        return (clients.Keys.Count(client => string.CompareOrdinal(client, clientId) < 0), clients.Count);
    }

    /// <summary>Forgets the clients of rules that are no more.</summary>
    public void Keep(IReadOnlySet<string> rules)
    {
        foreach (var rule in lastSeen.Keys)
            if (!rules.Contains(rule)) lastSeen.Remove(rule);
    }
}
