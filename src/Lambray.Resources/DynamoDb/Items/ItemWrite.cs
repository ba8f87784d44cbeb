using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>What is to become of one item.</summary>
/// <param name="Target">The key, or an item that has it.</param>
public abstract record ItemWrite(TableModel Table, MapValue Target)
{
    /// <summary>What has to hold of the item before; null for nothing.</summary>
    public Condition? Condition { get; init; }

    /// <summary>Whether a condition that fails tells what the item is.</summary>
    public bool ShowsFailed { get; init; }

    /// <summary>The trace that the writer is in; AWS forgets it, the full causal chain needs it.</summary>
    public string? TraceHeader { get; init; }

    /// <returns>Null when there is to be no item.</returns>
    internal abstract MapValue? Next(MapValue? before);
}

public sealed record ItemPut(TableModel Table, MapValue Item) : ItemWrite(Table, Item)
{
    internal override MapValue Next(MapValue? before) => Item;
}

public sealed record ItemUpdate(TableModel Table, MapValue Key, Update Update) : ItemWrite(Table, Key)
{
    internal override MapValue Next(MapValue? before) => Update.ApplyTo(before ?? Key);
}

public sealed record ItemDelete(TableModel Table, MapValue Key) : ItemWrite(Table, Key)
{
    internal override MapValue? Next(MapValue? before) => null;
}

/// <summary>A condition on an item that a transaction leaves as it is.</summary>
public sealed record ItemCheck(TableModel Table, MapValue Key) : ItemWrite(Table, Key)
{
    internal override MapValue? Next(MapValue? before) => before;
}

/// <summary>What has become of an item.</summary>
/// <param name="IndexBytes">How much was written to which index, for capacity units.</param>
public sealed record ItemChange(ItemWrite Write, MapValue? Before, MapValue? After, IReadOnlyList<(IndexModel Index, int Bytes)> IndexBytes)
{
    /// <summary>Of the larger of both.</summary>
    public int Bytes => Math.Max(Before is null ? 0 : ItemSize.Of(Before), After is null ? 0 : ItemSize.Of(After));
}
