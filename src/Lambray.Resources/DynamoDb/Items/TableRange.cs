using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>Where all items of a table or an index lie, or those of a segment of a parallel scan.</summary>
public static class TableRange
{
    public static (byte[] Start, byte[] End) Of(TableModel table, IndexModel? index, int segment = 0, int segments = 1) =>
        ItemKeys.Range(index?.Number ?? table.Number, segment, segments);
}
