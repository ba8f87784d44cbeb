using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Streams;

namespace Lambray.Resources.DynamoDb.Tables;

/// <summary>The tables of the account.</summary>
/// <remarks>A change is made in its turn among all writes, and is seen by those that come after it.</remarks>
public sealed class TableDirectory
{
    readonly DynamoDatabase database;
    readonly WriteTurns turns;
    readonly TableStreams streams;
    readonly AwsHome home;
    readonly ConcurrentDictionary<string, TableModel> tables = new(StringComparer.Ordinal);

    public TableDirectory(DynamoDatabase database, WriteTurns turns, TableStreams streams, AwsHome home)
    {
        (this.database, this.turns, this.streams, this.home) = (database, turns, streams, home);
        using var cursor = database.Rocks.Walk(database.Tables, [0], [255]);
        while (cursor.MoveNext())
        {
            var table = JsonSerializer.Deserialize(cursor.Value, TableRowJson.Default.TableModel)!;
            tables[table.Name] = table;
        }
    }

    /// <summary>By name.</summary>
    public IEnumerable<TableModel> All => tables.Values.OrderBy(table => table.Name, StringComparer.Ordinal);

    /// <summary>Raised when a table has parts that are to be filled.</summary>
    internal event Action? Unfilled;

    public TreeCount CountOf(long number) => turns.Counts[number];

    /// <param name="nameOrArn">Clients may name a table either way.</param>
    public TableModel? Find(string nameOrArn) => tables.GetValueOrDefault(TableNames.NameOf(nameOrArn, home));

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public TableModel Get(string nameOrArn) => Find(nameOrArn) ?? throw DynamoErrors.TableNotFound();

    /// <param name="plan">Whose numbers, and whose stream, are given here.</param>
    /// <exception cref="AwsException">ResourceInUseException.</exception>
    public Task<TableModel> CreateAsync(TableModel plan, StreamView? stream) => turns.TakeAsync(turn =>
    {
        if (tables.ContainsKey(plan.Name)) throw DynamoErrors.InUse($"Table already exists: {plan.Name}");
        var table = plan with
        {
            Number = turns.Counts.TakeNumber(),
            Indexes = [.. plan.Indexes.Select(index => index with { Number = turns.Counts.TakeNumber() })],
        };
        if (stream is { } view) table = table with { Stream = streams.Enable(turn, table, view) };
        Save(turn, table);
        return table;
    });

    /// <exception cref="AwsException">It is not there, or the change is refused.</exception>
    public async Task<TableModel> ChangeAsync(string nameOrArn, Func<TableModel, TableModel> change)
    {
        var changed = await turns.TakeAsync(turn =>
        {
            var table = Get(nameOrArn);
            var changed = change(table);
            changed = changed with
            {
                Indexes = [.. changed.Indexes.Select(index => index.Number == 0 ? index with { Number = turns.Counts.TakeNumber() } : index)],
                TimeToLive = changed.TimeToLive is { Number: 0 } time ? time with { Number = turns.Counts.TakeNumber() } : changed.TimeToLive,
            };
            foreach (var number in TreesOf(table).Except(TreesOf(changed))) Clear(turn, number);
            Save(turn, changed);
            return changed;
        });
        if (changed.IsUnfilled) Unfilled?.Invoke();
        return changed;
    }

    /// <param name="isEnabled">What it is to be; null for what it is.</param>
    /// <exception cref="AwsException">It is so already.</exception>
    public static void RequireStreamChange(TableModel table, bool? isEnabled)
    {
        if (isEnabled == true && table.Stream is { IsEnabled: true }) throw DynamoErrors.Invalid($"Table already has an enabled stream: TableName: {table.Name}");
        if (isEnabled == false && table.Stream is not { IsEnabled: true }) throw DynamoErrors.Invalid($"Table doesn't have a stream to disable: TableName: {table.Name}");
    }

    /// <summary>Begins the stream of a table.</summary>
    public Task<TableModel> EnableStreamAsync(string nameOrArn, StreamView view) => turns.TakeAsync(turn =>
    {
        var table = Get(nameOrArn);
        RequireStreamChange(table, isEnabled: true);
        var changed = table with { Stream = streams.Enable(turn, table, view) };
        Save(turn, changed);
        return changed;
    });

    /// <summary>Ends the stream of a table; its records stay for a day.</summary>
    public Task<TableModel> DisableStreamAsync(string nameOrArn) => turns.TakeAsync(turn =>
    {
        var table = Get(nameOrArn);
        RequireStreamChange(table, isEnabled: false);
        var stream = table.Stream!;
        streams.Disable(turn, stream.Number);
        var changed = table with { Stream = stream with { IsEnabled = false } };
        Save(turn, changed);
        return changed;
    });

    /// <exception cref="AwsException">It is not there, or protected.</exception>
    public async Task<TableModel> DeleteAsync(string nameOrArn)
    {
        var deleted = await turns.TakeAsync(turn =>
        {
            var table = Find(nameOrArn) ?? throw DynamoErrors.TableNotFound(nameOrArn);
            if (table.IsProtected)
                throw DynamoErrors.Invalid("Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
            if (table.Stream is { IsEnabled: true } stream) streams.Disable(turn, stream.Number);
            foreach (var number in TreesOf(table)) Clear(turn, number);
            tables.TryRemove(table.Name, out _);
            turn.OnFailure(() => tables[table.Name] = table);
            turn.SaveRow(database.Tables, Encoding.UTF8.GetBytes(table.Name), null);
            return table;
        });
        Reclaim(deleted);
        return deleted;
    }

    /// <summary>In a turn of its own writer: what the table is now, if it is still the same.</summary>
    internal TableModel Require(TableModel table) =>
        tables.GetValueOrDefault(table.Name) is { } current && current.Number == table.Number ? current : throw DynamoErrors.TableNotFound();

    internal void Save(WriteTurn turn, TableModel table)
    {
        var before = tables.GetValueOrDefault(table.Name);
        tables[table.Name] = table;
        turn.OnFailure(() =>
        {
            if (before is null) tables.TryRemove(table.Name, out _);
            else tables[table.Name] = before;
        });
        turn.SaveRow(database.Tables, Encoding.UTF8.GetBytes(table.Name), JsonSerializer.SerializeToUtf8Bytes(table, TableRowJson.Default.TableModel));
    }

    static IEnumerable<long> TreesOf(TableModel table) =>
        table.Indexes.Select(index => index.Number).Append(table.Number).Concat(table.TimeToLive is { } time ? [time.Number] : []);

    void Clear(WriteTurn turn, long number)
    {
        turn.DeleteRange(database.Items, ItemKeys.Range(number));
        turn.DeleteRange(database.Indexes, ItemKeys.Range(number));
        var count = turns.Counts[number];
        turn.Count(number, -count.Items, -count.Bytes);
        turn.OnKept(() => turns.Counts.Forget(number));
    }

    // What was deleted is hidden already; whole files of it need not wait for a compaction to be gone.
    void Reclaim(TableModel table)
    {
        var (start, end) = ItemKeys.Range(table.Number);
        database.Rocks.DeleteRange(database.Items, start, end);
    }
}
