using Lambray.Aws;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>A document with one place changed; all else is shared with the one before.</summary>
static class DocumentChange
{
    public static MapValue Put(MapValue item, DocumentPath path, AttributeValue value) => (MapValue)At(item, path, 0, value);

    public static MapValue Remove(MapValue item, DocumentPath path) => (MapValue)At(item, path, 0, null);

    /// <exception cref="AwsException">What is to hold the place is not there.</exception>
    public static void RequireParent(MapValue item, DocumentPath path)
    {
        var parent = new DocumentPath([.. path.Steps.SkipLast(1)]).Find(item);
        if (parent is not (MapValue or ListValue) || parent is MapValue != path.Steps[^1].Name is not null) throw NoPlace();
    }

    static AttributeValue At(AttributeValue from, DocumentPath path, int depth, AttributeValue? value)
    {
        var step = path.Steps[depth];
        var isLast = depth == path.Steps.Count - 1;
        if (from is MapValue map && step.Name is { } name)
        {
            var entries = new Dictionary<string, AttributeValue>(map.Entries, StringComparer.Ordinal);
            var entry = isLast ? value : At(map.Find(name) ?? throw NoPlace(), path, depth + 1, value);
            if (entry is null) entries.Remove(name);
            else entries[name] = entry;
            return new MapValue(entries);
        }
        if (from is not ListValue list || step.Name is not null) throw NoPlace();
        var elements = list.Elements.ToList();
        if (!isLast) elements[step.Index] = At(step.Index < elements.Count ? elements[step.Index] : throw NoPlace(), path, depth + 1, value);
        // Behind the end is the end.
        else if (value is not null && step.Index >= elements.Count) elements.Add(value);
        else if (value is not null) elements[step.Index] = value;
        else if (step.Index < elements.Count) elements.RemoveAt(step.Index);
        return new ListValue(elements);
    }

    static AwsException NoPlace() => DynamoErrors.Invalid("The document path provided in the update expression is invalid for update");
}
