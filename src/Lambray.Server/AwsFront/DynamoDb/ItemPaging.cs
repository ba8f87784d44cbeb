using Lambray.Aws;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>What queries and scans share: where they begin, and how a page is answered.</summary>
static class ItemPaging
{
    const string InvalidStart = "The provided starting key is invalid";

    /// <exception cref="AwsException">The table or the index is not there, or cannot be read so.</exception>
    public static (TableModel Table, IndexModel? Index) TreeOf(HttpContext http, QueryRequest request)
    {
        var table = RequestRules.Table(http, request.TableName);
        if (request.IndexName is not { } name) return (table, null);
        DynamoDoor.Request(http).Index = name;
        var index = table.FindIndex(name) ?? throw DynamoErrors.Invalid($"The table does not have the specified index: {name}");
        if (index.IsGlobal && request.ConsistentRead == true) throw DynamoErrors.Invalid("Consistent reads are not supported on global secondary indexes");
        if (index.Status == Resources.DynamoDb.Tables.IndexStatus.Creating)
            throw DynamoErrors.Invalid($"Cannot read from backfilling global secondary index: {name}");
        return (table, index);
    }

    /// <exception cref="AwsException">A value of the key to begin behind is none.</exception>
    public static void RequireStartValues(QueryRequest request)
    {
        foreach (var value in request.ExclusiveStartKey?.Entries.Values ?? [])
            if (value is FaultyValue faulty) throw DynamoErrors.Invalid($"{InvalidStart}: {faulty.Message}");
    }

    /// <exception cref="AwsException">It is no key of this table or index.</exception>
    public static void RequireStart(TableModel table, IndexModel? index, MapValue start)
    {
        var names = (index?.Key.Names ?? []).Concat(table.Key.Names).Distinct().ToArray();
        if (start.Entries.Count != names.Length || names.Any(name => start.Find(name) is null)) throw DynamoErrors.Invalid(InvalidStart);
        foreach (var attribute in index?.Key.Attributes ?? [])
            if (start.Find(attribute.Name)!.Type != attribute.Type) throw DynamoErrors.Invalid(InvalidStart);
        try
        {
            ItemRules.RequireKey(table, table.KeyOf(start));
        }
        catch (AwsException error)
        {
            throw DynamoErrors.Invalid($"{InvalidStart}: {error.Message}");
        }
    }

    public static Task AnswerAsync(HttpContext http, QueryRequest request, ItemWalk walk, WantedAttributes wanted, Projection? projection)
    {
        projection ??= wanted.Legacy;
        var page = DynamoDoor.Service<ItemReader>(http).Read(walk with { FetchesItems = wanted.NeedsItems(walk.Table, walk.Index, projection) });
        (DynamoDoor.Request(http).Count, DynamoDoor.Request(http).Scanned) = (page.Items.Count, page.Scanned);
        var units = CapacityUnits.OfPage(http, walk.Table, walk.Index, page, request.ConsistentRead ?? false);
        var answer = new QueryAnswer(
            wanted.IsCount ? null : projection is null ? page.Items : [.. page.Items.Select(projection.Of)], page.Items.Count, page.Scanned, page.Last,
            units.Shown(request.ReturnConsumedCapacity));
        return DynamoDoor.WriteAsync(http, answer, DynamoJson.Wire.QueryAnswer);
    }
}
