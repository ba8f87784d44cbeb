using System.Globalization;
using System.Text.Json.Serialization;

namespace Lambray.Resources.Kinesis;

/// <summary>A part of a stream in which records stand in order; a split or a merge closes it, and what it took its children take.</summary>
/// <param name="Opened">Position before which no record of it can be.</param>
/// <param name="Closed">Position behind its last record; null while it takes records.</param>
public sealed record ShardModel(int Number, HashKeyRange Keys, int? Parent, int? AdjacentParent, long Opened, long? Closed = null)
{
    const string Prefix = "shardId-";

    [JsonIgnore]
    public string Id => IdOf(Number);

    [JsonIgnore]
    public bool IsOpen => Closed is null;

    [JsonIgnore]
    public IEnumerable<int> Parents => new[] { Parent, AdjacentParent }.OfType<int>();

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D12}");

    public static bool TryParseId(string? id, out int number)
    {
        number = -1;
        return id?.StartsWith(Prefix, StringComparison.Ordinal) == true
            && int.TryParse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number) && IdOf(number) == id;
    }

    /// <summary>Whether it was open at this position, as filters of ListShards ask.</summary>
    public bool WasOpenAt(long position) => Opened <= position && (Closed is null || Closed > position);
}
