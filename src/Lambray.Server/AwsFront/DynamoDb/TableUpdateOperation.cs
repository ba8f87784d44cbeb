using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>UpdateTable: capacity, global indexes, the stream, protection. One index at a time, as in AWS.</summary>
static class TableUpdateOperation
{
    public static async Task UpdateTable(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.UpdateTableRequest);
        DynamoDoor.Request(http).Table = request.TableName;
        var name = TableNames.Require(request.TableName);
        TablePlan.RequireAbsent(("ReplicaUpdates", request.ReplicaUpdates), ("WarmThroughput", request.WarmThroughput), ("GlobalTableWitnessUpdates", request.GlobalTableWitnessUpdates));
        Check(request);
        var tables = TableOperations.Tables(http);
        var now = DynamoDoor.Service<TimeProvider>(http).GetUtcNow();
        var table = await tables.ChangeAsync(name, table => Change(table, request, now));
        if (request.StreamSpecification is { StreamEnabled: false }) table = await tables.DisableStreamAsync(name);
        if (StreamWire.ViewOf(request.StreamSpecification) is { } view) table = await tables.EnableStreamAsync(name, view);
        await DynamoDoor.WriteAsync(http, new TableDescriptionAnswer(TableOperations.Describe(http, table, "UPDATING")), DynamoJson.Wire.TableDescriptionAnswer);
    }

    static void Check(UpdateTableRequest request)
    {
        var isIdle = request is
        {
            BillingMode: null, ProvisionedThroughput: null, OnDemandThroughput: null, StreamSpecification: null, SSESpecification: null, TableClass: null,
            DeletionProtectionEnabled: null, GlobalSecondaryIndexUpdates: not { Count: > 0 },
        };
        if (isIdle)
            throw DynamoErrors.Invalid(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        new Validation()
            .Require(request.BillingMode is null or "PROVISIONED" or "PAY_PER_REQUEST", request.BillingMode, "billingMode", "Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]")
            .Require(
                request.TableClass is null or "STANDARD" or "STANDARD_INFREQUENT_ACCESS", request.TableClass, "tableClass",
                "Member must satisfy enum value set: [STANDARD, STANDARD_INFREQUENT_ACCESS]")
            .ThrowIfAny();
        TablePlan.RequireDefinitions(request.AttributeDefinitions);
        if ((request.GlobalSecondaryIndexUpdates ?? []).Count(update => update.Create is not null || update.Delete is not null) > 1)
            throw DynamoErrors.LimitExceeded("Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
    }

    static TableModel Change(TableModel table, UpdateTableRequest request, DateTimeOffset now)
    {
        // Its stream is changed behind the rest, which must not be done then if that cannot.
        TableDirectory.RequireStreamChange(table, request.StreamSpecification?.StreamEnabled);
        table = ChangeBilling(table, request, now);
        foreach (var update in request.GlobalSecondaryIndexUpdates ?? []) table = ChangeIndexes(table, update, request, now);
        return table with
        {
            IsProtected = request.DeletionProtectionEnabled ?? table.IsProtected,
            TableClass = request.TableClass ?? table.TableClass,
            OnDemand = request.OnDemandThroughput is { } limits ? TablePlan.LimitsOf(limits) : table.OnDemand,
            Encryption = request.SSESpecification is { } encryption ? TablePlan.EncryptionOf(encryption) : table.Encryption,
        };
    }

    static TableModel ChangeBilling(TableModel table, UpdateTableRequest request, DateTimeOffset now)
    {
        if (request.BillingMode is null && request.ProvisionedThroughput is null) return table;
        var billing = request.BillingMode is { } mode ? TablePlan.BillingOf(mode) : table.BillingMode;
        var throughput = TablePlan.ThroughputOf(request.ProvisionedThroughput, billing);
        if (billing == BillingMode.PayPerRequest)
            return table with
            {
                BillingMode = billing,
                OnDemandSince = table.BillingMode == billing ? table.OnDemandSince : now,
                Throughput = ThroughputModel.None,
                Indexes = [.. table.Indexes.Select(index => index with { Throughput = ThroughputModel.None })],
            };
        if (table.BillingMode == billing && table.Throughput.Read == throughput.Read && table.Throughput.Write == throughput.Write)
            throw DynamoErrors.Invalid(
                "The provisioned throughput for the table will not change. The requested value equals the current value. " +
                $"Current ReadCapacityUnits provisioned for the table: {throughput.Read}. Requested ReadCapacityUnits: {throughput.Read}. " +
                $"Current WriteCapacityUnits provisioned for the table: {throughput.Write}. Requested WriteCapacityUnits: {throughput.Write}. " +
                "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
        if (table.BillingMode != billing && table.GlobalIndexes.FirstOrDefault(index => ThroughputFor(index, request) is null) is { } lacking)
            throw DynamoErrors.InvalidValues($"ProvisionedThroughput must be specified for index: {lacking.Name}");
        return table with { BillingMode = billing, Throughput = Changed(table.Throughput, throughput, now) };
    }

    static ThroughputWire? ThroughputFor(IndexModel index, UpdateTableRequest request) =>
        request.GlobalSecondaryIndexUpdates?.FirstOrDefault(update => update.Update?.IndexName == index.Name)?.Update?.ProvisionedThroughput;

    static ThroughputModel Changed(ThroughputModel before, ThroughputModel after, DateTimeOffset now) => after with
    {
        LastIncrease = after.Read > before.Read || after.Write > before.Write ? now : before.LastIncrease,
        LastDecrease = after.Read < before.Read || after.Write < before.Write ? now : before.LastDecrease,
    };

    static TableModel ChangeIndexes(TableModel table, IndexUpdateWire update, UpdateTableRequest request, DateTimeOffset now)
    {
        if (update.Create is { } created) return Add(table, created, request);
        if (update.Delete is { } deleted)
        {
            var gone = Require(table, deleted.IndexName);
            var kept = table.Indexes.Where(index => index != gone).ToArray();
            return table with { Indexes = kept, Attributes = [.. table.Attributes.Where(attribute => table.Key.Has(attribute.Name) || kept.Any(index => index.Key.Has(attribute.Name)))] };
        }
        if (update.Update is not { } changed) throw DynamoErrors.InvalidValues("One of GlobalSecondaryIndexUpdate.Create, Update and Delete is required");
        var found = Require(table, changed.IndexName);
        var throughput = changed.ProvisionedThroughput is null ? found.Throughput : Changed(found.Throughput, TablePlan.ThroughputOf(changed.ProvisionedThroughput, table.BillingMode), now);
        var replaced = found with { Throughput = throughput, OnDemand = TablePlan.LimitsOf(changed.OnDemandThroughput) ?? found.OnDemand };
        return table with { Indexes = [.. table.Indexes.Select(index => index == found ? replaced : index)] };
    }

    static TableModel Add(TableModel table, IndexWire created, UpdateTableRequest request)
    {
        if (created.IndexName is null || created.KeySchema is not { Count: > 0 } || created.Projection is null)
            throw DynamoErrors.InvalidValues("An index that is created needs IndexName, KeySchema and Projection");
        if (table.FindIndex(created.IndexName) is not null)
            throw DynamoErrors.Invalid($"Attempting to create an index which already exists; index name: {created.IndexName}");
        AttributeDefinitionWire[] definitions =
        [
            .. request.AttributeDefinitions ?? [],
            .. table.Attributes.Select(attribute => new AttributeDefinitionWire(attribute.Name, attribute.Type.ToString())),
        ];
        var index = TablePlan.ReadIndex(created, definitions, table.BillingMode);
        IndexModel[] indexes = [.. table.Indexes, index];
        TablePlan.RequireIndexes(indexes);
        return table with { Indexes = indexes, Attributes = [.. table.Attributes.Union(index.Key.Attributes)] };
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    static IndexModel Require(TableModel table, string? name) =>
        table.GlobalIndexes.FirstOrDefault(index => index.Name == name) ?? throw DynamoErrors.NotFound($"Requested resource not found: Index: {name} not found");
}
