using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>What a request would have cost in AWS ("DynamoDB read and write operations" in the Developer Guide).</summary>
sealed class CapacityUnits
{
    const int WriteUnitBytes = 1024;
    const int ReadUnitBytes = 4096;

    // A transaction does everything twice: it prepares, and commits.
    const double TransactionFactor = 2;

    readonly Dictionary<string, double> byIndex = [];
    readonly TableModel table;
    readonly bool isRead;
    readonly bool showsKind;
    double tableUnits;

    CapacityUnits(HttpContext http, TableModel table, bool isRead, bool showsKind)
    {
        (this.table, this.isRead, this.showsKind) = (table, isRead, showsKind);
        // Whether or not the caller wants to know.
        DynamoDoor.Request(http).Spent.Add(this);
    }

    public TableModel Table => table;

    public bool IsRead => isRead;

    /// <summary>Of the table and its local indexes, which share its capacity.</summary>
    public double OfTable => tableUnits + table.LocalIndexes.Sum(index => byIndex.GetValueOrDefault(index.Name));

    public IEnumerable<(string Index, double Units)> OfGlobalIndexes => table.GlobalIndexes.Where(index => byIndex.ContainsKey(index.Name)).Select(index => (index.Name, byIndex[index.Name]));

    public static CapacityUnits OfWrites(HttpContext http, TableModel table, IEnumerable<ItemChange> changes, bool inTransaction = false)
    {
        var units = new CapacityUnits(http, table, isRead: false, inTransaction);
        var factor = inTransaction ? TransactionFactor : 1;
        foreach (var change in changes)
        {
            units.tableUnits += factor * WriteUnits(change.Bytes);
            foreach (var (index, bytes) in change.IndexBytes) units.Add(index.Name, factor * WriteUnits(bytes));
        }
        return units;
    }

    public static CapacityUnits OfReads(HttpContext http, TableModel table, IEnumerable<int> itemBytes, bool isConsistent, bool inTransaction = false)
    {
        var units = new CapacityUnits(http, table, isRead: true, inTransaction);
        foreach (var bytes in itemBytes) units.tableUnits += inTransaction ? TransactionFactor * ReadUnits(bytes, true) : ReadUnits(bytes, isConsistent);
        return units;
    }

    public static CapacityUnits OfPage(HttpContext http, TableModel table, IndexModel? index, ItemPage page, bool isConsistent)
    {
        var units = new CapacityUnits(http, table, isRead: true, showsKind: false);
        var read = ReadUnits(page.Bytes, isConsistent);
        if (index is null) units.tableUnits = read;
        else units.Add(index.Name, read);
        if (page.FetchedUnitBytes > 0) units.tableUnits += ReadUnits(page.FetchedUnitBytes, isConsistent);
        return units;
    }

    /// <param name="asked">INDEXES, TOTAL or NONE.</param>
    /// <returns>Null when nobody wants to know.</returns>
    public ConsumedCapacityWire? Shown(string? asked)
    {
        if (asked is not ("INDEXES" or "TOTAL")) return null;
        var total = tableUnits + byIndex.Values.Sum();
        var shown = Wire(total) with { TableName = table.Name };
        if (asked == "TOTAL") return shown;
        return shown with
        {
            Table = Wire(tableUnits),
            LocalSecondaryIndexes = Of(table.LocalIndexes),
            GlobalSecondaryIndexes = Of(table.GlobalIndexes),
        };
    }

    static double WriteUnits(int bytes) => Math.Max(1, (bytes + WriteUnitBytes - 1) / WriteUnitBytes);

    static double ReadUnits(int bytes, bool isConsistent) => Math.Max(1, (bytes + ReadUnitBytes - 1) / ReadUnitBytes) * (isConsistent ? 1 : 0.5);

    void Add(string index, double units) => byIndex[index] = byIndex.GetValueOrDefault(index) + units;

    Dictionary<string, ConsumedCapacityWire>? Of(IEnumerable<IndexModel> indexes)
    {
        var found = indexes.Where(index => byIndex.ContainsKey(index.Name)).ToDictionary(index => index.Name, index => Wire(byIndex[index.Name]));
        return found.Count == 0 ? null : found;
    }

    ConsumedCapacityWire Wire(double units) => new()
    {
        CapacityUnits = units,
        ReadCapacityUnits = showsKind && isRead ? units : null,
        WriteCapacityUnits = showsKind && !isRead ? units : null,
    };
}

sealed record ConsumedCapacityWire
{
    public string? TableName { get; init; }

    public double CapacityUnits { get; init; }

    public double? ReadCapacityUnits { get; init; }

    public double? WriteCapacityUnits { get; init; }

    public ConsumedCapacityWire? Table { get; init; }

    public Dictionary<string, ConsumedCapacityWire>? LocalSecondaryIndexes { get; init; }

    public Dictionary<string, ConsumedCapacityWire>? GlobalSecondaryIndexes { get; init; }
}
