using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.DynamoDb;

record TableRequest(string? TableName);

sealed record ListTablesRequest(string? ExclusiveStartTableName, int? Limit);

sealed record ListTablesAnswer(IReadOnlyList<string> TableNames, string? LastEvaluatedTableName);

sealed record TableAnswer(TableDescriptionWire Table);

sealed record TableDescriptionAnswer(TableDescriptionWire TableDescription);

sealed record CreateTableRequest(string? TableName) : TableRequest(TableName)
{
    public IReadOnlyList<AttributeDefinitionWire>? AttributeDefinitions { get; init; }

    public IReadOnlyList<KeyElementWire>? KeySchema { get; init; }

    public IReadOnlyList<IndexWire>? LocalSecondaryIndexes { get; init; }

    public IReadOnlyList<IndexWire>? GlobalSecondaryIndexes { get; init; }

    public string? BillingMode { get; init; }

    public ThroughputWire? ProvisionedThroughput { get; init; }

    public OnDemandWire? OnDemandThroughput { get; init; }

    public StreamSpecificationWire? StreamSpecification { get; init; }

    public EncryptionWire? SSESpecification { get; init; }

    public IReadOnlyList<TagWire>? Tags { get; init; }

    public string? TableClass { get; init; }

    public bool? DeletionProtectionEnabled { get; init; }

    public string? ResourcePolicy { get; init; }

    public JsonElement? WarmThroughput { get; init; }

    public string? GlobalTableSourceArn { get; init; }
}

sealed record UpdateTableRequest(string? TableName) : TableRequest(TableName)
{
    public IReadOnlyList<AttributeDefinitionWire>? AttributeDefinitions { get; init; }

    public string? BillingMode { get; init; }

    public ThroughputWire? ProvisionedThroughput { get; init; }

    public OnDemandWire? OnDemandThroughput { get; init; }

    public IReadOnlyList<IndexUpdateWire>? GlobalSecondaryIndexUpdates { get; init; }

    public StreamSpecificationWire? StreamSpecification { get; init; }

    public EncryptionWire? SSESpecification { get; init; }

    public string? TableClass { get; init; }

    public bool? DeletionProtectionEnabled { get; init; }

    public JsonElement? ReplicaUpdates { get; init; }

    public JsonElement? WarmThroughput { get; init; }

    public JsonElement? GlobalTableWitnessUpdates { get; init; }
}

sealed record AttributeDefinitionWire(string? AttributeName, string? AttributeType);

sealed record KeyElementWire(string? AttributeName, string? KeyType);

sealed record ProjectionWire(string? ProjectionType, IReadOnlyList<string>? NonKeyAttributes);

sealed record ThroughputWire(long? ReadCapacityUnits, long? WriteCapacityUnits)
{
    public double? LastIncreaseDateTime { get; init; }

    public double? LastDecreaseDateTime { get; init; }

    public int? NumberOfDecreasesToday { get; init; }
}

sealed record OnDemandWire(long? MaxReadRequestUnits, long? MaxWriteRequestUnits);

sealed record StreamSpecificationWire(bool? StreamEnabled, string? StreamViewType);

sealed record EncryptionWire(bool? Enabled, string? SSEType, string? KMSMasterKeyId);

sealed record EncryptionDescriptionWire(string Status, string SSEType, string KMSMasterKeyArn);

sealed record IndexUpdateWire(IndexWire? Create, IndexWire? Update, IndexWire? Delete);

/// <summary>An index as it is asked for and as it is described.</summary>
sealed record IndexWire
{
    public string? IndexName { get; init; }

    public IReadOnlyList<KeyElementWire>? KeySchema { get; init; }

    public ProjectionWire? Projection { get; init; }

    public string? IndexStatus { get; init; }

    public bool? Backfilling { get; init; }

    public ThroughputWire? ProvisionedThroughput { get; init; }

    public OnDemandWire? OnDemandThroughput { get; init; }

    public long? IndexSizeBytes { get; init; }

    public long? ItemCount { get; init; }

    public string? IndexArn { get; init; }
}

sealed record BillingModeWire(string BillingMode, double? LastUpdateToPayPerRequestDateTime);

sealed record TableClassWire(string TableClass);

sealed record TableDescriptionWire
{
    public required IReadOnlyList<AttributeDefinitionWire> AttributeDefinitions { get; init; }

    public required string TableName { get; init; }

    public required IReadOnlyList<KeyElementWire> KeySchema { get; init; }

    public required string TableStatus { get; init; }

    public required double CreationDateTime { get; init; }

    public required ThroughputWire ProvisionedThroughput { get; init; }

    public required long TableSizeBytes { get; init; }

    public required long ItemCount { get; init; }

    public required string TableArn { get; init; }

    public required string TableId { get; init; }

    public BillingModeWire? BillingModeSummary { get; init; }

    public IReadOnlyList<IndexWire>? LocalSecondaryIndexes { get; init; }

    public IReadOnlyList<IndexWire>? GlobalSecondaryIndexes { get; init; }

    public StreamSpecificationWire? StreamSpecification { get; init; }

    public string? LatestStreamLabel { get; init; }

    public string? LatestStreamArn { get; init; }

    public EncryptionDescriptionWire? SSEDescription { get; init; }

    public TableClassWire? TableClassSummary { get; init; }

    public OnDemandWire? OnDemandThroughput { get; init; }

    public required bool DeletionProtectionEnabled { get; init; }

    /// <param name="status">What it is on its way from, where an answer says that.</param>
    public static TableDescriptionWire Of(TableModel table, TableDirectory tables, AwsHome home, string status = "ACTIVE")
    {
        var count = tables.CountOf(table.Number);
        return new TableDescriptionWire
        {
            AttributeDefinitions = [.. table.Attributes.Select(attribute => new AttributeDefinitionWire(attribute.Name, attribute.Type.ToString()))],
            TableName = table.Name,
            KeySchema = ElementsOf(table.Key),
            TableStatus = status,
            CreationDateTime = Seconds(table.CreationTime),
            ProvisionedThroughput = ThroughputOf(table.Throughput),
            TableSizeBytes = count.Bytes,
            ItemCount = count.Items,
            TableArn = table.Arn(home).ToString(),
            TableId = table.Id.ToString(),
            BillingModeSummary = table.BillingMode == BillingMode.PayPerRequest || table.OnDemandSince is not null
                ? new BillingModeWire(table.BillingMode == BillingMode.PayPerRequest ? "PAY_PER_REQUEST" : "PROVISIONED", table.OnDemandSince is { } since ? Seconds(since) : null) : null,
            LocalSecondaryIndexes = IndexesOf(table, table.LocalIndexes, tables, home),
            GlobalSecondaryIndexes = IndexesOf(table, table.GlobalIndexes, tables, home),
            StreamSpecification = table.Stream is { IsEnabled: true } stream ? new StreamSpecificationWire(true, StreamWire.NameOf(stream.View)) : null,
            LatestStreamLabel = table.Stream?.Label,
            LatestStreamArn = table.Stream is { } latest ? $"{table.Arn(home)}/stream/{latest.Label}" : null,
            SSEDescription = table.Encryption is { } key ? new EncryptionDescriptionWire("ENABLED", "KMS", key.KeyArn) : null,
            TableClassSummary = table.TableClass is { } tableClass ? new TableClassWire(tableClass) : null,
            OnDemandThroughput = LimitsOf(table.OnDemand),
            DeletionProtectionEnabled = table.IsProtected,
        };
    }

    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    static IndexWire[]? IndexesOf(TableModel table, IEnumerable<IndexModel> indexes, TableDirectory tables, AwsHome home)
    {
        IndexWire[] all = [.. indexes.Select(index => Of(index, tables.CountOf(index.Number), $"{table.Arn(home)}/index/{index.Name}"))];
        return all.Length == 0 ? null : all;
    }

    // Only global ones have states and capacities of their own.
    static IndexWire Of(IndexModel index, TreeCount count, string arn) => new()
    {
        IndexName = index.Name,
        KeySchema = ElementsOf(index.Key),
        Projection = new ProjectionWire(
            index.Projection switch { ProjectionType.All => "ALL", ProjectionType.KeysOnly => "KEYS_ONLY", _ => "INCLUDE" }, index.Included.Count == 0 ? null : index.Included),
        IndexStatus = index.IsGlobal ? index.Status.ToString().ToUpperInvariant() : null,
        Backfilling = index is { IsGlobal: true, Status: Resources.DynamoDb.Tables.IndexStatus.Creating } ? true : null,
        ProvisionedThroughput = index.IsGlobal ? ThroughputOf(index.Throughput) : null,
        OnDemandThroughput = LimitsOf(index.OnDemand),
        IndexSizeBytes = count.Bytes,
        ItemCount = count.Items,
        IndexArn = arn,
    };

    static KeyElementWire[] ElementsOf(KeySchema key) =>
        [.. key.Attributes.Select(attribute => new KeyElementWire(attribute.Name, attribute == key.Partition ? "HASH" : "RANGE"))];

    static ThroughputWire ThroughputOf(ThroughputModel throughput) => new(throughput.Read, throughput.Write)
    {
        LastIncreaseDateTime = throughput.LastIncrease is { } increase ? Seconds(increase) : null,
        LastDecreaseDateTime = throughput.LastDecrease is { } decrease ? Seconds(decrease) : null,
        NumberOfDecreasesToday = 0,
    };

    static OnDemandWire? LimitsOf(OnDemandLimits? limits) => limits is null ? null : new OnDemandWire(limits.MaxReadRequestUnits, limits.MaxWriteRequestUnits);
}
