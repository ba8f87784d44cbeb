namespace Lambray.Tracing.Sampling;

/// <summary>Shares the reservoir of each rule among the clients seen recently, so that together they take no more than it holds.</summary>
public sealed class ReservoirShares(TimeProvider time)
{
    // Clients report every 10 seconds; who missed three reports is gone.
    static readonly TimeSpan RecentlySeen = TimeSpan.FromSeconds(30);

    // A client's id is its own invention: without a bound, inventing many would fill the memory.
    const int ClientsMax = 1_000;

    readonly Lock gate = new();
    readonly Dictionary<string, Dictionary<string, DateTimeOffset>> lastSeen = [];

    /// <summary>Notes that a client uses a rule, and says how many requests a second are its share.</summary>
    public int Claim(SamplingRule rule, string clientId)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (!lastSeen.TryGetValue(rule.RuleName, out var clients)) lastSeen[rule.RuleName] = clients = [];
            foreach (var (client, seen) in clients)
                if (now - seen > RecentlySeen) clients.Remove(client);
            if (!clients.ContainsKey(clientId) && clients.Count >= ClientsMax) return 0;
            clients[clientId] = now;
            // What does not divide evenly goes to the first in the order of ids: every client computes on the same order.
            var place = clients.Keys.Count(client => string.CompareOrdinal(client, clientId) < 0);
            return rule.ReservoirSize / clients.Count + (place < rule.ReservoirSize % clients.Count ? 1 : 0);
        }
    }
}
