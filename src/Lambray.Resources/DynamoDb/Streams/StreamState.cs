using System.Globalization;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Resources.DynamoDb.Streams;

/// <summary>A stream as it lies on disk; it outlives its table by a day. Immutable, replaced whole.</summary>
public sealed record StreamState
{
    public required long Number { get; init; }

    public required string TableName { get; init; }

    public required string Label { get; init; }

    public required StreamView View { get; init; }

    public required KeySchema Key { get; init; }

    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>When it was switched off, or its table deleted.</summary>
    public DateTimeOffset? Disabled { get; init; }

    /// <summary>One after the other; only the last can be open.</summary>
    public required IReadOnlyList<StreamShard> Shards { get; init; }

    public Arn Arn(AwsHome home) => home.Regional("dynamodb", $"table/{TableName}/stream/{Label}");

    public StreamShard? FindShard(string id) => Shards.FirstOrDefault(shard => shard.Id == id);
}

/// <summary>A part of a stream by time: changes of all keys, in their order.</summary>
/// <param name="First">Before its first record; no record has this number.</param>
/// <param name="Last">Of its last record, or its first number when it has none; null while it is open.</param>
public sealed record StreamShard(string Id, string? ParentId, long First, long? Last, DateTimeOffset Opened)
{
    public static StreamShard Open(StreamShard? parent, long first, DateTimeOffset now)
    {
        // As AWS writes them: milliseconds, and a part that tells shards of one moment apart.
        var id = string.Create(CultureInfo.InvariantCulture, $"shardId-{now.ToUnixTimeMilliseconds():D20}-{Guid.NewGuid().ToString("N")[..8]}");
        return new StreamShard(id, parent?.Id, first, null, now);
    }
}

/// <summary>Numbers of records as clients see them: 21 digits, as AWS's have at least.</summary>
public static class SequenceNumber
{
    const int Digits = 20;

    public static string Text(long number) => string.Create(CultureInfo.InvariantCulture, $"1{number:D20}");

    /// <returns>Null for what is none.</returns>
    public static long? Find(string? text) =>
        text is { Length: Digits + 1 } && text[0] == '1' && long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
