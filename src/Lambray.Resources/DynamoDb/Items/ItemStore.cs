using Lambray.Aws;
using Lambray.Resources.DynamoDb.Streams;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>Writes items, and with them their entries in indexes and the records of streams: all of a change or nothing.</summary>
public sealed class ItemStore(DynamoDatabase database, WriteTurns turns, TableDirectory tables, TableStreams streams, TransactionTokens tokens, TimeProvider time)
{
    /// <exception cref="AwsException">The condition failed, or the change is not acceptable.</exception>
    public Task<ItemChange> WriteAsync(ItemWrite write) => turns.TakeAsync(turn => Apply(turn, write));

    /// <summary>Several writes that have nothing to do with each other.</summary>
    public async Task<IReadOnlyList<ItemChange>> WriteAllAsync(IEnumerable<ItemWrite> writes) => await Task.WhenAll(writes.Select(WriteAsync));

    /// <summary>All writes or none ("Amazon DynamoDB Transactions: How it works" in the Developer Guide).</summary>
    /// <param name="token">A transaction that was sent before under this token is not made again; null for none.</param>
    /// <returns>Null when it had been made before.</returns>
    /// <exception cref="AwsException">TransactionCanceledException, with a reason for each write.</exception>
    public Task<IReadOnlyList<ItemChange>?> TransactAsync(IReadOnlyList<ItemWrite> writes, TransactionToken? token) => turns.TakeAsync(turn =>
    {
        if (token is not null && tokens.WasMade(turn, token)) return null;
        var reasons = new CancellationReason[writes.Count];
        var changes = new List<ItemChange>(writes.Count);
        for (var i = 0; i < writes.Count; i++)
        {
            try
            {
                changes.Add(Apply(turn, writes[i]));
                reasons[i] = CancellationReason.None;
            }
            catch (AwsException error) when (error.Code is DynamoErrors.ConditionalCheckFailed or DynamoErrors.Validation)
            {
                reasons[i] = CancellationReason.Of(error);
            }
        }
        if (changes.Count < writes.Count) throw DynamoErrors.Canceled(reasons);
        if (token is not null) tokens.Keep(turn, token);
        return (IReadOnlyList<ItemChange>?)changes;
    });

    /// <summary>Items as they are at one moment, between two changes.</summary>
    public Task<IReadOnlyList<MapValue?>> ReadTogetherAsync(IReadOnlyList<(TableModel Table, MapValue Key)> keys) => turns.TakeAsync(turn =>
        (IReadOnlyList<MapValue?>)[.. keys.Select(key => turn.Find(database.Items, ItemKeys.Of(tables.Require(key.Table), key.Key)))]);

    /// <summary>Deletes an item because its time has come, if it still has.</summary>
    internal Task<bool> ExpireAsync(TableModel table, byte[] key, DateTimeOffset now) => turns.TakeAsync(turn =>
    {
        var current = tables.Require(table);
        if (turn.Find(database.Items, key) is not { } item || current.TimeToLive?.ExpiryOf(item, now) is not { } expiry || expiry > now.ToUnixTimeSeconds()) return false;
        Change(turn, current, key, item, after: null, isByService: true, traceHeader: null);
        return true;
    });

    ItemChange Apply(WriteTurn turn, ItemWrite write)
    {
        var table = tables.Require(write.Table);
        var key = ItemKeys.Of(table, write.Target);
        var before = turn.Find(database.Items, key);
        if (write.Condition is { } condition && !condition.Holds(before ?? MapValue.Empty)) throw DynamoErrors.ConditionFailed(write.ShowsFailed ? before : null);
        var after = write.Next(before);
        if (after is not null && write is ItemUpdate)
        {
            ItemRules.RequireIndexKeys(table, after);
            if (ItemSize.Of(after) > ItemRules.ItemBytesMax) throw DynamoErrors.Invalid("Item size to update has exceeded the maximum allowed size");
        }
        // What stays the same leaves no record in the stream either.
        var indexed = Equals(before, after) ? [] : Change(turn, table, key, before, after, isByService: false, write.TraceHeader);
        return new ItemChange(write, before, after, indexed);
    }

    List<(IndexModel Index, int Bytes)> Change(WriteTurn turn, TableModel table, byte[] key, MapValue? before, MapValue? after, bool isByService, string? traceHeader)
    {
        turn.Save(database.Items, key, after);
        turn.Count(table.Number, CountOf(after) - CountOf(before), BytesOf(after) - BytesOf(before));
        var indexed = IndexEntries.Change(database, turn, table, before, after);
        if (table.TimeToLive is { } expiring) IndexEntries.ChangeExpiry(database, turn, table, expiring, before, after, time.GetUtcNow());
        streams.Write(turn, table, before, after, isByService, traceHeader);
        return indexed;
    }

    static int CountOf(MapValue? item) => item is null ? 0 : 1;

    static int BytesOf(MapValue? item) => item is null ? 0 : ItemSize.Of(item);
}
