using Lambray.Resources.DynamoDb.Values;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>Items that changes before this one have written, and that are not on disk yet.</summary>
sealed class BatchState(DynamoDatabase database)
{
    public DynamoDatabase Database { get; } = database;

    public Dictionary<byte[], MapValue?> Items { get; } = new(ByteOrder.Instance);

    /// <summary>Of transactions.</summary>
    public Dictionary<string, byte[]> Tokens { get; } = [];
}

/// <summary>The turn of one change: what it reads and what it writes.</summary>
sealed class WriteTurn(BatchState before)
{
    readonly List<(RocksTable Table, byte[] Key, byte[]? Value)> rows = [];
    readonly List<(RocksTable Table, byte[] Start, byte[] End)> ranges = [];
    readonly Dictionary<byte[], MapValue?> items = new(ByteOrder.Instance);
    readonly List<(long Tree, long Items, long Bytes)> counted = [];
    readonly List<(string Token, byte[] Row)> tokens = [];
    readonly List<Action> undoing = [];
    readonly List<Action> telling = [];

    public bool HasChanges => rows.Count > 0 || ranges.Count > 0;

    DynamoDatabase Database => before.Database;

    /// <param name="table">Of items, or of what indexes have of them: no two have the same key.</param>
    /// <returns>Null when there is no such item.</returns>
    public MapValue? Find(RocksTable table, byte[] key)
    {
        if (items.TryGetValue(key, out var item) || before.Items.TryGetValue(key, out item)) return item;
        return Database.Rocks.Find(table, key) is { } bytes ? ValueBytes.Read(bytes) : null;
    }

    /// <inheritdoc cref="Find"/>
    public void Save(RocksTable table, byte[] key, MapValue? item)
    {
        items[key] = item;
        rows.Add((table, key, item is null ? null : ValueBytes.Of(item)));
    }

    public byte[]? FindToken(string token) => before.Tokens.GetValueOrDefault(token);

    public void SaveToken(string token, byte[] row) => tokens.Add((token, row));

    public void DeleteRange(RocksTable table, (byte[] Start, byte[] End) range) => ranges.Add((table, range.Start, range.End));

    /// <param name="value">Null to delete the row.</param>
    public void SaveRow(RocksTable table, byte[] key, byte[]? value) => rows.Add((table, key, value));

    /// <summary>By how much this change has changed it so far.</summary>
    public long CountedItems(long tree) => counted.Where(count => count.Tree == tree).Sum(count => count.Items);

    public void Count(long tree, long items, long bytes) => counted.Add((tree, items, bytes));

    /// <summary>What was changed in memory at once, for the changes that follow, and has to be put back if the disk fails.</summary>
    public void OnFailure(Action undo) => undoing.Add(undo);

    /// <summary>Called once the change is on disk, in the order of changes; quick and without exceptions.</summary>
    public void OnKept(Action tell) => telling.Add(tell);

    public void Keep(RocksBatch batch, TreeCounts counts)
    {
        foreach (var (table, key, value) in rows)
        {
            if (value is null) batch.Delete(table, key);
            else batch.Put(table, key, value);
        }
        foreach (var (table, start, end) in ranges) batch.DeleteRange(table, start, end);
        foreach (var (token, row) in tokens) before.Tokens[token] = row;
        foreach (var (key, item) in items) before.Items[key] = item;
        foreach (var (tree, number, bytes) in counted) counts.Add(tree, number, bytes);
    }

    /// <summary>For a change that threw, and of which nothing was kept.</summary>
    public void Undo()
    {
        for (var i = undoing.Count - 1; i >= 0; i--) undoing[i]();
    }

    public void Undo(TreeCounts counts)
    {
        Undo();
        foreach (var (tree, number, bytes) in counted) counts.Add(tree, -number, -bytes);
    }

    public void Tell() => telling.ForEach(tell => tell());
}
