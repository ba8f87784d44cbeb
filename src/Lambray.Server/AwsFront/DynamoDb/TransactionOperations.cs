using System.Globalization;
using System.Security.Cryptography;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>TransactGetItems and TransactWriteItems: all at one moment, or nothing.</summary>
static class TransactionOperations
{
    const int ActionsMax = 100;
    const int BytesMax = 4 * 1024 * 1024;
    const int TokenLengthMax = 36;

    public static async Task TransactGetItems(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.TransactGetRequest);
        var gets = RequireActions(request.TransactItems, request.ReturnConsumedCapacity).Select(action => action.Get ?? throw Missing("transactItems.1.member.get")).ToArray();
        var reads = gets.Select(get =>
        {
            TableNames.Require(get.TableName);
            var projection = ItemReadOperations.ProjectionOf(get);
            return (Table: RequestRules.Table(http, get.TableName), Key: get.Key ?? throw Missing("transactItems.1.member.get.key"), Projection: projection);
        }).ToArray();
        RequireFits(reads, read => ItemReadOperations.RequireKey(read.Table, read.Key, read.Projection));
        RequireApart(reads.Select(read => (read.Table.Name, read.Key)));
        var items = await DynamoDoor.Service<ItemStore>(http).ReadTogetherAsync([.. reads.Select(read => (read.Table, read.Key))]);
        if (items.Sum(item => item is null ? 0 : ItemSize.Of(item)) > BytesMax) throw DynamoErrors.Invalid("The total size of the items in the transaction exceeds 4 MB");
        var units = reads.Zip(items).GroupBy(read => read.First.Table.Name).Select(group =>
            CapacityUnits.OfReads(group.First().First.Table, group.Select(read => read.Second is null ? 0 : ItemSize.Of(read.Second)), isConsistent: true, inTransaction: true));
        await DynamoDoor.WriteAsync(
            http,
            new TransactGetAnswer([.. items.Zip(reads, (item, read) => new ItemWire(ItemReadOperations.Projected(item, read.Projection)))], BatchOperations.Shown(units, request.ReturnConsumedCapacity)),
            DynamoJson.Wire.TransactGetAnswer);
    }

    public static async Task TransactWriteItems(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.TransactWriteRequest);
        var actions = RequireActions(request.TransactItems, request.ReturnConsumedCapacity);
        var token = TokenOf(http, request.ClientRequestToken);
        ItemWrite[] writes = [.. actions.Select(action => WriteOf(http, action))];
        RequireFits(writes);
        if (writes.OfType<ItemPut>().Sum(put => ItemSize.Of(put.Item)) > BytesMax)
            throw DynamoErrors.Invalid("Collection size of items in transaction request exceeds the allowed limit of 4 MB");
        var changes = await DynamoDoor.Service<ItemStore>(http).TransactAsync(writes, token, SentTrace.Of(http));
        await DynamoDoor.WriteAsync(
            http, new TransactWriteAnswer(Units(writes, changes, request.ReturnConsumedCapacity), BatchOperations.Metrics(http, writes, request.ReturnItemCollectionMetrics)),
            DynamoJson.Wire.TransactWriteAnswer);
    }

    /// <summary>By which a transaction is known that is sent again: it asks for the same.</summary>
    public static TransactionToken? TokenOf(HttpContext http, string? token)
    {
        new Validation().RequireLength(token, "clientRequestToken", 1, TokenLengthMax).ThrowIfAny();
        return token is null ? null : new TransactionToken(token, SHA256.HashData(DynamoDoor.Request(http).Body.Span));
    }

    /// <exception cref="AwsException">TransactionCanceledException: some do not fit their tables. ValidationException: two are of one item.</exception>
    public static void RequireFits(IReadOnlyCollection<ItemWrite> writes)
    {
        RequireFits(writes, ItemRules.RequireFit);
        RequireApart(writes.Select(write => (write.Table.Name, write.Table.KeyOf(write.Target))));
    }

    /// <summary>What no table could take is the request's fault; what only this one cannot is a reason to cancel.</summary>
    public static void RequireFits<T>(IEnumerable<T> actions, Action<T> require)
    {
        CancellationReason[] reasons = [.. actions.Select(ReasonOf)];
        if (reasons.Any(reason => reason != CancellationReason.None)) throw DynamoErrors.Canceled(reasons);

        CancellationReason ReasonOf(T action)
        {
            try
            {
                require(action);
                return CancellationReason.None;
            }
            catch (AwsException error)
            {
                return CancellationReason.Of(error);
            }
        }
    }

    // Sent again, it costs no more than looking what had been written.
    static IReadOnlyList<ConsumedCapacityWire>? Units(ItemWrite[] writes, IReadOnlyList<ItemChange>? changes, string? asked) => BatchOperations.Shown(
        changes is not null
            ? changes.GroupBy(change => change.Write.Table.Name).Select(group => CapacityUnits.OfWrites(group.First().Write.Table, group, inTransaction: true))
            : writes.GroupBy(write => write.Table.Name).Select(group =>
                CapacityUnits.OfReads(group.First().Table, group.Select(write => ItemSize.Of(write.Target)), isConsistent: true, inTransaction: true)),
        asked);

    static IReadOnlyList<T> RequireActions<T>(IReadOnlyList<T>? actions, string? capacity)
    {
        new Validation().RequireCapacity(capacity).Require(actions is not null, null, "transactItems", "Member must not be null")
            .Require(actions is not { Count: 0 }, "[]", "transactItems", "Member must have length greater than or equal to 1")
            .Require(
                actions is not { Count: > ActionsMax }, actions?.Count.ToString(CultureInfo.InvariantCulture), "transactItems",
                $"Member must have length less than or equal to {ActionsMax}")
            .ThrowIfAny();
        return actions!;
    }

    static ItemWrite WriteOf(HttpContext http, TransactWriteItemWire action)
    {
        var given = ((WriteItemRequest?[])[action.ConditionCheck, action.Put, action.Delete, action.Update]).Count(part => part is not null);
        if (given != 1) throw DynamoErrors.Invalid("TransactItems can only contain one of Check, Put, Update or Delete");
        var request = action.ConditionCheck ?? action.Put ?? action.Delete ?? action.Update!;
        TableNames.Require(request.TableName);
        new Validation().RequireWrite(request, "transactItems.1.member.").ThrowIfAny();
        if (action.ConditionCheck is not null) return ItemWriteOperations.CheckOf(http, request);
        if (action.Put is not null) return ItemWriteOperations.PutOf(http, request);
        return action.Delete is not null ? ItemWriteOperations.DeleteOf(http, request) : ItemWriteOperations.UpdateOf(http, request);
    }

    static void RequireApart(IEnumerable<(string Table, MapValue Key)> keys)
    {
        var seen = new HashSet<(string, MapValue)>();
        if (!keys.All(seen.Add)) throw DynamoErrors.Invalid("Transaction request cannot include multiple operations on one item");
    }

    static AwsException Missing(string member) =>
        DynamoErrors.Invalid($"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");
}
