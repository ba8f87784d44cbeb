using System.Collections.Concurrent;
using System.Text.Json;
using Lambray.Functions.EventSources;
using Xunit;

namespace Lambray.Tests.Functions.EventSources.Streams;

/// <summary>What a function is given of a stream, how often and in which order, and what becomes of what it fails at.</summary>
public sealed class WorkingAtStreams
{
    const string Queue = "arn:aws:sqs:eu-central-1:123456789012:failures";

    static readonly MappingDestinations ToQueue = new(null, new MappingDestination(Queue));

    [Fact]
    public async Task A_batch_gathers_for_its_window_or_until_it_is_full()
    {
        await using var world = new StreamWorld(settings => settings with { BatchSize = 3, MaximumBatchingWindowInSeconds = 10 });
        var shard = world.Log.AddShard();
        for (var n = 0; n < 4; n++) world.Log.Put(shard, "k", n);
        world.Start();
        await world.UntilAsync(() => world.All.Count == 1, "the full batch came", TimeSpan.FromMilliseconds(1));
        Assert.Equal("0,1,2", world.All[0].ToString());

        world.Log.Put(shard, "k", 4);
        var before = world.Time.GetUtcNow();
        await world.UntilAsync(() => world.All.Count == 2, "the rest came");
        Assert.Equal("3,4", world.All[1].ToString());
        Assert.True(world.Time.GetUtcNow() - before >= TimeSpan.FromSeconds(9), "The rest waits for its window.");
    }

    [Fact]
    public async Task A_failing_batch_is_tried_again_with_growing_waits_then_told_and_left_behind()
    {
        await using var world = new StreamWorld(
            settings => settings with { BatchSize = 2, MaximumRetryAttempts = 2, DestinationConfig = ToQueue },
            given => given.Records.Any(record => record.Number == 1) ? StreamWorld.Failed() : StreamWorld.Succeeded());
        var shard = world.Log.AddShard();
        var numbers = Enumerable.Range(0, 4).Select(n => world.Log.Put(shard, "k", n)).ToArray();
        world.Start();
        await world.UntilAsync(() => world.All.Count == 4, "the second batch came");
        Assert.Equal(["0,1", "0,1", "0,1", "2,3"], world.All.Select(given => given.ToString()));
        var told = Assert.Single(world.Told);
        Assert.Equal(["requestContext", "responseContext", "version", "timestamp", "KinesisBatchInfo"], told.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ("request", "arn:aws:lambda:eu-central-1:123456789012:function:worker", "RetryAttemptsExhausted", 3),
            (Text(told, "requestContext", "requestId"), Text(told, "requestContext", "functionArn"), Text(told, "requestContext", "condition"),
                told.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32()));
        Assert.Equal(("$LATEST", "Unhandled"), (Text(told, "responseContext", "executedVersion"), Text(told, "responseContext", "functionError")));
        Assert.Equal((shard, numbers[0], numbers[1]), (Text(told, "KinesisBatchInfo", "shardId"), Text(told, "KinesisBatchInfo", "startSequenceNumber"), Text(told, "KinesisBatchInfo", "endSequenceNumber")));
    }

    [Fact]
    public async Task Bisecting_finds_the_record_that_fails()
    {
        await using var world = new StreamWorld(
            settings => settings with { BatchSize = 8, MaximumRetryAttempts = 1, BisectBatchOnFunctionError = true, MaximumBatchingWindowInSeconds = 1, DestinationConfig = ToQueue },
            given => given.Records.Any(record => record.Number == 5) ? StreamWorld.Failed() : StreamWorld.Succeeded());
        var shard = world.Log.AddShard();
        for (var n = 0; n < 8; n++) world.Log.Put(shard, "k", n);
        world.Start();
        await world.UntilAsync(() => world.All.Count > 0 && world.All[^1].ToString() == "6,7", "all are through");
        Assert.Equal(["0,1,2,3,4,5,6,7", "0,1,2,3", "4,5,6,7", "4,5", "4", "5", "5", "6,7"], world.All.Select(given => given.ToString()));
        Assert.Equal(1, Assert.Single(world.Told).GetProperty("KinesisBatchInfo").GetProperty("batchSize").GetInt32());
    }

    [Fact]
    public async Task What_the_function_reports_as_failed_is_where_it_goes_on()
    {
        await using var world = new StreamWorld(settings => settings with
        {
            BatchSize = 4,
            MaximumRetryAttempts = 3,
            FunctionResponseTypes = ["ReportBatchItemFailures"],
            MaximumBatchingWindowInSeconds = 1,
            DestinationConfig = ToQueue,
        });
        var shard = world.Log.AddShard();
        var numbers = Enumerable.Range(0, 8).Select(n => world.Log.Put(shard, "k", n)).ToArray();
        world.Answer = given => StreamWorld.Succeeded(
            given.Records[0].Number >= 4 ? """{"batchItemFailures":[{"itemIdentifier":"unknown"}]}""" :
            given.Records[^1].Number == 3 ? $$"""{"batchItemFailures":[{"itemIdentifier":"{{numbers[3]}}"},{"itemIdentifier":"{{numbers[Math.Max(2, given.Records[0].Number)]}}"}]}""" : "");
        world.Start();
        await world.UntilAsync(() => world.Told.Count == 2, "both are told");
        // Getting on begins the count of attempts anew (recorded).
        Assert.Equal(["0,1,2,3", "2,3", "2,3", "2,3", "2,3", "4,5,6,7", "4,5,6,7", "4,5,6,7", "4,5,6,7"], world.All.Select(given => given.ToString()));
        Assert.Equal([2, 4], world.Told.Select(told => told.GetProperty("KinesisBatchInfo").GetProperty("batchSize").GetInt32()));
        Assert.All(world.Told, told => Assert.Equal((4, JsonValueKind.Null), (told.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32(), told.GetProperty("responseContext").GetProperty("functionError").ValueKind)));
    }

    [Fact]
    public async Task Records_that_grow_too_old_are_given_up_and_the_younger_go_on()
    {
        await using var world = new StreamWorld(
            settings => settings with { MaximumRecordAgeInSeconds = 60, DestinationConfig = ToQueue },
            given => given.Records.Any(record => record.Number == 0) ? StreamWorld.Failed() : StreamWorld.Succeeded());
        var shard = world.Log.AddShard();
        world.Log.Put(shard, "k", 0);
        world.Start();
        await world.UntilAsync(() => world.All.Count == 5, "it is tried");
        world.Log.Put(shard, "k", 1);
        await world.UntilAsync(() => world.All.Count > 0 && world.All[^1].ToString() == "1", "the younger came");
        var told = Assert.Single(world.Told);
        Assert.Equal("RecordAgeExceeded", Text(told, "requestContext", "condition"));
        // As recorded: of a minute, with an invocation that was due and not made.
        Assert.Equal(8, told.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.False(told.TryGetProperty("responseContext", out _));
    }

    [Fact]
    public async Task A_throttled_batch_waits_and_is_no_attempt()
    {
        var throttles = 0;
        await using var world = new StreamWorld(
            settings => settings with { MaximumRetryAttempts = 0, DestinationConfig = ToQueue }, _ => ++throttles < 6 ? StreamWorld.Throttled() : StreamWorld.Succeeded());
        world.Log.Put(world.Log.AddShard(), "k", 0);
        world.Start();
        await world.UntilAsync(() => world.All.Count == 6, "it came through");
        Assert.Empty(world.Told);
    }

    [Fact]
    public async Task Filters_skip_records_for_good()
    {
        await using var world = new StreamWorld(settings => settings with { FilterCriteria = new FilterCriteria([new FilterPattern("""{"n":[{"numeric":[">",2]}]}""")]) });
        var shard = world.Log.AddShard();
        for (var n = 0; n < 3; n++) world.Log.Put(shard, "k", n);
        world.Start();
        world.Log.Put(shard, "k", 3);
        await world.UntilAsync(() => world.All.Count == 1, "the one that fits came");
        await world.StopAsync();
        world.Start();
        world.Log.Put(shard, "k", 4);
        await world.UntilAsync(() => world.All.Count == 2, "the next came");
        Assert.Equal(["3", "4"], world.All.Select(given => given.ToString()));
    }

    [Fact]
    public async Task Latest_begins_when_the_mapping_was_made_and_a_new_shard_at_its_beginning()
    {
        await using var world = new StreamWorld(settings => settings with { StartingPosition = "LATEST" });
        world.Time.SetUtcNow(world.Time.GetUtcNow());
        var shard = world.Log.AddShard();
        world.Time.Advance(TimeSpan.FromSeconds(1));
        world.Log.Put(shard, "k", 1);
        var child = world.Log.AddShard(shard);
        world.Log.Put(child, "k", 2);
        world.Start();
        await world.UntilAsync(() => world.All.Count == 2, "what came since is given", TimeSpan.FromMilliseconds(1));
        Assert.Equal(["1", "2"], world.All.Select(given => given.ToString()));
    }

    [Fact]
    public async Task A_tumbling_window_hands_its_state_on_and_ends_once()
    {
        await using var world = new StreamWorld(settings => settings with { BatchSize = 2, TumblingWindowInSeconds = 60 });
        world.Answer = given => StreamWorld.Succeeded($$"""{"state":{"sum":{{Sum(given) + given.Records.Sum(record => record.Number)}} } }""");
        var shard = world.Log.AddShard();
        for (var n = 1; n <= 3; n++) world.Log.Put(shard, "k", n);
        world.Start();
        await world.UntilAsync(() => world.All.Count == 2, "the records came", TimeSpan.FromMilliseconds(1));
        // A restart goes on with the window as it was.
        await world.StopAsync();
        world.Start();
        await world.UntilAsync(() => world.All.Count == 3, "the window ended", TimeSpan.FromSeconds(1));
        world.Log.Put(shard, "k", 10);
        world.Time.Advance(TimeSpan.FromSeconds(60));
        world.Log.Put(shard, "k", 20);
        await world.UntilAsync(() => world.All.Count == 7, "two more windows ended", TimeSpan.FromSeconds(1));

        Assert.Equal(["1,2", "3", "!", "10", "!", "20", "!"], world.All.Select(given => given.ToString()));
        Assert.Equal([0, 3, 6, 0, 10, 0, 20], world.All.Select(Sum));
        var first = world.All[0].Event;
        Assert.Equal(("2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z"), (Text(first, "window", "start"), Text(first, "window", "end")));
        Assert.Equal((shard, world.Log.Arn.ToString(), false), (first.GetProperty("shardId").GetString(), first.GetProperty("eventSourceARN").GetString(), first.GetProperty("isWindowTerminatedEarly").GetBoolean()));
    }

    [Fact]
    public async Task A_window_ends_early_when_its_state_grows_too_large_and_with_its_shard()
    {
        await using var world = new StreamWorld(settings => settings with { BatchSize = 1, TumblingWindowInSeconds = 900 });
        world.Answer = given => StreamWorld.Succeeded(given.Records.Any(record => record.Number == 2) ? $$"""{"state":{"sum":99,"x":"{{new string('x', 1024 * 1024)}}" } }""" : """{"state":{"sum":1}}""");
        var shard = world.Log.AddShard();
        for (var n = 1; n <= 3; n++) world.Log.Put(shard, "k", n);
        world.Log.AddShard(shard);
        world.Start();
        await world.UntilAsync(() => world.All.Count == 5, "both windows ended", TimeSpan.FromMilliseconds(1));
        Assert.Equal(["1", "2", "!", "3", "!"], world.All.Select(given => given.ToString()));
        Assert.Equal([false, false, true, false, false], world.All.Select(given => given.Event.GetProperty("isWindowTerminatedEarly").GetBoolean()));
        Assert.Equal([0, 1, 1, 0, 1], world.All.Select(Sum));
    }

    /// <summary>Against a simple model: each key's records in the order in which they were put, none left out, over splits, merges, failures and restarts.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    public async Task Every_key_is_worked_at_in_order_over_resharding_failures_and_restarts(int lanes)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var flaky = new Random(seed + 1);
        var done = new ConcurrentDictionary<string, List<int>>();
        await using var world = new StreamWorld(settings => settings with { BatchSize = 5, ParallelizationFactor = lanes, FunctionResponseTypes = ["ReportBatchItemFailures"] });
        world.Answer = given =>
        {
            int kind;
            lock (flaky) kind = flaky.Next(10);
            if (kind == 0) return StreamWorld.Failed();
            if (kind == 1) return StreamWorld.Throttled();
            foreach (var (key, number) in given.Records) done.GetOrAdd(key, _ => []).Add(number);
            return StreamWorld.Succeeded();
        };
        var model = new Dictionary<string, List<int>>();
        var home = new Dictionary<string, string>();
        var shards = new List<string> { world.Log.AddShard(), world.Log.AddShard() };
        string ShardOf(string key) => shards.Contains(home.GetValueOrDefault(key, "")) ? home[key] : home[key] = shards[random.Next(shards.Count)];
        void MoveTo(IReadOnlyList<string> parents, IReadOnlyList<string> children)
        {
            foreach (var key in home.Keys.Where(key => parents.Contains(home[key])).ToArray()) home[key] = children[random.Next(children.Count)];
            shards.RemoveAll(parents.Contains);
            shards.AddRange(children);
        }

        world.Start();
        for (var n = 0; n < 300; n++)
        {
            switch (random.Next(25))
            {
                case 0 when shards.Count < 6:
                    var split = shards[random.Next(shards.Count)];
                    MoveTo([split], [world.Log.AddShard(split), world.Log.AddShard(split)]);
                    break;
                case 1 when shards.Count > 1:
                    var merged = shards.OrderBy(_ => random.Next()).Take(2).ToArray();
                    MoveTo(merged, [world.Log.AddShard(merged)]);
                    break;
                case 2:
                    await world.StopAsync();
                    world.Start();
                    break;
            }
            var key = $"key {random.Next(12)}";
            world.Log.Put(ShardOf(key), key, n);
            if (!model.TryGetValue(key, out var expected)) model[key] = expected = [];
            expected.Add(n);
            if (random.Next(4) == 0) world.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1000)));
        }
        await world.UntilAsync(() => model.All(of => done.TryGetValue(of.Key, out var came) && of.Value.TrueForAll(came.Contains)), $"everything is worked at (seed {seed})", TimeSpan.FromSeconds(1));
        await world.StopAsync();

        foreach (var (key, expected) in model)
        {
            // What comes again comes from an earlier place on and in order: without such repetitions, it is the model.
            var first = done[key].Where((number, index) => !done[key].Take(index).Contains(number)).ToArray();
            Assert.True(expected.SequenceEqual(first), $"Seed {seed}, {key}: {string.Join(',', done[key])} instead of {string.Join(',', expected)}");
        }
        world.Start();
    }

    static int Sum(Given given) => given.Event.GetProperty("state").TryGetProperty("sum", out var sum) ? sum.GetInt32() : 0;

    static string? Text(JsonElement json, string block, string field) => json.GetProperty(block).GetProperty(field).GetString();
}
