using System.Text;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>What items and keys may be, in the order in which AWS looks at it.</summary>
public static class ItemRules
{
    public const int ItemBytesMax = 400 * 1024;

    const int PartitionKeyBytesMax = 2048;
    const int SortKeyBytesMax = 1024;

    /// <exception cref="AwsException">A value is none.</exception>
    public static void RequireValues(MapValue? item)
    {
        foreach (var value in item?.Entries.Values ?? [])
            if (value is FaultyValue faulty) throw DynamoErrors.Invalid(faulty.Message);
    }

    /// <exception cref="AwsException">The write, or what its condition is about, does not fit the keys of its table.</exception>
    public static void RequireFit(ItemWrite write)
    {
        if (write is ItemPut put) RequireItem(put.Table, put.Item);
        else RequireKey(write.Table, write.Target);
        if (write is ItemUpdate update) RequireUpdate(update.Table, update.Update);
        RequireScalarKeys(write.Table, MentionedPaths.In(write.Condition));
    }

    /// <exception cref="AwsException">A new item has not the table's key, or keys of indexes have another type.</exception>
    public static void RequireItem(TableModel table, MapValue item)
    {
        foreach (var attribute in table.Key.Attributes)
        {
            var value = item.Find(attribute.Name) ?? throw DynamoErrors.InvalidValues($"Missing the key {attribute.Name} in the item");
            if (value.Type != attribute.Type) throw DynamoErrors.InvalidValues($"Type mismatch for key {attribute.Name} expected: {attribute.Type} actual: {value.Type}");
            RequireKeyValue(attribute, value, attribute == table.Key.Partition, "One or more parameter values are not valid. ");
        }
        RequireIndexKeys(table, item);
    }

    /// <exception cref="AwsException">It is not the key of an item of the table.</exception>
    public static void RequireKey(TableModel table, MapValue key)
    {
        if (key.Entries.Count != table.Key.Attributes.Count()) throw NoKey();
        foreach (var attribute in table.Key.Attributes)
        {
            if (key.Find(attribute.Name) is not { } value || value.Type != attribute.Type) throw NoKey();
            RequireKeyValue(attribute, value, attribute == table.Key.Partition, "One or more parameter values were invalid: ");
        }
    }

    /// <exception cref="AwsException">An attribute that an index is sorted by has another type than the index.</exception>
    public static void RequireIndexKeys(TableModel table, MapValue item)
    {
        foreach (var index in table.Indexes)
            foreach (var attribute in index.Key.Attributes)
            {
                if (item.Find(attribute.Name) is not { } value) continue;
                if (value.Type != attribute.Type)
                    throw DynamoErrors.InvalidValues($"Type mismatch for Index Key {attribute.Name} Expected: {attribute.Type} Actual: {value.Type} IndexName: {index.Name}");
                if (IsEmpty(value))
                    throw DynamoErrors.Invalid(
                        "One or more parameter values are not valid. A value specified for a secondary index key is not supported. " +
                        $"The AttributeValue for a key attribute cannot contain an empty {(value is StringValue ? "string" : "binary")} value. IndexName: {index.Name}, IndexKey: {attribute.Name}");
            }
    }

    /// <exception cref="AwsException">The update is of the key, or gives an index's key another type, or goes into one.</exception>
    public static void RequireUpdate(TableModel table, Update update)
    {
        foreach (var name in table.Key.Names)
            if (update.Actions.Any(action => action.Path.Attribute == name))
                throw DynamoErrors.InvalidValues($"Cannot update attribute {name}. This attribute is part of the key");
        foreach (var index in table.Indexes)
            foreach (var attribute in index.Key.Attributes)
                foreach (var action in update.Actions.Where(action => action.Path.Attribute == attribute.Name))
                {
                    if (!action.Path.IsNested && action.KnownType is { } type && type != attribute.Type)
                        throw DynamoErrors.InvalidValues($"Type mismatch for Index Key {attribute.Name} Expected: {attribute.Type} Actual: {type} IndexName: {index.Name}");
                    if (action.Path.IsNested) throw Scalar("IndexKey", attribute.Name);
                }
    }

    /// <exception cref="AwsException">It goes into a key, which is never a document.</exception>
    public static void RequireScalarKeys(TableModel table, IEnumerable<DocumentPath> paths)
    {
        foreach (var path in paths.Where(path => path.IsNested))
        {
            if (table.Key.Has(path.Attribute)) throw Scalar("Key", path.Attribute);
            if (table.Indexes.Any(index => index.Key.Has(path.Attribute))) throw Scalar("IndexKey", path.Attribute);
        }
    }

    static AwsException Scalar(string kind, string name) =>
        DynamoErrors.Invalid($"Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: {kind}: {name}");

    static AwsException NoKey() => DynamoErrors.Invalid("The provided key element does not match the schema");

    static void RequireKeyValue(KeyAttribute attribute, AttributeValue value, bool isPartition, string preface)
    {
        if (IsEmpty(value))
            throw DynamoErrors.Invalid($"{preface}The AttributeValue for a key attribute cannot contain an empty {(value is StringValue ? "string" : "binary")} value. Key: {attribute.Name}");
        var bytes = value switch
        {
            StringValue text => Encoding.UTF8.GetByteCount(text.Text),
            BinaryValue binary => binary.Bytes.Length,
            _ => 0,
        };
        if (isPartition && bytes > PartitionKeyBytesMax)
            throw DynamoErrors.InvalidValues($"Size of hashkey has exceeded the maximum size limit of{PartitionKeyBytesMax} bytes");
        if (!isPartition && bytes > SortKeyBytesMax)
            throw DynamoErrors.InvalidValues($"Aggregated size of all range keys has exceeded the size limit of {SortKeyBytesMax} bytes");
    }

    static bool IsEmpty(AttributeValue value) => value is StringValue { Text.Length: 0 } or BinaryValue { Bytes.Length: 0 };
}
