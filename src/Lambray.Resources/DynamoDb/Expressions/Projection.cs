using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>The parts of an item that are asked for.</summary>
/// <param name="Paths">None within another.</param>
public sealed record Projection(IReadOnlyList<DocumentPath> Paths)
{
    public static Projection Of(IEnumerable<string> attributes) => new([.. attributes.Select(DocumentPath.To)]);

    public MapValue Of(MapValue item) => (MapValue?)Pick(item, Paths, depth: 0) ?? MapValue.Empty;

    // Maps keep the entries asked for; lists close up around the elements asked for, in their order.
    static AttributeValue? Pick(AttributeValue from, IReadOnlyList<DocumentPath> paths, int depth)
    {
        if (paths.Any(path => path.Steps.Count == depth)) return from;
        if (from is MapValue map)
        {
            var picked = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
            foreach (var group in paths.Where(path => path.Steps[depth].Name is not null).GroupBy(path => path.Steps[depth].Name!))
                if (map.Find(group.Key) is { } entry && Pick(entry, [.. group], depth + 1) is { } part) picked[group.Key] = part;
            return picked.Count > 0 ? new MapValue(picked) : null;
        }
        if (from is not ListValue list) return null;
        var elements = new List<AttributeValue>();
        foreach (var group in paths.Where(path => path.Steps[depth].Name is null).GroupBy(path => path.Steps[depth].Index).OrderBy(group => group.Key))
            if (group.Key < list.Elements.Count && Pick(list.Elements[group.Key], [.. group], depth + 1) is { } part) elements.Add(part);
        return elements.Count > 0 ? new ListValue(elements) : null;
    }
}
