using Lambray.Aws;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>Fills indexes that were added to tables with the items that were there before, a few in each turn; begins anew after a crash.</summary>
public sealed partial class TableFilling : IAsyncDisposable
{
    const int ItemsPerTurn = 200;

    readonly DynamoDatabase database;
    readonly WriteTurns turns;
    readonly TableDirectory tables;
    readonly TimeProvider time;
    readonly ILogger<TableFilling> logger;
    readonly SemaphoreSlim wanted = new(1, int.MaxValue);
    readonly CancellationTokenSource stopping = new();
    Task filling = Task.CompletedTask;

    public TableFilling(DynamoDatabase database, WriteTurns turns, TableDirectory tables, TimeProvider time, ILogger<TableFilling> logger)
    {
        (this.database, this.turns, this.tables, this.time, this.logger) = (database, turns, tables, time, logger);
        tables.Unfilled += Wake;
    }

    public void Start() => filling = Task.Run(FillAllAsync);

    public async ValueTask DisposeAsync()
    {
        tables.Unfilled -= Wake;
        await stopping.CancelAsync();
        await filling;
        stopping.Dispose();
        wanted.Dispose();
    }

    void Wake() => wanted.Release();

    async Task FillAllAsync()
    {
        try
        {
            while (true)
            {
                await wanted.WaitAsync(stopping.Token);
                while (tables.All.FirstOrDefault(table => table.IsUnfilled) is { } table) await FillAsync(table);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next server goes on.
        }
        catch (Exception error)
        {
            LogFailed(error);
        }
    }

    async Task FillAsync(TableModel table)
    {
        try
        {
            byte[]? at = ItemKeys.Range(table.Number).Start;
            while (at is not null)
            {
                stopping.Token.ThrowIfCancellationRequested();
                at = await turns.TakeAsync(turn => FillPart(turn, table, at));
            }
            // In a turn of its own: whoever sees that an index is active finds all that is in it on disk.
            await turns.TakeAsync(turn =>
            {
                tables.Save(turn, Filled(tables.Require(table), table));
                return true;
            });
        }
        // It was deleted meanwhile.
        catch (AwsException error) when (error.Code == "ResourceNotFoundException")
        {
        }
    }

    /// <returns>Where the next part begins; null when all is filled.</returns>
    byte[]? FillPart(WriteTurn turn, TableModel asFound, byte[] at)
    {
        var table = tables.Require(asFound);
        var left = ItemsPerTurn;
        using var cursor = database.Rocks.Walk(database.Items, at, ItemKeys.Range(table.Number).End);
        while (cursor.MoveNext())
        {
            var key = cursor.Key.ToArray();
            if (left-- == 0) return key;
            if (turn.Find(database.Items, key) is { } item) Fill(turn, table, asFound, item);
        }
        return null;
    }

    void Fill(WriteTurn turn, TableModel table, TableModel asFound, MapValue item)
    {
        foreach (var index in asFound.Indexes.Where(index => index.Status == IndexStatus.Creating && table.FindIndex(index.Name)?.Number == index.Number))
        {
            if (index.EntryOf(item, table.Key) is not { } entry) continue;
            var key = ItemKeys.Of(table, index, entry);
            if (turn.Find(database.Indexes, key) is not null) continue;
            turn.Save(database.Indexes, key, entry);
            turn.Count(index.Number, 1, ItemSize.Of(entry));
        }
        if (table.TimeToLive is { IsFilled: false } expiring && expiring.ExpiryOf(item, time.GetUtcNow()) is { } second)
            turn.SaveRow(database.Indexes, ItemKeys.OfExpiry(table, second, item), []);
    }

    // What was added while we filled is filled next.
    static TableModel Filled(TableModel table, TableModel asFound) => table with
    {
        Indexes = [.. table.Indexes.Select(index => asFound.Indexes.Any(found => found.Number == index.Number) ? index with { Status = IndexStatus.Active } : index)],
        TimeToLive = table.TimeToLive is { } time && time.Number == asFound.TimeToLive?.Number ? time with { IsFilled = true } : table.TimeToLive,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Indexes cannot be filled until the server starts anew")]
    partial void LogFailed(Exception error);
}
