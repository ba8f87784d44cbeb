using System.Text.Json.Serialization;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Tables;

/// <summary>An attribute by which items are found.</summary>
/// <param name="Type">String, number or binary.</param>
public sealed record KeyAttribute(string Name, AttributeType Type);

/// <summary>The partition key, and the sort key if there is one, of a table or an index.</summary>
public sealed record KeySchema(KeyAttribute Partition, KeyAttribute? Sort)
{
    [JsonIgnore]
    public IEnumerable<KeyAttribute> Attributes => Sort is null ? [Partition] : [Partition, Sort];

    [JsonIgnore]
    public IEnumerable<string> Names => Attributes.Select(attribute => attribute.Name);

    public bool Has(string name) => Partition.Name == name || Sort?.Name == name;
}
