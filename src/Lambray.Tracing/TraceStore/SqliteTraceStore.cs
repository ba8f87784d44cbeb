using Lambray.Storage;
using Lambray.Tracing.Segments;
using Microsoft.Data.Sqlite;

namespace Lambray.Tracing.TraceStore;

/// <summary>The embedded trace store: one SQLite file, clustered by trace id.</summary>
/// <remarks>
/// Times are microseconds since 1970; a trace id is its 16 bytes, so that ids sort by their time part.
/// <code>
/// trace     id          started           ended             updated           revision
///           6b038d87…   1795394952020000  1795394952042000  1795394952100000  2
/// document  trace       id                started           ended             json
///           6b038d87…   6820017331925…    1795394952020000  1795394952042000  {"id":"5e97f57bb11bed5b",…
///           6b038d87…   -1892735112…      1795394952045000  NULL              {"id":…,"in_progress":true}
/// </code>
/// </remarks>
public sealed class SqliteTraceStore : ITraceStore, IAsyncDisposable
{
    const string FileName = "traces.db";

    static readonly string[] Migrations =
    [
        """
        CREATE TABLE trace (
            id BLOB NOT NULL PRIMARY KEY, started INTEGER NOT NULL, ended INTEGER, updated INTEGER NOT NULL, revision INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX trace_by_start ON trace (started, id);
        CREATE TABLE document (
            trace BLOB NOT NULL, id INTEGER NOT NULL, started INTEGER NOT NULL, ended INTEGER, json BLOB NOT NULL, PRIMARY KEY (trace, id)
        ) WITHOUT ROWID;
        """,
    ];

    readonly SqliteDatabase database;

    // Used by the database's writer only, always with the same connection.
    SqliteTraceWriter? writer;

    SqliteTraceStore(SqliteDatabase database) => this.database = database;

    public static SqliteTraceStore Open(string directory) => new(SqliteDatabase.Open(Path.Combine(directory, FileName), Migrations));

    public Task AppendAsync(IReadOnlyList<StoredDocument> documents, DateTimeOffset received) =>
        database.WriteAsync(connection => (writer ??= new SqliteTraceWriter(connection)).Write(documents, SegmentTime.From(received)));

    public ValueTask<StoredTrace> ReadAsync(TraceId id) => ValueTask.FromResult(database.Read(connection => Read(connection, id)));

    public ValueTask<IReadOnlyList<TraceMark>> FindAsync(TraceTimeRange range, TraceMark? after, int countMax) =>
        ValueTask.FromResult<IReadOnlyList<TraceMark>>(database.Read(connection => Find(connection, range, after, countMax)));

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        writer?.Dispose();
    }

    static StoredTrace Read(SqliteConnection connection, TraceId id)
    {
        var key = TraceKey.Of(id);
        var documents = connection.All(
            "SELECT id, started, ended, json FROM document WHERE trace = $1 ORDER BY id",
            row => new StoredDocument(
                id, new SegmentId(unchecked((ulong)row.GetInt64(0))), Time(row.GetInt64(1)),
                row.IsDBNull(2) ? null : Time(row.GetInt64(2)), row.GetFieldValue<byte[]>(3)),
            key);
        var revision = connection.One("SELECT revision FROM trace WHERE id = $1", row => row.GetInt32(0), key);
        return new StoredTrace(id, revision, documents);
    }

    static List<TraceMark> Find(SqliteConnection connection, TraceTimeRange range, TraceMark? after, int countMax)
    {
        var condition = range.Type switch
        {
            TraceTimeRangeType.Event => "updated >= $1 AND started < $2",
            TraceTimeRangeType.Service => "ended >= $1 AND ended < $2",
            _ => "started >= $1 AND started < $2",
        };
        return connection.All(
            $"SELECT started, id FROM trace WHERE {condition} AND (started, id) < ($3, $4) ORDER BY started DESC, id DESC LIMIT $5",
            row => new TraceMark(row.GetInt64(0), TraceKey.Read(row.GetFieldValue<byte[]>(1))),
            SegmentTime.From(range.Start).EpochMicroseconds, SegmentTime.From(range.End).EpochMicroseconds,
            after?.StartMicroseconds ?? long.MaxValue, after is { } mark ? TraceKey.Of(mark.TraceId) : [], countMax);
    }

    static SegmentTime Time(long microseconds) => new(microseconds / 1e6);
}
