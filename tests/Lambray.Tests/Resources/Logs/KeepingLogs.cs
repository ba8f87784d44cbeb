using System.Text;
using Lambray.Aws;
using Lambray.Resources.Logs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Resources.Logs;

public sealed class KeepingLogs : IAsyncLifetime
{
    const string Group = "/aws/lambda/sample";
    const int Megabyte = 1024 * 1024;

    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly TemporaryDirectory directory = new();
    readonly FakeTimeProvider time = new(Noon);
    LogStore store = null!;

    LogDirectory Groups => new(store, time);

    public ValueTask InitializeAsync()
    {
        store = Open();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Keeps_events_of_streams_that_nobody_made_also_across_a_restart()
    {
        var stream = store.OpenStream(Group, "one");
        stream.Append(Noon, "START\n"u8);
        stream.Append(Noon.AddMilliseconds(3), Encoding.UTF8.GetBytes(new string('ä', 5000)));
        await store.DisposeAsync();
        store = Open();
        stream = store.OpenStream(Group, "one");
        stream.Append(Noon.AddMilliseconds(2), "from before\n"u8);

        var events = await ReadAsync(new LogQuery(Group, 0, long.MaxValue));
        var listed = Assert.Single(await Groups.ListStreamsAsync(Group));

        Assert.Equal(["START\n", "from before\n", new string('ä', 5000)], events.Select(Text));
        Assert.Equal((Noon.ToUnixTimeMilliseconds(), Noon.ToUnixTimeMilliseconds() + 3), (listed.FirstEvent, listed.LastEvent));
        Assert.Equal(10_018, (await Groups.GetGroupAsync(Group)).StoredBytes);
    }

    [Fact]
    public async Task Reads_streams_together_in_the_order_of_time_from_either_end_and_on_from_any_event()
    {
        var random = new Random(20260301);
        await Groups.CreateGroupAsync(Group, group => group);
        foreach (var stream in (string[])["a", "b", "ab"])
        {
            await Groups.CreateStreamAsync(Group, stream);
            for (var block = 0; block < 20; block++)
                await store.PutAsync(Group, stream, Enumerable.Range(0, 10).Select(_ => Event(random.Next(0, 5000), stream)));
        }

        var all = await ReadAsync(new LogQuery(Group, Milliseconds(1000), Milliseconds(4000)));
        var fromEnd = await ReadAsync(new LogQuery(Group, Milliseconds(1000), Milliseconds(4000)) { FromEnd = true });
        var prefixed = await ReadAsync(new LogQuery(Group, 0, long.MaxValue) { StreamPrefix = "a" });
        var rest = await ReadAsync(new LogQuery(Group, Milliseconds(1000), Milliseconds(4000)) { Beyond = all[99].Position });
        var restFromEnd = await ReadAsync(new LogQuery(Group, Milliseconds(1000), Milliseconds(4000)) { Beyond = all[99].Position, FromEnd = true });

        Assert.Equal(Positions(all).Order(), Positions(all));
        Assert.All(all, item => Assert.InRange(item.Timestamp, Milliseconds(1000), Milliseconds(3999)));
        Assert.Equal(Positions(all.Reverse()), Positions(fromEnd));
        Assert.Equal(400, prefixed.Count);
        Assert.Equal(Positions(all.Skip(100)), Positions(rest));
        Assert.Equal(Positions(all.Take(99).Reverse()), Positions(restFromEnd));
        Assert.Equal(all[5].Position, LogPosition.TryParse(all[5].Position.ToString(), out var position) ? position : default);
    }

    [Fact]
    public async Task Drops_what_came_first_when_there_is_no_room_left()
    {
        await store.DisposeAsync();
        store = Open(bytesMax: 2 * Megabyte);
        var random = new Random(1);
        var noise = new byte[2000];
        var stream = store.OpenStream(Group, "noisy");
        for (var i = 0; i < 4000; i++)
        {
            random.NextBytes(noise);
            BitConverter.TryWriteBytes(noise, i);
            stream.Append(Noon.AddMilliseconds(i), noise);
            if (i % 100 == 99) await store.FlushAsync();
        }

        var left = await ReadAsync(new LogQuery(Group, 0, long.MaxValue));

        Assert.InRange(left.Count, 200, 1100);
        Assert.Equal(Enumerable.Range(4000 - left.Count, left.Count), left.Select(item => BitConverter.ToInt32(item.Message.Span)));
        Assert.Equal(left.Count * 2000, (await Groups.GetGroupAsync(Group)).StoredBytes);
        Assert.InRange(new FileInfo(Path.Combine(directory.Path, "logs.db")).Length, 0, 4 * Megabyte);
    }

    [Fact]
    public async Task Forgets_events_after_their_groups_days_and_streams_that_have_none_left()
    {
        store.OpenStream(Group, "old").Append(Noon, "old\n"u8);
        store.OpenStream("/other", "old").Append(Noon, "old\n"u8);
        await store.FlushAsync();
        await Groups.ChangeGroupAsync(Group, group => group with { RetentionDays = 3 });
        time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromSeconds(1));
        store.OpenStream(Group, "new").Append(time.GetUtcNow(), "new\n"u8);

        Assert.Equal(["new\n"], (await ReadAsync(new LogQuery(Group, 0, long.MaxValue))).Select(Text));
        Assert.Equal(["new"], (await Groups.ListStreamsAsync(Group)).Select(stream => stream.Name));
        Assert.Equal(["old\n"], (await ReadAsync(new LogQuery("/other", 0, long.MaxValue))).Select(Text));
    }

    [Fact]
    public void Says_what_it_had_no_room_for_when_more_is_logged_than_can_be_written()
    {
        var hurried = 0;
        var buffer = new LogBuffer(bytesMax: 1000, () => hurried++);
        var stream = new LogStreamWriter(buffer, Group, "flood");
        for (var i = 0; i < 30; i++) stream.Append(Noon, new byte[100]);
        Assert.Equal(1, hurried);

        var taken = PackedEvents.Unpack(Assert.Single(stream.Take(Noon)).Pack());
        stream.Append(Noon, new byte[100]);
        buffer.GiveBackRoom(1000);
        stream.Append(Noon, new byte[100]);

        Assert.Equal(11, taken.Count);
        Assert.Equal("[20 log events were not kept: more was logged than could be written]\n", Encoding.UTF8.GetString(taken[10].Message.Span));
        Assert.Equal(2, PackedEvents.Unpack(Assert.Single(stream.Take(Noon)).Pack()).Count);
    }

    [Fact]
    public async Task Deletes_groups_with_what_waits_in_memory_and_makes_them_anew_for_a_writer_that_goes_on()
    {
        var stream = store.OpenStream(Group, "one");
        stream.Append(Noon, "before\n"u8);

        await Groups.DeleteGroupAsync(Group);
        var gone = await Assert.ThrowsAsync<AwsException>(() => ReadAsync(new LogQuery(Group, 0, long.MaxValue)));
        stream.Append(Noon, "after\n"u8);

        Assert.Equal("ResourceNotFoundException", gone.Code);
        Assert.Equal(["after\n"], (await ReadAsync(new LogQuery(Group, 0, long.MaxValue))).Select(Text));
    }

    static IEnumerable<LogPosition> Positions(IEnumerable<StoredEvent> events) => events.Select(item => item.Position);

    static long Milliseconds(int afterNoon) => Noon.ToUnixTimeMilliseconds() + afterNoon;

    static LogEvent Event(int afterNoon, string text) => new(Milliseconds(afterNoon), Encoding.UTF8.GetBytes(text));

    static string Text(StoredEvent item) => Encoding.UTF8.GetString(item.Message.Span);

    Task<IReadOnlyList<StoredEvent>> ReadAsync(LogQuery query) => store.ReadAsync<IReadOnlyList<StoredEvent>>(query, events => [.. events]);

    LogStore Open(long bytesMax = long.MaxValue) => LogStore.Open(directory.Path, new LogRetention(bytesMax), time, NullLogger<LogStore>.Instance);
}
