using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>What indexes have of a table's items, changed in the same turn as the items are.</summary>
static class IndexEntries
{
    /// <returns>How much was written to which index.</returns>
    public static List<(IndexModel Index, int Bytes)> Change(DynamoDatabase database, WriteTurn turn, TableModel table, MapValue? before, MapValue? after)
    {
        var changed = new List<(IndexModel, int)>();
        foreach (var index in table.Indexes)
        {
            var (old, entry) = (before is null ? null : index.EntryOf(before, table.Key), after is null ? null : index.EntryOf(after, table.Key));
            // One that is still being filled may not have it yet.
            if (old is not null && index.Status == IndexStatus.Creating && turn.Find(database.Indexes, ItemKeys.Of(table, index, old)) is null) old = null;
            if (Equals(old, entry)) continue;
            var (oldKey, key) = (old is null ? null : ItemKeys.Of(table, index, old), entry is null ? null : ItemKeys.Of(table, index, entry));
            if (oldKey is not null && (key is null || !oldKey.AsSpan().SequenceEqual(key))) turn.Save(database.Indexes, oldKey, null);
            if (key is not null) turn.Save(database.Indexes, key, entry);
            var (oldBytes, bytes) = (old is null ? 0 : ItemSize.Of(old), entry is null ? 0 : ItemSize.Of(entry));
            turn.Count(index.Number, (entry is null ? 0 : 1) - (old is null ? 0 : 1), bytes - oldBytes);
            changed.Add((index, Math.Max(oldBytes, bytes)));
        }
        return changed;
    }

    public static void ChangeExpiry(
        DynamoDatabase database, WriteTurn turn, TableModel table, TimeToLiveModel expiring, MapValue? before, MapValue? after, DateTimeOffset now)
    {
        // What would be too long ago by now may not have been when it was written.
        var (old, expiry) = (before is null ? null : expiring.ExpiryOf(before, DateTimeOffset.UnixEpoch.AddYears(10)), after is null ? null : expiring.ExpiryOf(after, now));
        if (old == expiry) return;
        if (old is { } past) turn.SaveRow(database.Indexes, ItemKeys.OfExpiry(table, past, before!), null);
        if (expiry is { } second) turn.SaveRow(database.Indexes, ItemKeys.OfExpiry(table, second, after!), []);
    }
}
