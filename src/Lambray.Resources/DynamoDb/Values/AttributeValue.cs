using System.Text.Json.Serialization;

namespace Lambray.Resources.DynamoDb.Values;

/// <summary>The data types of attributes, by the names that stand before their values ("AttributeValue" in the API Reference).</summary>
public enum AttributeType
{
    S,
    N,
    B,
    SS,
    NS,
    BS,
    M,
    L,
    BOOL,
    NULL,
}

/// <summary>One value of an item: immutable, equal to others by what it holds.</summary>
[JsonConverter(typeof(AttributeValueConverter))]
public abstract record AttributeValue
{
    public abstract AttributeType Type { get; }

    /// <summary>As error messages show it: <c>{S:text}</c>.</summary>
    public sealed override string ToString() => $"{{{Type}:{Shown}}}";

    protected abstract string Shown { get; }
}

public sealed record StringValue(string Text) : AttributeValue
{
    public override AttributeType Type => AttributeType.S;

    protected override string Shown => Text;
}

public sealed record NumberValue(DynamoNumber Number) : AttributeValue
{
    public override AttributeType Type => AttributeType.N;

    protected override string Shown => Number.ToString();
}

public sealed record BinaryValue(byte[] Bytes) : AttributeValue
{
    public override AttributeType Type => AttributeType.B;

    protected override string Shown => Convert.ToBase64String(Bytes);

    public bool Equals(BinaryValue? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }
}

public sealed record BooleanValue(bool IsTrue) : AttributeValue
{
    public override AttributeType Type => AttributeType.BOOL;

    protected override string Shown => IsTrue ? "true" : "false";
}

public sealed record NullValue : AttributeValue
{
    public static NullValue Instance { get; } = new();

    public override AttributeType Type => AttributeType.NULL;

    protected override string Shown => "true";
}

public sealed record ListValue(IReadOnlyList<AttributeValue> Elements) : AttributeValue
{
    public override AttributeType Type => AttributeType.L;

    protected override string Shown => $"[{string.Join(", ", Elements)}]";

    public bool Equals(ListValue? other) => other is not null && Elements.SequenceEqual(other.Elements);

    public override int GetHashCode() => Elements.Count;
}

/// <summary>A map, and an item as a whole.</summary>
[JsonConverter(typeof(ItemConverter))]
public sealed record MapValue(IReadOnlyDictionary<string, AttributeValue> Entries) : AttributeValue
{
    public static MapValue Empty { get; } = new(new Dictionary<string, AttributeValue>());

    public override AttributeType Type => AttributeType.M;

    protected override string Shown => $"{{{string.Join(", ", Entries.Select(entry => $"{entry.Key}={entry.Value}"))}}}";

    public AttributeValue? Find(string name) => Entries.GetValueOrDefault(name);

    /// <summary>Only these attributes, as far as it has them.</summary>
    public MapValue Pick(IEnumerable<string> names)
    {
        var picked = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var name in names)
            if (Entries.TryGetValue(name, out var value)) picked[name] = value;
        return new MapValue(picked);
    }

    public bool Equals(MapValue? other) =>
        other is not null && Entries.Count == other.Entries.Count && Entries.All(entry => entry.Value.Equals(other.Find(entry.Key)));

    public override int GetHashCode() => Entries.Count;
}

/// <summary>A set of strings, numbers or binaries, equal to another whatever the order.</summary>
/// <param name="Elements">All of one type; none twice, and at least one.</param>
public sealed record SetValue(AttributeType ElementType, IReadOnlyList<AttributeValue> Elements) : AttributeValue
{
    public override AttributeType Type => ElementType switch
    {
        AttributeType.S => AttributeType.SS,
        AttributeType.N => AttributeType.NS,
        _ => AttributeType.BS,
    };

    protected override string Shown => $"[{string.Join(", ", Elements)}]";

    public bool Equals(SetValue? other) =>
        other is not null && ElementType == other.ElementType && Elements.Count == other.Elements.Count && Elements.ToHashSet().SetEquals(other.Elements);

    public override int GetHashCode() => HashCode.Combine(ElementType, Elements.Count);
}

/// <summary>What was sent in place of a value; said once the request's other parts have been found right, as AWS does.</summary>
public sealed record FaultyValue(string Message) : AttributeValue
{
    public override AttributeType Type => AttributeType.NULL;

    protected override string Shown => Message;
}
