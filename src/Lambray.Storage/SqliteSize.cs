using Microsoft.Data.Sqlite;

namespace Lambray.Storage;

/// <summary>How much of its file a database uses.</summary>
public static class SqliteSize
{
    /// <summary>Without the pages that were emptied: those are filled again before the file grows.</summary>
    public static long UsedBytes(this SqliteConnection connection) =>
        (connection.Pragma("page_count") - connection.Pragma("freelist_count")) * connection.Pragma("page_size");

    static long Pragma(this SqliteConnection connection, string name) => connection.One($"PRAGMA {name}", row => row.GetInt64(0));
}
