using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Lambray.Storage;

/// <summary>One embedded database file: any number of readers, and a single writer that commits many writes with one sync.</summary>
/// <remarks>
/// A write whose task has completed survives <c>kill -9</c> and power loss (write-ahead log, synchronous=FULL).
/// A write that throws is rolled back alone; the others of its batch are kept.
/// </remarks>
public sealed class SqliteDatabase : IAsyncDisposable
{
    const int QueuedWritesMax = 10_000;
    const int BatchMax = 512;

    readonly string connectionString;
    readonly SqliteConnection writer;
    readonly Channel<PendingWrite> pending = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(QueuedWritesMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    readonly Task writing;

    SqliteDatabase(string connectionString, SqliteConnection writer)
    {
        this.connectionString = connectionString;
        this.writer = writer;
        writing = Task.Factory.StartNew(WriteBatches, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>Something was committed. Raised on the writer's thread, once for many writes: whoever listens must be quick.</summary>
    public event Action? Written;

    /// <summary>Opens or creates the file and brings its schema up to date.</summary>
    /// <param name="migrations">Statements in the order they were ever added; never edited once released, only appended to.</param>
    public static SqliteDatabase Open(string path, IReadOnlyList<string> migrations)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, ForeignKeys = true }.ToString();
        var writer = Connect(connectionString);
        writer.Run("PRAGMA journal_mode=WAL");
        Migrate(writer, migrations);
        return new SqliteDatabase(connectionString, writer);
    }

    /// <summary>Runs a write in the next batch; the task completes once it is on disk.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write)
    {
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        T value = default!;
        await pending.Writer.WriteAsync(new PendingWrite(
            connection => value = write(connection), () => outcome.TrySetResult(value), error => outcome.TrySetException(error)));
        return await outcome.Task;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<SqliteConnection> write) => WriteAsync(connection => { write(connection); return true; });

    /// <summary>Reads what was committed before the call, on a connection of its own.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        using var connection = Connect(connectionString);
        return read(connection);
    }

    public async ValueTask DisposeAsync()
    {
        pending.Writer.Complete();
        await writing;
        writer.Dispose();
        using var pool = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(pool);
    }

    static SqliteConnection Connect(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Run("PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000");
        return connection;
    }

    static void Migrate(SqliteConnection connection, IReadOnlyList<string> migrations)
    {
        var done = (int)connection.One("PRAGMA user_version", row => row.GetInt64(0));
        if (done > migrations.Count)
            throw new InvalidDataException($"{connection.DataSource} was written by a newer version of Lambray (schema {done}, known {migrations.Count}).");
        for (var next = done; next < migrations.Count; next++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Run(migrations[next]);
            connection.Run($"PRAGMA user_version={next + 1}");
            transaction.Commit();
        }
    }

    async Task WriteBatches()
    {
        var batch = new List<PendingWrite>(BatchMax);
        while (await pending.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchMax && pending.Reader.TryRead(out var write)) batch.Add(write);
            Commit(batch);
            batch.Clear();
        }
    }

    void Commit(List<PendingWrite> batch)
    {
        var applied = new List<PendingWrite>(batch.Count);
        try
        {
            using var transaction = writer.BeginTransaction();
            foreach (var write in batch)
                if (Apply(transaction, write, isAlone: batch.Count == 1)) applied.Add(write);
            if (applied.Count > 0) transaction.Commit();
        }
        catch (SqliteException error)
        {
            // Nothing of the batch was kept; those that had failed by themselves keep their own error.
            batch.ForEach(write => write.Fail(error));
            return;
        }
        applied.ForEach(write => write.Complete());
        if (applied.Count > 0) Written?.Invoke();
    }

    // A write alone in its batch has the whole transaction to itself.
    bool Apply(SqliteTransaction transaction, PendingWrite write, bool isAlone)
    {
        if (!isAlone) transaction.Save("one");
        try
        {
            write.Apply(writer);
            if (!isAlone) transaction.Release("one");
            return true;
        }
        // Whatever a write throws belongs to its caller; the batch goes on without it.
        catch (Exception error)
        {
            if (!isAlone) transaction.Rollback("one");
            write.Fail(error);
            return false;
        }
    }

    sealed record PendingWrite(Action<SqliteConnection> Apply, Action Complete, Action<Exception> Fail);
}
