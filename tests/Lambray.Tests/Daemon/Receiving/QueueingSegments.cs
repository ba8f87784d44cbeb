using Lambray.Daemon;
using Lambray.Daemon.Receiving;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Daemon.Receiving;

public sealed class QueueingSegments : IDisposable
{
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly FakeTimeProvider time = new();
    readonly DaemonCounters counters = new();
    readonly DatagramBuffers buffers;
    readonly SegmentQueue queue;
    readonly WaitingSegment[] batch;
    int inHand;

    public QueueingSegments()
    {
        // 3 MB are 48 buffers, so fewer than a whole batch; 4 MB are 64.
        buffers = new DatagramBuffers(4);
        queue = new SegmentQueue(buffers, counters, time);
        batch = new WaitingSegment[queue.BatchSize];
        inHand = queue.Rent();
    }

    public void Dispose()
    {
        queue.Dispose();
        buffers.Dispose();
    }

    [Fact]
    public async Task A_full_batch_goes_at_once()
    {
        Receive(0, 50);

        Assert.Equal(50, await queue.TakeAsync(batch));
        Assert.Equal(Enumerable.Range(0, 50), batch.Select(segment => segment.Length));
    }

    [Fact]
    public async Task A_partial_batch_goes_a_second_after_its_first_document()
    {
        var taking = queue.TakeAsync(batch).AsTask();
        Receive(0, 1);
        time.Advance(Second / 2);
        Receive(1, 1);
        time.Advance((Second / 2) - Moment);
        Assert.False(taking.IsCompleted);

        // The alarm is set by whoever waits, a moment after the first document has woken him.
        await Server.Eventually.HoldsAsync(() =>
        {
            time.Advance(Moment);
            return taking.IsCompleted;
        }, "the batch goes");

        Assert.Equal(2, await taking);
    }

    [Fact]
    public async Task Whatever_there_is_goes_when_no_buffer_is_left()
    {
        using var few = new DatagramBuffers(3);
        using var small = new SegmentQueue(few, counters, time);
        Assert.Equal((48, 48), (few.Count, small.BatchSize));
        var hand = small.Rent();
        for (var number = 0; number < 47; number++) hand = small.Exchange(new WaitingSegment(hand, 0, number), out _);

        Assert.Equal(47, await small.TakeAsync(new WaitingSegment[small.BatchSize]));
    }

    [Fact]
    public async Task A_full_queue_drops_its_oldest()
    {
        Receive(0, 63);

        Assert.Equal([SegmentFate.KeptInPlaceOfOldest, SegmentFate.KeptInPlaceOfOldest], Receive(63, 2));
        Assert.Equal(2, counters.Take().Spilled);
        Assert.Equal(50, await queue.TakeAsync(batch));
        Assert.Equal(Enumerable.Range(2, 50), batch.Select(segment => segment.Length));
    }

    [Fact]
    public async Task A_document_is_dropped_while_every_buffer_is_being_sent_from()
    {
        Receive(0, 63);
        Assert.Equal(50, await queue.TakeAsync(batch));
        Assert.Equal(13, await queue.TakeAsync(new WaitingSegment[50]));

        Assert.Equal([SegmentFate.Dropped], Receive(63, 1));
        queue.Return(batch);
        Assert.Equal([SegmentFate.Kept], Receive(64, 1));
    }

    [Fact]
    public async Task What_is_left_goes_when_nothing_more_will_come()
    {
        Receive(0, 3);
        queue.Close();

        Assert.Equal(3, await queue.TakeAsync(batch));
        Assert.Equal(0, await queue.TakeAsync(batch));
    }

    [Fact]
    public async Task The_memory_of_a_busy_time_is_given_back_but_not_the_receiver_s_buffer()
    {
        for (var buffer = 0; buffer < buffers.Count; buffer++) buffers[buffer][0] = 1;
        Receive(0, 50);
        Assert.Equal(50, await queue.TakeAsync(batch));
        time.Advance(2 * Second);
        Assert.Equal(1, buffers[batch[0].Buffer][0]);

        queue.Return(batch);
        Receive(50, 50);
        Assert.Equal(50, await queue.TakeAsync(batch));
        queue.Return(batch);
        time.Advance(2 * Second);

        Assert.All(Enumerable.Range(0, buffers.Count), buffer => Assert.Equal(buffer == inHand ? 1 : 0, buffers[buffer][0]));
    }

    [Fact]
    public async Task No_document_is_lost_or_sent_twice_between_many_threads()
    {
        const int Documents = 20_000;
        var taken = new int[Documents];
        var senders = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var own = new WaitingSegment[queue.BatchSize];
            while (await queue.TakeAsync(own) is > 0 and var count)
            {
                foreach (var segment in own.AsSpan(0, count)) Interlocked.Increment(ref taken[segment.Length]);
                queue.Return(own.AsSpan(0, count));
            }
        })).ToArray();

        Receive(0, Documents);
        queue.Close();
        await Task.WhenAll(senders);

        Assert.All(taken, times => Assert.InRange(times, 0, 1));
        Assert.Equal(Documents, taken.Sum() + counters.Take().Spilled);
    }

    SegmentFate[] Receive(int first, int count) => [.. Enumerable.Range(first, count).Select(number =>
    {
        inHand = queue.Exchange(new WaitingSegment(inHand, 0, number), out var fate);
        return fate;
    })];
}
