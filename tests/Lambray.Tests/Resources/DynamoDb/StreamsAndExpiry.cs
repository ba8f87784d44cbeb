using Lambray.Aws;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Streams;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;
using Xunit;

namespace Lambray.Tests.Resources.DynamoDb;

/// <summary>What time does to tables: records are kept for a day, shards follow each other, items expire, transactions may be sent again for ten minutes.</summary>
public sealed class StreamsAndExpiry
{
    static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shards_follow_each_other_and_what_is_a_day_old_goes()
    {
        using var directory = new TemporaryDirectory();
        await using var world = new TablesWorld(directory.Path);
        var table = await world.CreateAsync(stream: StreamView.KeysOnly);
        await PutAsync(world, table, "1");
        var (stream, first) = Newest(world);
        var waiting = world.Streams.WaitAsync(stream, first, world.Streams.Latest(stream, first), Cancellation);
        Assert.False(waiting.IsCompleted);
        world.Time.Advance(TimeSpan.FromHours(5));
        await PutAsync(world, table, "2");
        // The end of a shard is news, too.
        await waiting;
        var (later, second) = Newest(world);
        Assert.Equal([null, first.Id], later.Shards.Select(shard => shard.ParentId));
        var page = world.Streams.Read(later, later.Shards[0], later.Shards[0].First, 100);
        Assert.True(page is { Records: [{ Event: StreamEvent.Insert, NewImage: null }], IsEnd: true });
        Assert.Equal("2", Sort(Assert.Single(world.Streams.Read(later, second, world.Streams.TrimHorizon(later, second), 100).Records)));

        world.Time.Advance(TimeSpan.FromHours(20));
        await world.Streams.TrimAsync();
        (later, var only) = Newest(world);
        Assert.Equal(second.Id, Assert.Single(later.Shards).Id);
        await world.Tables.DeleteAsync("table");
        Assert.NotNull(world.Streams.Find(later.Arn(world.Home).ToString())?.Disabled);
        Assert.True(world.Streams.Read(later, only, only.First, 100).IsEnd);
        world.Time.Advance(TimeSpan.FromHours(25));
        await world.Streams.TrimAsync();
        Assert.Empty(world.Streams.All);
    }

    [Fact]
    public async Task Items_expire_and_the_stream_says_who_deleted_them()
    {
        using var directory = new TemporaryDirectory();
        await using var world = new TablesWorld(directory.Path);
        var table = await world.CreateAsync(stream: StreamView.OldImage);
        var now = world.Time.GetUtcNow().ToUnixTimeSeconds();
        // One is there before it is known when items expire.
        await PutAsync(world, table, "1", ("until", TablesWorld.Number($"{now + 50}")));
        await world.Tables.ChangeAsync("table", current => current with { TimeToLive = new TimeToLiveModel("until", 0) });
        await Server.Eventually.HoldsAsync(() => Task.FromResult(world.Tables.Get("table").TimeToLive!.IsFilled));
        await PutAsync(world, table, "2", ("until", TablesWorld.Number($"{now + 5000}")));
        await PutAsync(world, table, "3", ("until", TablesWorld.Text("soon")));
        await PutAsync(world, table, "4", ("until", TablesWorld.Number($"{now + 40}")));
        await PutAsync(world, table, "4");
        world.Time.Advance(TimeSpan.FromSeconds(60));
        await world.Expiry.SweepAsync();

        Assert.Equal(3, world.Tables.CountOf(table.Number).Items);
        var (stream, shard) = Newest(world);
        var last = world.Streams.Read(stream, shard, shard.First, 100).Records[^1];
        Assert.True(last is { Event: StreamEvent.Remove, Origin.IsByService: true, OldImage: not null } && Sort(last) == "1");
    }

    [Fact]
    public async Task A_transaction_that_comes_again_is_made_once()
    {
        using var directory = new TemporaryDirectory();
        await using var world = new TablesWorld(directory.Path);
        var table = await world.CreateAsync();
        var put = new ItemPut(table, ItemOf("1"));
        Assert.NotNull(await world.Items.TransactAsync([put], new TransactionToken("token", [1])));
        Assert.Null(await world.Items.TransactAsync([put], new TransactionToken("token", [1])));
        var other = await Assert.ThrowsAsync<AwsException>(() => world.Items.TransactAsync([put], new TransactionToken("token", [2])));
        Assert.Equal("IdempotentParameterMismatchException", other.Code);
        world.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.NotNull(await world.Items.TransactAsync([put], new TransactionToken("token", [2])));
    }

    static async Task PutAsync(TablesWorld world, TableModel table, string sort, params (string, AttributeValue)[] more) =>
        await world.Items.WriteAsync(new ItemPut(table, ItemOf(sort, more)));

    static MapValue ItemOf(string sort, params (string, AttributeValue)[] more) => TablesWorld.Item([("p", TablesWorld.Text("p")), ("s", TablesWorld.Number(sort)), .. more]);

    static string Sort(StreamRecord record) => ((NumberValue)record.Keys.Find("s")!).Number.ToString();

    static (StreamState Stream, StreamShard Shard) Newest(TablesWorld world)
    {
        var stream = world.Streams.All.Single();
        return (stream, stream.Shards[^1]);
    }
}
