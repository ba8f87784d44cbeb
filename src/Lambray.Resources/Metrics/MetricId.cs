namespace Lambray.Resources.Metrics;

/// <summary>What identifies a metric: its namespace, its name and its dimensions, in any order.</summary>
public sealed class MetricId : IEquatable<MetricId>
{
    // No part of a metric may hold it.
    const char Divider = '\n';

    readonly string key;

    public MetricId(string space, string name, params IEnumerable<MetricDimension> dimensions)
    {
        (Namespace, Name) = (space, name);
        Dimensions = [.. dimensions.OrderBy(dimension => dimension.Name, StringComparer.Ordinal)];
        DimensionsKey = string.Join(Divider, Dimensions.Select(dimension => $"{dimension.Name}{Divider}{dimension.Value}"));
        key = $"{Namespace}{Divider}{Name}{Divider}{DimensionsKey}";
    }

    public string Namespace { get; }

    public string Name { get; }

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<MetricDimension> Dimensions { get; }

    /// <summary>The dimensions as one text, equal for equal dimensions.</summary>
    internal string DimensionsKey { get; }

    /// <summary>The dimensions that a <see cref="DimensionsKey"/> stands for.</summary>
    internal static IEnumerable<MetricDimension> ParseDimensions(string dimensionsKey) =>
        dimensionsKey.Length == 0 ? [] : dimensionsKey.Split(Divider).Chunk(2).Select(pair => new MetricDimension(pair[0], pair[1]));

    public bool Equals(MetricId? other) => other?.key == key;

    public override bool Equals(object? obj) => Equals(obj as MetricId);

    public override int GetHashCode() => key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => key.Replace(Divider, ' ');
}

/// <summary>A name and a value that tell a metric from others of its name.</summary>
public readonly record struct MetricDimension(string Name, string Value);
