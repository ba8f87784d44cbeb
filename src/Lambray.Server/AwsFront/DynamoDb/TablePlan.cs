using System.Globalization;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>Reads what a table or an index is to be, and refuses what it cannot be, in AWS's order.</summary>
static class TablePlan
{
    const int LocalIndexesMax = 5;
    const int GlobalIndexesMax = 20;
    const int IncludedMax = 100;
    const long UnitsMax = 1_000_000_000_000;

    const string TypeSet = "Member must satisfy enum value set: [B, N, S]";

    /// <exception cref="AwsException">ValidationException.</exception>
    public static TableModel Read(CreateTableRequest request, DateTimeOffset now)
    {
        var name = TableNames.Require(request.TableName);
        RequireMembers(request);
        var billing = BillingOf(request.BillingMode);
        var throughput = ThroughputOf(request.ProvisionedThroughput, billing);
        var definitions = request.AttributeDefinitions!;
        var key = KeyOf(request.KeySchema!, definitions);
        if (request.LocalSecondaryIndexes is null && request.GlobalSecondaryIndexes is null && request.KeySchema!.Count != definitions.Count)
            throw DynamoErrors.InvalidValues("Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions");
        var indexes = LocalOf(request, key).Concat(GlobalOf(request.GlobalSecondaryIndexes, definitions, billing)).ToArray();
        RequireIndexes(indexes);
        RequireUsed(definitions, [key, .. indexes.Select(index => index.Key)]);
        return new TableModel
        {
            Name = name,
            Number = 0,
            Id = Guid.NewGuid(),
            CreationTime = now,
            Key = key,
            Attributes = [.. definitions.Select(definition => AttributeOf(definition.AttributeName!, definitions))],
            Indexes = indexes,
            BillingMode = billing,
            OnDemandSince = billing == BillingMode.PayPerRequest ? now : null,
            Throughput = throughput,
            OnDemand = LimitsOf(request.OnDemandThroughput),
            IsProtected = request.DeletionProtectionEnabled ?? false,
            TableClass = request.TableClass,
            Encryption = EncryptionOf(request.SSESpecification),
            Tags = TagOperations.Read(request.Tags),
        };
    }

    /// <exception cref="AwsException">Something is asked for that this server has not.</exception>
    public static void RequireAbsent(params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        foreach (var (name, value) in parameters)
            if (value is not null) throw new AwsException("NotImplemented", StatusCodes.Status501NotImplemented, $"{name} of DynamoDB's tables is not available on this server.");
    }

    /// <summary>An index that is added to a table.</summary>
    public static IndexModel ReadIndex(IndexWire index, IReadOnlyList<AttributeDefinitionWire> definitions, BillingMode billing) =>
        GlobalOf([index], definitions, billing).Single() with { Status = IndexStatus.Creating };

    /// <exception cref="AwsException">A name or type is missing or none.</exception>
    public static void RequireDefinitions(IReadOnlyList<AttributeDefinitionWire>? definitions)
    {
        var faults = new Validation();
        foreach (var (definition, number) in (definitions ?? []).Select((definition, index) => (definition, index + 1)))
        {
            faults.Require(definition.AttributeName is not null, null, $"attributeDefinitions.{number}.member.attributeName", "Member must not be null");
            faults.Require(
                definition.AttributeType is "S" or "N" or "B", definition.AttributeType, $"attributeDefinitions.{number}.member.attributeType",
                definition.AttributeType is null ? "Member must not be null" : TypeSet);
        }
        faults.ThrowIfAny();
    }

    public static BillingMode BillingOf(string? billing) => billing == "PAY_PER_REQUEST" ? BillingMode.PayPerRequest : BillingMode.Provisioned;

    public static ThroughputModel ThroughputOf(ThroughputWire? throughput, BillingMode billing)
    {
        if (billing == BillingMode.PayPerRequest)
            return throughput is null
                ? ThroughputModel.None
                : throw DynamoErrors.InvalidValues("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        if (throughput is not { ReadCapacityUnits: { } read, WriteCapacityUnits: { } write })
            throw DynamoErrors.InvalidValues("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        foreach (var (units, unitName) in ((long, string)[])[(read, "Read"), (write, "Write")])
            if (units > UnitsMax) throw DynamoErrors.Invalid($"Given value {units} for {unitName}CapacityUnits is out of bounds");
        return new ThroughputModel(read, write);
    }

    public static OnDemandLimits? LimitsOf(OnDemandWire? limits) => limits is null ? null : new OnDemandLimits(limits.MaxReadRequestUnits, limits.MaxWriteRequestUnits);

    public static EncryptionModel? EncryptionOf(EncryptionWire? encryption) => encryption is { Enabled: true } ? new EncryptionModel(encryption.KMSMasterKeyId ?? "alias/aws/dynamodb") : null;

    static void RequireMembers(CreateTableRequest request)
    {
        var faults = new Validation();
        faults.Require(request.AttributeDefinitions is not null, null, "attributeDefinitions", "Member must not be null");
        faults.Require(request.KeySchema is not null, null, "keySchema", "Member must not be null");
        if (request.KeySchema is { } key)
        {
            faults.Require(key.Count >= 1, "[]", "keySchema", "Member must have length greater than or equal to 1");
            faults.Require(key.Count <= 2, Shown(key), "keySchema", "Member must have length less than or equal to 2");
            RequireKeyMembers(faults, key, "keySchema");
        }
        faults.Require(
            request.BillingMode is null or "PROVISIONED" or "PAY_PER_REQUEST", request.BillingMode, "billingMode", "Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]");
        RequireThroughput(faults, request.ProvisionedThroughput, "provisionedThroughput");
        RequireIndexMembers(faults, request.LocalSecondaryIndexes, "localSecondaryIndexes");
        RequireIndexMembers(faults, request.GlobalSecondaryIndexes, "globalSecondaryIndexes");
        faults.Require(
            request.TableClass is null or "STANDARD" or "STANDARD_INFREQUENT_ACCESS", request.TableClass, "tableClass", "Member must satisfy enum value set: [STANDARD, STANDARD_INFREQUENT_ACCESS]");
        faults.ThrowIfAny();
        RequireDefinitions(request.AttributeDefinitions);
    }

    static void RequireThroughput(Validation faults, ThroughputWire? throughput, string member)
    {
        if (throughput is null) return;
        faults.Require(throughput.ReadCapacityUnits is not null, null, $"{member}.readCapacityUnits", "Member must not be null");
        faults.Require(throughput.WriteCapacityUnits is not null, null, $"{member}.writeCapacityUnits", "Member must not be null");
        faults.RequireRange(throughput.ReadCapacityUnits, $"{member}.readCapacityUnits", 1, long.MaxValue);
        faults.RequireRange(throughput.WriteCapacityUnits, $"{member}.writeCapacityUnits", 1, long.MaxValue);
    }

    static void RequireIndexMembers(Validation faults, IReadOnlyList<IndexWire>? indexes, string member)
    {
        foreach (var (index, number) in (indexes ?? []).Select((index, place) => (index, place + 1)))
        {
            var at = $"{member}.{number}.member";
            faults.Require(index.IndexName is not null, null, $"{at}.indexName", "Member must not be null");
            faults.Require(index.IndexName is null || TableNames.IsName(index.IndexName), index.IndexName, $"{at}.indexName", "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
            faults.Require(index.KeySchema is { Count: > 0 }, null, $"{at}.keySchema", "Member must not be null");
            RequireKeyMembers(faults, index.KeySchema ?? [], $"{at}.keySchema");
            faults.Require(index.Projection is not null, null, $"{at}.projection", "Member must not be null");
            faults.Require(
                index.Projection?.ProjectionType is null or "ALL" or "KEYS_ONLY" or "INCLUDE", index.Projection?.ProjectionType, $"{at}.projection.projectionType",
                "Member must satisfy enum value set: [ALL, INCLUDE, KEYS_ONLY]");
            RequireThroughput(faults, index.ProvisionedThroughput, $"{at}.provisionedThroughput");
        }
    }

    static void RequireKeyMembers(Validation faults, IReadOnlyList<KeyElementWire> key, string member)
    {
        foreach (var (element, number) in key.Select((element, index) => (element, index + 1)))
        {
            faults.Require(element.AttributeName is not null, null, $"{member}.{number}.member.attributeName", "Member must not be null");
            faults.Require(
                element.KeyType is "HASH" or "RANGE", element.KeyType, $"{member}.{number}.member.keyType",
                element.KeyType is null ? "Member must not be null" : "Member must satisfy enum value set: [HASH, RANGE]");
        }
    }

    static KeySchema KeyOf(IReadOnlyList<KeyElementWire> elements, IReadOnlyList<AttributeDefinitionWire> definitions)
    {
        var names = elements.Select(element => element.AttributeName!).ToArray();
        var defined = definitions.Select(definition => definition.AttributeName!).ToArray();
        if (names.Length > defined.Length) throw DynamoErrors.Invalid("Invalid KeySchema: Some index key attribute have no definition");
        if (names.Except(defined).Any())
            throw DynamoErrors.InvalidValues(
                $"Some index key attributes are not defined in AttributeDefinitions. Keys: [{string.Join(", ", names)}], AttributeDefinitions: [{string.Join(", ", defined)}]");
        if (names.Length == 2 && names[0] == names[1]) throw DynamoErrors.Invalid("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        if (elements[0].KeyType != "HASH") throw DynamoErrors.Invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        if (elements.Count > 1 && elements[1].KeyType != "RANGE") throw DynamoErrors.Invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        return new KeySchema(AttributeOf(names[0], definitions), names.Length > 1 ? AttributeOf(names[1], definitions) : null);
    }

    static IEnumerable<IndexModel> LocalOf(CreateTableRequest request, KeySchema tableKey)
    {
        if (request.LocalSecondaryIndexes is not { } asked) yield break;
        if (asked.Count == 0) throw DynamoErrors.InvalidValues("List of LocalSecondaryIndexes is empty");
        if (tableKey.Sort is null) throw DynamoErrors.InvalidValues("Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
        foreach (var index in asked)
        {
            var key = KeyOf(index.KeySchema!, request.AttributeDefinitions!);
            if (key.Sort is null) throw DynamoErrors.InvalidValues($"Index KeySchema does not have a range key for index: {index.IndexName}");
            if (key.Partition.Name != tableKey.Partition.Name)
                throw DynamoErrors.InvalidValues(
                    $"Index KeySchema does not have the same leading hash key as table KeySchema for index: {index.IndexName}. " +
                    $"index hash key: {key.Partition.Name}, table hash key: {tableKey.Partition.Name}");
            yield return IndexOf(index, key, isGlobal: false, ThroughputModel.None);
        }
    }

    static IEnumerable<IndexModel> GlobalOf(IReadOnlyList<IndexWire>? asked, IReadOnlyList<AttributeDefinitionWire> definitions, BillingMode billing)
    {
        if (asked is null) yield break;
        if (asked.Count == 0) throw DynamoErrors.InvalidValues("List of GlobalSecondaryIndexes is empty");
        foreach (var index in asked)
        {
            var key = KeyOf(index.KeySchema!, definitions);
            if (billing == BillingMode.PayPerRequest && index.ProvisionedThroughput is not null)
                throw DynamoErrors.InvalidValues($"ProvisionedThroughput should not be specified for index: {index.IndexName} when BillingMode is PAY_PER_REQUEST");
            if (billing == BillingMode.Provisioned && index.ProvisionedThroughput is null)
                throw DynamoErrors.InvalidValues($"ProvisionedThroughput must be specified for index: {index.IndexName}");
            yield return IndexOf(index, key, isGlobal: true, ThroughputOf(index.ProvisionedThroughput, billing));
        }
    }

    static IndexModel IndexOf(IndexWire index, KeySchema key, bool isGlobal, ThroughputModel throughput)
    {
        var projection = index.Projection?.ProjectionType ?? throw DynamoErrors.InvalidValues("Unknown ProjectionType: null");
        var included = index.Projection.NonKeyAttributes;
        if (included is not null && projection != "INCLUDE") throw DynamoErrors.InvalidValues($"ProjectionType is {projection}, but NonKeyAttributes is specified");
        if (included is null && projection == "INCLUDE") throw DynamoErrors.InvalidValues($"ProjectionType is {projection}, but NonKeyAttributes is not specified");
        return new IndexModel
        {
            Name = index.IndexName!,
            Number = 0,
            IsGlobal = isGlobal,
            Key = key,
            Projection = projection switch { "ALL" => ProjectionType.All, "KEYS_ONLY" => ProjectionType.KeysOnly, _ => ProjectionType.Include },
            Included = included ?? [],
            Throughput = throughput,
            OnDemand = LimitsOf(index.OnDemandThroughput),
        };
    }

    /// <exception cref="AwsException">There are too many, or two of one name.</exception>
    public static void RequireIndexes(IReadOnlyList<IndexModel> indexes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var index in indexes)
            if (!names.Add(index.Name)) throw DynamoErrors.InvalidValues($"Duplicate index name: {index.Name}");
        if (indexes.Count(index => !index.IsGlobal) > LocalIndexesMax)
            throw DynamoErrors.InvalidValues(string.Create(CultureInfo.InvariantCulture, $"Number of LocalSecondaryIndexes exceeds per-table limit of {LocalIndexesMax}"));
        if (indexes.Count(index => index.IsGlobal) > GlobalIndexesMax)
            throw DynamoErrors.InvalidValues(string.Create(CultureInfo.InvariantCulture, $"GlobalSecondaryIndex count exceeds the per-table limit of {GlobalIndexesMax}"));
        if (indexes.Sum(index => index.Included.Count) > IncludedMax)
            throw DynamoErrors.InvalidValues(string.Create(CultureInfo.InvariantCulture, $"Number of NonKeyAttributes exceeds the per-table limit of {IncludedMax}"));
    }

    static void RequireUsed(IReadOnlyList<AttributeDefinitionWire> definitions, IReadOnlyList<KeySchema> keys)
    {
        var used = keys.SelectMany(key => key.Names).ToHashSet(StringComparer.Ordinal);
        var defined = definitions.Select(definition => definition.AttributeName!).ToArray();
        if (!defined.All(used.Contains))
            throw DynamoErrors.InvalidValues(
                $"Some AttributeDefinitions are not used. AttributeDefinitions: [{string.Join(", ", defined)}], keys used: [{string.Join(", ", used)}]");
    }

    static KeyAttribute AttributeOf(string name, IReadOnlyList<AttributeDefinitionWire> definitions) =>
        new(name, Enum.Parse<AttributeType>(definitions.First(definition => definition.AttributeName == name).AttributeType!));

    static string Shown(IReadOnlyList<KeyElementWire> key) =>
        $"[{string.Join(", ", key.Select(element => $"KeySchemaElement(attributeName={element.AttributeName}, keyType={element.KeyType})"))}]";
}
