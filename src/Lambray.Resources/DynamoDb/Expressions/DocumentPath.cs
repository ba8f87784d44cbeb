using System.Globalization;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>One step into a document: to a map's entry or a list's element.</summary>
public readonly record struct PathStep(string? Name, int Index)
{
    public static PathStep To(string name) => new(name, -1);

    public static PathStep To(int index) => new(null, index);

    public override string ToString() => Name ?? string.Create(CultureInfo.InvariantCulture, $"[{Index}]");
}

/// <summary>Where in an item a value is: <c>a.b[2]</c>.</summary>
public sealed record DocumentPath(IReadOnlyList<PathStep> Steps)
{
    /// <summary>The attribute in which it lies.</summary>
    public string Attribute => Steps[0].Name!;

    public bool IsNested => Steps.Count > 1;

    public static DocumentPath To(string attribute) => new([PathStep.To(attribute)]);

    /// <returns>Null when there is nothing.</returns>
    public AttributeValue? Find(MapValue item)
    {
        AttributeValue? found = item;
        foreach (var step in Steps)
            found = found switch
            {
                MapValue map when step.Name is { } name => map.Find(name),
                ListValue list when step.Name is null && step.Index < list.Elements.Count => list.Elements[step.Index],
                _ => null,
            };
        return found;
    }

    public bool Equals(DocumentPath? other) => other is not null && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() => Steps.Aggregate(0, HashCode.Combine);

    public override string ToString() => $"[{string.Join(", ", Steps)}]";
}

/// <summary>Paths of one expression that cannot stand beside each other.</summary>
static class PathRules
{
    /// <returns>What is wrong with them, in AWS's words; null when nothing is.</returns>
    public static (FaultRank Rank, string Message)? Refusal(IReadOnlyList<DocumentPath> paths)
    {
        for (var second = 1; second < paths.Count; second++)
            for (var first = 0; first < second; first++)
                if (Refusal(paths[first], paths[second]) is { } refusal) return refusal;
        return null;
    }

    static (FaultRank Rank, string Message)? Refusal(DocumentPath one, DocumentPath two)
    {
        for (var i = 0; i < Math.Min(one.Steps.Count, two.Steps.Count); i++)
        {
            if (one.Steps[i].Name is null != two.Steps[i].Name is null) return (FaultRank.PathConflict, $"Two document paths conflict with each other; {Which(one, two)}");
            if (one.Steps[i] != two.Steps[i]) return null;
        }
        return (FaultRank.PathOverlap, $"Two document paths overlap with each other; {Which(one, two)}");
    }

    static string Which(DocumentPath one, DocumentPath two) => $"must remove or rewrite one of these paths; path one: {one}, path two: {two}";
}
