using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>CreateTable, DescribeTable, ListTables, DeleteTable. Tables are made and gone at once; answers show them on the way, as AWS's do.</summary>
static class TableOperations
{
    const int ListMax = 100;

    public static async Task CreateTable(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.CreateTableRequest);
        DynamoDoor.Request(http).Table = request.TableName;
        TablePlan.RequireAbsent(("ResourcePolicy", request.ResourcePolicy), ("WarmThroughput", request.WarmThroughput), ("GlobalTableSourceArn", request.GlobalTableSourceArn));
        var plan = TablePlan.Read(request, DynamoDoor.Service<TimeProvider>(http).GetUtcNow());
        var table = await Tables(http).CreateAsync(plan, StreamWire.ViewOf(request.StreamSpecification));
        await DynamoDoor.WriteAsync(http, new TableDescriptionAnswer(Describe(http, table, "CREATING")), DynamoJson.Wire.TableDescriptionAnswer);
    }

    public static Task DescribeTable(HttpContext http)
    {
        var name = NameIn(http);
        var table = Tables(http).Find(name) ?? throw DynamoErrors.TableNotFound(name);
        return DynamoDoor.WriteAsync(http, new TableAnswer(Describe(http, table)), DynamoJson.Wire.TableAnswer);
    }

    public static Task ListTables(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.ListTablesRequest);
        new Validation().RequireRange(request.Limit, "limit", 1, ListMax).ThrowIfAny();
        var limit = request.Limit ?? ListMax;
        var names = Tables(http).All.Select(table => table.Name)
            .Where(name => request.ExclusiveStartTableName is not { } after || string.CompareOrdinal(name, after) > 0).Take(limit + 1).ToArray();
        return DynamoDoor.WriteAsync(
            http, new ListTablesAnswer([.. names.Take(limit)], names.Length > limit ? names[limit - 1] : null), DynamoJson.Wire.ListTablesAnswer);
    }

    public static async Task DeleteTable(HttpContext http)
    {
        var table = await Tables(http).DeleteAsync(NameIn(http));
        await DynamoDoor.WriteAsync(http, new TableDescriptionAnswer(Describe(http, table, "DELETING")), DynamoJson.Wire.TableDescriptionAnswer);
    }

    internal static TableDirectory Tables(HttpContext http) => DynamoDoor.Service<TableDirectory>(http);

    internal static TableDescriptionWire Describe(HttpContext http, TableModel table, string status = "ACTIVE") =>
        TableDescriptionWire.Of(table, Tables(http), DynamoDoor.Service<AwsHome>(http), status);

    internal static string NameIn(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.TableRequest);
        DynamoDoor.Request(http).Table = request.TableName;
        return TableNames.Require(request.TableName);
    }
}
