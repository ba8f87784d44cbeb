using System.Globalization;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Tables;

/// <summary>A table as it was made and changed, without its items: immutable, replaced whole.</summary>
public sealed record TableModel
{
    public required string Name { get; init; }

    /// <summary>Under which its items lie; never given twice, so that nothing of a deleted table comes back.</summary>
    public required long Number { get; init; }

    public required Guid Id { get; init; }

    public required DateTimeOffset CreationTime { get; init; }

    public required KeySchema Key { get; init; }

    /// <summary>As they were defined, for all keys.</summary>
    public required IReadOnlyList<KeyAttribute> Attributes { get; init; }

    public IReadOnlyList<IndexModel> Indexes { get => field ?? []; init; }

    public required BillingMode BillingMode { get; init; }

    /// <summary>When it was last set to be paid by request.</summary>
    public DateTimeOffset? OnDemandSince { get; init; }

    public required ThroughputModel Throughput { get; init; }

    public OnDemandLimits? OnDemand { get; init; }

    /// <summary>The stream of its changes; also one that has been disabled, as the latest that there was.</summary>
    public StreamModel? Stream { get; init; }

    public TimeToLiveModel? TimeToLive { get; init; }

    public bool IsProtected { get; init; }

    public string? TableClass { get; init; }

    /// <summary>The key asked for, of a service that this server has not; items are as safe as the disk is.</summary>
    public EncryptionModel? Encryption { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get => field ?? new Dictionary<string, string>(); init; }

    [JsonIgnore]
    public IEnumerable<IndexModel> GlobalIndexes => Indexes.Where(index => index.IsGlobal);

    [JsonIgnore]
    public IEnumerable<IndexModel> LocalIndexes => Indexes.Where(index => !index.IsGlobal);

    [JsonIgnore]
    internal bool IsUnfilled => Indexes.Any(index => index.Status == IndexStatus.Creating) || TimeToLive is { IsFilled: false };

    public Arn Arn(AwsHome home) => home.Regional("dynamodb", $"table/{Name}");

    public IndexModel? FindIndex(string name) => Indexes.FirstOrDefault(index => index.Name == name);

    /// <summary>The attributes of an item by which it is found.</summary>
    public MapValue KeyOf(MapValue item) => item.Pick(Key.Names);
}

public enum BillingMode
{
    Provisioned,
    PayPerRequest,
}

/// <summary>Capacity units asked for: kept and shown, nothing is throttled by them.</summary>
public sealed record ThroughputModel(long Read, long Write)
{
    public DateTimeOffset? LastIncrease { get; init; }

    public DateTimeOffset? LastDecrease { get; init; }

    public static ThroughputModel None { get; } = new(0, 0);
}

public sealed record OnDemandLimits(long? MaxReadRequestUnits, long? MaxWriteRequestUnits);

public sealed record EncryptionModel(string KeyArn);

public enum ProjectionType
{
    All,
    KeysOnly,
    Include,
}

public enum IndexStatus
{
    Creating,
    Active,
    Deleting,
}

/// <summary>A secondary index, global or local.</summary>
public sealed record IndexModel
{
    public required string Name { get; init; }

    /// <inheritdoc cref="TableModel.Number"/>
    public required long Number { get; init; }

    public required bool IsGlobal { get; init; }

    public required KeySchema Key { get; init; }

    public required ProjectionType Projection { get; init; }

    public IReadOnlyList<string> Included { get => field ?? []; init; }

    /// <summary>One that is being made already follows all changes, and is filled from behind them.</summary>
    public IndexStatus Status { get; init; } = IndexStatus.Active;

    public ThroughputModel Throughput { get; init; } = ThroughputModel.None;

    public OnDemandLimits? OnDemand { get; init; }

    /// <summary>What of an item is copied into the index.</summary>
    /// <returns>Null for an item that lacks a key of the index: it is not in it.</returns>
    internal MapValue? EntryOf(MapValue item, KeySchema tableKey)
    {
        foreach (var attribute in Key.Attributes)
            if (item.Find(attribute.Name)?.Type != attribute.Type) return null;
        return Projection switch
        {
            ProjectionType.All => item,
            _ => item.Pick(Key.Names.Concat(tableKey.Names).Concat(Included)),
        };
    }
}

/// <summary>Which items are deleted when their time has come.</summary>
/// <param name="Number">Under which items lie by their time.</param>
/// <param name="IsFilled">Whether the items that were there before it are among them.</param>
public sealed record TimeToLiveModel(string Attribute, long Number, bool IsFilled = false)
{
    // Times that lie further back are taken for mistakes ("Using time to live (TTL)" in the Developer Guide).
    static readonly TimeSpan PastMax = TimeSpan.FromDays(5 * 365);

    /// <returns>Seconds since 1970; null for an item that does not expire.</returns>
    internal long? ExpiryOf(MapValue item, DateTimeOffset now) =>
        item.Find(Attribute) is NumberValue { Number: var number } && decimal.TryParse(number.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0 && seconds < long.MaxValue && seconds > (now - PastMax).ToUnixTimeSeconds() ? (long)seconds : null;
}

/// <summary>What of an item its stream's records show.</summary>
public enum StreamView
{
    KeysOnly,
    NewImage,
    OldImage,
    NewAndOldImages,
}

/// <param name="Label">When it was enabled: the last part of its ARN.</param>
public sealed record StreamModel(long Number, string Label, StreamView View, DateTimeOffset CreationTime)
{
    public bool IsEnabled { get; init; } = true;
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TableModel))]
[JsonSerializable(typeof(Streams.StreamState))]
sealed partial class TableRowJson : JsonSerializerContext;
