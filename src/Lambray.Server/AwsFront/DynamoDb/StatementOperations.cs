using System.Text.Json;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.PartiQl;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>ExecuteStatement, BatchExecuteStatement and ExecuteTransaction: PartiQL.</summary>
static class StatementOperations
{
    const int BatchMax = 25;
    const int TransactionMax = 100;

    public static async Task ExecuteStatement(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.StatementRequest);
        new Validation().RequireCapacity(request.ReturnConsumedCapacity).Require(request.Statement is not null, null, "statement", "Member must not be null")
            .RequireRange(request.Limit, "limit", 1, int.MaxValue).ThrowIfAny();
        var statement = PartiQlParser.Read(request.Statement!, request.Parameters);
        var table = RequestRules.Table(http, statement.Table);
        if (statement is SelectStatement select)
        {
            var page = Select(http, table, select, request);
            (DynamoDoor.Request(http).Count, DynamoDoor.Request(http).Scanned) = (page.Items.Count, page.Scanned);
            await WriteAsync(
                http, [.. page.Items.Select(item => select.Wanted?.Of(item) ?? item)], page.Last,
                CapacityUnits.OfPage(table, IndexOf(table, select), page, request.ConsistentRead ?? false).Shown(request.ReturnConsumedCapacity));
            return;
        }
        var change = await WriteAsync(http, WriteOf(table, statement, request.ReturnValuesOnConditionCheckFailure));
        var shown = ItemWriteOperations.AttributesOf(change, ReturningOf(statement));
        await WriteAsync(http, shown is null ? [] : [shown], null, CapacityUnits.OfWrites(table, [change]).Shown(request.ReturnConsumedCapacity));
    }

    public static async Task BatchExecuteStatement(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.StatementsRequest);
        var statements = RequireStatements(request.Statements, "statements", BatchMax);
        var responses = await Task.WhenAll(statements.Select(statement => AnswerAsync(http, statement)));
        await DynamoDoor.WriteAsync(http, new StatementsAnswer(responses), DynamoJson.Wire.StatementsAnswer);
    }

    public static async Task ExecuteTransaction(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.StatementsRequest);
        var asked = RequireStatements(request.TransactStatements, "transactStatements", TransactionMax);
        var statements = asked.Select(one => PartiQlParser.Read(one.Statement!, one.Parameters, inTransaction: true)).ToArray();
        if (statements.Any(statement => statement is SelectStatement) && !statements.All(statement => statement is SelectStatement))
            throw DynamoErrors.Invalid("Transaction must contain either only read or only write statements");
        var store = DynamoDoor.Service<ItemStore>(http);
        if (statements[0] is SelectStatement)
        {
            var reads = statements.Select(statement => RequestRules.Table(http, statement.Table) is var table ? (table, KeyOf(table, statement.Where)) : default).ToArray();
            TransactionOperations.RequireFits(reads, read => ItemRules.RequireKey(read.Item1, read.Item2));
            var items = await store.ReadTogetherAsync(reads);
            var shown = items.Zip(statements, (item, statement) => new StatementAnswerWire { Item = ItemReadOperations.Projected(item, ((SelectStatement)statement).Wanted) });
            await DynamoDoor.WriteAsync(http, new StatementsAnswer([.. shown]), DynamoJson.Wire.StatementsAnswer);
            return;
        }
        ItemWrite[] writes = [.. statements.Zip(asked, (statement, one) => WriteOf(RequestRules.Table(http, statement.Table), statement, one.ReturnValuesOnConditionCheckFailure))];
        TransactionOperations.RequireFits(writes);
        var token = TransactionOperations.TokenOf(http, request.ClientRequestToken);
        await store.TransactAsync(writes, token, SentTrace.Of(http));
        await DynamoDoor.WriteAsync(http, new StatementsAnswer([.. writes.Select(_ => new StatementAnswerWire())]), DynamoJson.Wire.StatementsAnswer);
    }

    static ItemPage Select(HttpContext http, TableModel table, SelectStatement select, StatementRequest request)
    {
        var index = IndexOf(table, select);
        if (index is { IsGlobal: true } && request.ConsistentRead == true) throw DynamoErrors.Invalid("Consistent reads are not supported on global secondary indexes");
        if (select.OrderBy is { } orderBy && !(index?.Key ?? table.Key).Has(orderBy)) throw DynamoErrors.Invalid($"Variable reference {orderBy} in ORDER BY clause must be part of the primary key");
        var (start, end) = StatementKeys.RangeOf(table, index, select.Where);
        var fetches = new WantedAttributes(Select: null, Legacy: null).NeedsItems(table, index, select.Wanted);
        return DynamoDoor.Service<ItemReader>(http).Read(new ItemWalk(table, index, start, end)
        {
            IsBackward = select.IsDescending,
            LimitMax = request.Limit ?? int.MaxValue,
            After = StartOf(table, index, request.NextToken),
            Filter = select.Where,
            FetchesItems = fetches,
        });
    }

    static IndexModel? IndexOf(TableModel table, SelectStatement select) =>
        select.Index is not { } name ? null : table.FindIndex(name) ?? throw DynamoErrors.Invalid($"The table does not have the specified index: {name}");

    static MapValue? StartOf(TableModel table, IndexModel? index, string? token)
    {
        if (token is null) return null;
        try
        {
            var json = new Utf8JsonReader(Convert.FromBase64String(token));
            json.Read();
            var key = AttributeJson.ReadItem(ref json);
            ItemRules.RequireValues(key);
            ItemPaging.RequireStart(table, index, key);
            return key;
        }
        catch (Exception error) when (error is FormatException or JsonException or AwsException or InvalidOperationException)
        {
            throw DynamoErrors.Invalid("Invalid NextToken.");
        }
    }

    static ItemWrite WriteOf(TableModel table, PartiQlStatement statement, string? onFailure)
    {
        var partition = DocumentPath.To(table.Key.Partition.Name);
        if (statement is InsertStatement insert)
        {
            ItemWriteOperations.RequireSize(insert.Item);
            return new ItemPut(table, insert.Item) { Condition = new AttributeNotExists(partition) };
        }
        var (key, rest) = StatementKeys.Single(table, statement.Where);
        // Statements update what is there; only UpdateItem makes what is not.
        Condition exists = new AttributeExists(partition);
        var found = rest is null ? exists : new And(exists, rest);
        var showsFailed = onFailure == "ALL_OLD";
        return statement switch
        {
            UpdateStatement update => new ItemUpdate(table, key, update.Update) { Condition = found, ShowsFailed = showsFailed },
            ExistsStatement => new ItemCheck(table, key) { Condition = found, ShowsFailed = showsFailed },
            _ => new ItemDelete(table, key) { Condition = rest, ShowsFailed = showsFailed },
        };
    }

    static async Task<ItemChange> WriteAsync(HttpContext http, ItemWrite write)
    {
        ItemRules.RequireFit(write);
        try
        {
            return await DynamoDoor.Service<ItemStore>(http).WriteAsync(write, SentTrace.Of(http));
        }
        catch (AwsException error) when (error.Code == DynamoErrors.ConditionalCheckFailed && write is ItemPut)
        {
            throw new AwsException("DuplicateItemException", 400, "Duplicate primary key exists in table");
        }
    }

    // Each stands for itself, and so does what is wrong with it.
    static async Task<StatementAnswerWire> AnswerAsync(HttpContext http, StatementRequest one)
    {
        string? name = null;
        try
        {
            var statement = PartiQlParser.Read(one.Statement!, one.Parameters);
            name = statement.Table;
            var table = TableOperations.Tables(http).Get(TableNames.Require(name));
            if (statement is SelectStatement select)
            {
                var (key, rest) = StatementKeys.Single(table, select.Where);
                ItemRules.RequireKey(table, key);
                var item = DynamoDoor.Service<ItemReader>(http).Find(table, key);
                return new StatementAnswerWire { TableName = name, Item = item is null || rest?.Holds(item) == false ? null : ItemReadOperations.Projected(item, select.Wanted) };
            }
            var change = await WriteAsync(http, WriteOf(table, statement, one.ReturnValuesOnConditionCheckFailure));
            return new StatementAnswerWire { TableName = name, Item = ItemWriteOperations.AttributesOf(change, ReturningOf(statement)) };
        }
        catch (AwsException error)
        {
            // Without its last word, as this list of codes has them.
            var code = error.Code.EndsWith("Exception", StringComparison.Ordinal) ? error.Code[..^"Exception".Length] : error.Code;
            return new StatementAnswerWire
            {
                TableName = name,
                Error = new StatementErrorWire(code switch { "ConditionalCheckFailed" or "ResourceNotFound" or "DuplicateItem" => code, _ => "ValidationError" }, error.Message, error.Details as MapValue),
            };
        }
    }

    static MapValue KeyOf(TableModel table, Condition? where)
    {
        var (key, rest) = StatementKeys.Single(table, where);
        return rest is null ? key : throw DynamoErrors.Invalid("Select statements within ExecuteTransaction must specify the primary key in the where clause.");
    }

    static string? ReturningOf(PartiQlStatement statement) => statement switch
    {
        UpdateStatement update => update.Returning,
        DeleteStatement delete => delete.Returning,
        _ => null,
    };

    static IReadOnlyList<StatementRequest> RequireStatements(IReadOnlyList<StatementRequest>? statements, string member, int max)
    {
        new Validation().Require(statements is not null, null, member, "Member must not be null")
            .Require(statements is not { Count: 0 }, "[]", member, "Member must have length greater than or equal to 1")
            .Require(statements is null || statements.Count <= max, $"{statements?.Count}", member, $"Member must have length less than or equal to {max}")
            .Require(statements is null || statements.All(one => one.Statement is not null), null, $"{member}.1.member.statement", "Member must not be null")
            .ThrowIfAny();
        return statements!;
    }

    static Task WriteAsync(HttpContext http, IReadOnlyList<MapValue> items, MapValue? last, ConsumedCapacityWire? units)
    {
        var token = last is null ? null : Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(last, DynamoJson.Wire.MapValue));
        return DynamoDoor.WriteAsync(http, new StatementAnswer(items, token, last, units), DynamoJson.Wire.StatementAnswer);
    }
}

sealed record StatementRequest
{
    public string? Statement { get; init; }

    public IReadOnlyList<AttributeValue>? Parameters { get; init; }

    public bool? ConsistentRead { get; init; }

    public string? NextToken { get; init; }

    public string? ReturnConsumedCapacity { get; init; }

    public int? Limit { get; init; }

    public string? ReturnValuesOnConditionCheckFailure { get; init; }
}

sealed record StatementAnswer(IReadOnlyList<MapValue> Items, string? NextToken, MapValue? LastEvaluatedKey, ConsumedCapacityWire? ConsumedCapacity);

sealed record StatementsRequest(IReadOnlyList<StatementRequest>? Statements, IReadOnlyList<StatementRequest>? TransactStatements, string? ClientRequestToken);

sealed record StatementsAnswer(IReadOnlyList<StatementAnswerWire> Responses);

sealed record StatementAnswerWire
{
    public string? TableName { get; init; }

    public MapValue? Item { get; init; }

    public StatementErrorWire? Error { get; init; }
}

sealed record StatementErrorWire(string Code, string Message, MapValue? Item);
