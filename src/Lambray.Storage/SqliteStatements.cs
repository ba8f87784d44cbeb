using Microsoft.Data.Sqlite;

namespace Lambray.Storage;

/// <summary>Short forms for running one SQL statement; parameters are named <c>$1</c>, <c>$2</c>, … in order.</summary>
public static class SqliteStatements
{
    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public static int Run(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> parameters)
    {
        using var command = Prepare(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    public static List<T> All<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters)
    {
        using var command = Prepare(connection, sql, parameters);
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read()) all.Add(read(rows));
        return all;
    }

    /// <summary>The rows one by one, for those that are too many to hold; the connection may be used for others meanwhile.</summary>
    public static IEnumerable<T> Each<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params object?[] parameters)
    {
        using var command = Prepare(connection, sql, parameters);
        using var rows = command.ExecuteReader();
        while (rows.Read()) yield return read(rows);
    }

    /// <summary>The first row, or the type's default when there is none.</summary>
    public static T? One<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters)
    {
        using var command = Prepare(connection, sql, parameters);
        using var rows = command.ExecuteReader();
        return rows.Read() ? read(rows) : default;
    }

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static SqliteCommand Prepare(SqliteConnection connection, string sql, ReadOnlySpan<object?> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters.Length; i++) command.Parameters.AddWithValue($"${i + 1}", parameters[i] ?? DBNull.Value);
        return command;
    }
}
