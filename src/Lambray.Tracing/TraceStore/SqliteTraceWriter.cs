using Lambray.Tracing.Segments;
using Microsoft.Data.Sqlite;

namespace Lambray.Tracing.TraceStore;

/// <summary>Writes documents on the connection of the database's writer, with statements that are prepared once for its whole life.</summary>
sealed class SqliteTraceWriter : IDisposable
{
    const string PutDocument =
        """
        INSERT INTO document (trace, id, started, ended, json) VALUES ($trace, $id, $started, $ended, $json)
        ON CONFLICT DO UPDATE SET started = excluded.started, ended = excluded.ended, json = excluded.json
        WHERE excluded.ended IS NOT NULL OR document.ended IS NULL
        """;

    const string TouchTrace =
        """
        INSERT INTO trace (id, started, ended, updated, revision) VALUES ($trace, $started, $ended, $updated, 1)
        ON CONFLICT DO UPDATE SET
            started = min(started, excluded.started),
            ended = coalesce(max(ended, excluded.ended), ended, excluded.ended),
            updated = max(updated, excluded.updated),
            revision = revision + 1
        """;

    readonly SqliteConnection connection;
    readonly SqliteCommand putDocument;
    readonly SqliteCommand touchTrace;

    public SqliteTraceWriter(SqliteConnection connection)
    {
        this.connection = connection;
        putDocument = Prepare(connection, PutDocument, "$trace", "$id", "$started", "$ended", "$json");
        touchTrace = Prepare(connection, TouchTrace, "$trace", "$started", "$ended", "$updated");
    }

    public void Write(IReadOnlyList<StoredDocument> documents, SegmentTime received)
    {
        JoinTransaction();
        foreach (var document in documents) Write(document);
        foreach (var trace in documents.GroupBy(document => document.TraceId)) Touch(trace.Key, [.. trace], received);
    }

    public void Dispose()
    {
        putDocument.Dispose();
        touchTrace.Dispose();
    }

    // The connection tells its transaction only to commands that it makes.
    void JoinTransaction()
    {
        using var current = connection.CreateCommand();
        putDocument.Transaction = touchTrace.Transaction = current.Transaction;
    }

    void Write(StoredDocument document) => Run(
        putDocument, TraceKey.Of(document.TraceId), unchecked((long)document.Id.Value),
        document.Start.EpochMicroseconds, document.End?.EpochMicroseconds, document.Json.ToArray());

    void Touch(TraceId id, IReadOnlyList<StoredDocument> documents, SegmentTime received) => Run(
        touchTrace, TraceKey.Of(id), documents.Min(document => document.Start.EpochMicroseconds),
        documents.Max(document => document.End?.EpochMicroseconds), received.EpochMicroseconds);

    static SqliteCommand Prepare(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        return command;
    }

    static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}
