using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>What becomes of an item. All values are taken from the item as it was; then all changes are made.</summary>
public sealed record Update(IReadOnlyList<UpdateAction> Actions)
{
    public static Update None { get; } = new([]);

    /// <param name="item">Its key alone when there was none.</param>
    /// <exception cref="Aws.AwsException">It cannot be done to this item.</exception>
    public MapValue ApplyTo(MapValue item)
    {
        var changes = Actions.Select(action => (action, Value: action.NewValue(item))).ToArray();
        var changed = item;
        foreach (var (action, value) in changes.Where(change => change.Value is not null)) changed = DocumentChange.Put(changed, action.Path, value!);
        // From behind, so that the places of those before stay what they were.
        foreach (var (action, _) in changes.Where(change => change.Value is null && change.action.Path.Find(item) is not null)
            .OrderByDescending(change => change.action.Path.Steps[^1].Index))
            changed = DocumentChange.Remove(changed, action.Path);
        foreach (var (action, value) in changes)
            if (value is null && action is RemoveAction && action.Path.IsNested) DocumentChange.RequireParent(item, action.Path);
        return changed;
    }
}

/// <summary>A change of what lies at one path.</summary>
public abstract record UpdateAction(DocumentPath Path)
{
    /// <summary>The type that it will have, where that is known before the item is.</summary>
    internal virtual AttributeType? KnownType => null;

    /// <returns>Null for nothing: it is taken away.</returns>
    internal abstract AttributeValue? NewValue(MapValue item);
}

public sealed record SetAction(DocumentPath Path, Operand Value) : UpdateAction(Path)
{
    internal override AttributeType? KnownType => Value.KnownType;

    internal override AttributeValue NewValue(MapValue item) => UpdateOperands.Require(Value, item);
}

public sealed record RemoveAction(DocumentPath Path) : UpdateAction(Path)
{
    internal override AttributeValue? NewValue(MapValue item) => null;
}

/// <summary>Adds to a number, or to a set what it has not.</summary>
public sealed record AddAction(DocumentPath Path, AttributeValue Value) : UpdateAction(Path)
{
    internal override AttributeType? KnownType => Value.Type;

    internal override AttributeValue NewValue(MapValue item) => (Path.Find(item), Value) switch
    {
        (null, _) => Value,
        (NumberValue number, NumberValue added) => UpdateOperands.Add(number.Number, added.Number),
        (SetValue set, SetValue added) when set.ElementType == added.ElementType => new SetValue(set.ElementType, [.. set.Elements.Union(added.Elements)]),
        _ => throw UpdateOperands.WrongType(),
    };
}

/// <summary>Takes elements out of a set; a set without elements is none.</summary>
public sealed record DeleteAction(DocumentPath Path, AttributeValue Value) : UpdateAction(Path)
{
    internal override AttributeValue? NewValue(MapValue item)
    {
        var found = Path.Find(item);
        if (found is null) return null;
        if (found is not SetValue set || Value is not SetValue deleted || set.ElementType != deleted.ElementType) throw UpdateOperands.WrongType();
        AttributeValue[] left = [.. set.Elements.Except(deleted.Elements)];
        return left.Length == 0 ? null : new SetValue(set.ElementType, left);
    }
}
