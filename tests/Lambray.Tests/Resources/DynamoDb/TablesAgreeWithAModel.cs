using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;
using Xunit;

namespace Lambray.Tests.Resources.DynamoDb;

/// <summary>A table, its index and its stream beside a dictionary that gets the same changes, by random examples.</summary>
public sealed class TablesAgreeWithAModel
{
    const int Changes = 1500;
    const int Queries = 300;

    readonly int seed = Random.Shared.Next();
    readonly Dictionary<(string, DynamoNumber), MapValue> model = [];

    [Fact]
    public async Task Whatever_was_written_is_read_counted_indexed_and_streamed()
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(seed);
        await using (var world = new TablesWorld(directory.Path))
        {
            var table = await world.CreateAsync(AttributeType.N, StreamView.NewAndOldImages, TablesWorld.Index("by-g", "g", "n"));
            for (var i = 0; i < Changes; i += 50) await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ChangeAsync(world, table, random)));
            for (var i = 0; i < Queries; i++) Query(world, table, random);
            Compare(world, table);
        }
        // All of it comes back from disk.
        await using var again = new TablesWorld(directory.Path);
        Compare(again, again.Tables.Get("table"));
        var grown = await again.Tables.ChangeAsync(
            "table", table => table with { Indexes = [.. table.Indexes, TablesWorld.Index("later", "g") with { Status = IndexStatus.Creating }] });
        await Eventually(() => again.Tables.Get("table").FindIndex("later")!.Status == IndexStatus.Active);
        Assert.Equal(Indexed().Count(), All(again, grown, grown.FindIndex("later")).Count);
        Assert.Equal(Indexed().Count(), again.Tables.CountOf(grown.FindIndex("later")!.Number).Items);
    }

    static async Task Eventually(Func<bool> holds) => await Server.Eventually.HoldsAsync(() => Task.FromResult(holds()));

    async Task ChangeAsync(TablesWorld world, TableModel table, Random random)
    {
        var (partition, sort) = ($"p{random.Next(3)}\0{(random.Next(2) == 0 ? "\u0001" : "")}", DynamoNumber.Parse($"{random.Next(-30, 30)}e{random.Next(-2, 3)}"));
        var key = TablesWorld.Item(("p", TablesWorld.Text(partition)), ("s", new NumberValue(sort)));
        if (random.Next(4) == 0)
        {
            model.Remove((partition, sort));
            await world.Items.WriteAsync(new ItemDelete(table, key));
            return;
        }
        var item = new MapValue(new Dictionary<string, AttributeValue>(key.Entries) { ["v"] = TablesWorld.Number($"{random.Next(1000)}") });
        if (random.Next(3) > 0)
            item = new MapValue(new Dictionary<string, AttributeValue>(item.Entries) { ["g"] = TablesWorld.Text($"g{random.Next(3)}"), ["n"] = TablesWorld.Number($"{random.Next(50)}") });
        model[(partition, sort)] = item;
        await world.Items.WriteAsync(new ItemPut(table, item));
    }

    void Query(TablesWorld world, TableModel table, Random random)
    {
        var partition = TablesWorld.Text($"p{random.Next(3)}\0");
        var (low, high) = (DynamoNumber.Of(random.Next(-400, 100)), DynamoNumber.Of(random.Next(100, 400)));
        var test = (KeyOperator)random.Next(5) is var simple && random.Next(5) > 0 ? new KeyTest(simple, new NumberValue(low)) : new KeyTest(KeyOperator.Between, new NumberValue(low), new NumberValue(high));
        var conditions = new KeyConditions(new Dictionary<string, KeyTest> { ["p"] = new(KeyOperator.Equal, partition), ["s"] = test });
        var (start, end) = conditions.RangeIn(table, index: null);
        var isBackward = random.Next(2) == 0;
        var expected = model.Where(entry => entry.Key.Item1 == partition.Text && Fits(entry.Key.Item2)).OrderBy(entry => entry.Key.Item2).Select(entry => entry.Value);
        if (isBackward) expected = expected.Reverse();
        var walk = new ItemWalk(table, null, start, end) { IsBackward = isBackward, LimitMax = random.Next(1, 5) };
        Assert.True(Pages(world, walk).SequenceEqual(expected), $"{test} of {partition.Text}, seed {seed}");

        bool Fits(DynamoNumber sort) => test.Operator switch
        {
            KeyOperator.Equal => sort == low,
            KeyOperator.Less => sort < low,
            KeyOperator.LessOrEqual => sort <= low,
            KeyOperator.Greater => sort > low,
            KeyOperator.GreaterOrEqual => sort >= low,
            _ => sort >= low && sort <= high,
        };
    }

    void Compare(TablesWorld world, TableModel table)
    {
        var index = table.FindIndex("by-g")!;
        Assert.True(All(world, table, null).ToHashSet().SetEquals(model.Values), $"seed {seed}");
        Assert.Equal(model.Count, world.Tables.CountOf(table.Number).Items);
        Assert.Equal(model.Values.Sum(ItemSize.Of), world.Tables.CountOf(table.Number).Bytes);
        Assert.True(All(world, table, index).ToHashSet().SetEquals(Indexed()), $"seed {seed}");
        Assert.Equal(Indexed().Count(), world.Tables.CountOf(index.Number).Items);
        Assert.Equal(Indexed().Sum(ItemSize.Of), world.Tables.CountOf(index.Number).Bytes);
        // Whoever makes all changes of the stream anew has the table.
        var stream = world.Streams.All.Single();
        var replayed = new Dictionary<MapValue, MapValue>();
        for (var (position, page) = (0L, world.Streams.Read(stream, stream.Shards[0], 0, 100)); page.Records.Count > 0; page = world.Streams.Read(stream, stream.Shards[0], position, 100))
        {
            position = page.Position;
            foreach (var record in page.Records)
            {
                Assert.Equal(record.OldImage, replayed.GetValueOrDefault(record.Keys));
                if (record.NewImage is { } image) replayed[record.Keys] = image;
                else replayed.Remove(record.Keys);
            }
        }
        Assert.True(replayed.Values.ToHashSet().SetEquals(model.Values), $"seed {seed}");
    }

    IEnumerable<MapValue> Indexed() => model.Values.Where(item => item.Find("g") is not null);

    static List<MapValue> All(TablesWorld world, TableModel table, IndexModel? index)
    {
        const int Segments = 3;
        return [.. Enumerable.Range(0, Segments).SelectMany(segment =>
        {
            var (start, end) = TableRange.Of(table, index, segment, Segments);
            return Pages(world, new ItemWalk(table, index, start, end) { LimitMax = 7 });
        })];
    }

    static List<MapValue> Pages(TablesWorld world, ItemWalk walk)
    {
        var items = new List<MapValue>();
        while (true)
        {
            var page = world.Reader.Read(walk);
            items.AddRange(page.Items);
            if (page.Last is not { } last) return items;
            walk = walk with { After = last };
        }
    }
}
