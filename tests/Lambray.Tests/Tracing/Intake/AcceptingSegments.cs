using System.Text;
using Lambray.Aws;
using Lambray.Tracing.Intake;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;
using Lambray.Tracing.TraceStore.Rocks;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Lambray.Tests.Tracing.Intake;

public sealed class AcceptingSegments : IDisposable
{
    readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Keeps_what_is_good_and_reports_the_rest()
    {
        await using var store = RocksTraceStore.Open(directory.Path, TimeSpan.FromDays(30));
        await using var intake = Open(store);

        var unprocessed = await intake.AcceptAsync(
            [SegmentDocument.WriteAsSent(TestSegments.Segment()), TestSegments.Utf8("[]"), TestSegments.Utf8("nonsense")]);

        Assert.Equal(["MissingId", "InvalidDocument"], unprocessed.Select(one => one.ErrorCode));
        Assert.Single(await store.ReadAsync(TestSegments.TraceId));
        Assert.Equal(new IntakeCounts(Received: 3, Accepted: 1, Rejected: 2, Dropped: 0), intake.Counts);
    }

    [Fact]
    public async Task Takes_an_array_for_the_documents_in_it()
    {
        await using var store = RocksTraceStore.Open(directory.Path, TimeSpan.FromDays(30));
        await using var intake = Open(store);
        var elements = new ulong[] { 2, 3 }.Select(id => Encoding.UTF8.GetString(SegmentDocument.WriteAsSent(TestSegments.Subsegment(id: id, parent: 1)).Span));

        var unprocessed = await intake.AcceptAsync(
            [TestSegments.Utf8($" [{string.Join(',', elements)}, {{}}]"), TestSegments.Utf8("[{]"), TestSegments.Utf8("[]")]);

        Assert.Equal(["MissingId", "InvalidDocument", "MissingId"], unprocessed.Select(one => one.ErrorCode));
        Assert.Equal([2UL, 3], (await store.ReadAsync(TestSegments.TraceId)).Select(document => document.Id.Value));
        Assert.Equal(new IntakeCounts(Received: 5, Accepted: 2, Rejected: 3, Dropped: 0), intake.Counts);
    }

    [Fact]
    public async Task Stores_our_own_segments()
    {
        await using var store = RocksTraceStore.Open(directory.Path, TimeSpan.FromDays(30));
        await using var intake = Open(store);

        await intake.AcceptAsync([TestSegments.Segment(name: "my-function", origin: "AWS::Lambda")]);
        await intake.AcceptAsync([TestSegments.Subsegment(id: 7, parent: 1)]);

        Assert.Equal(2, (await store.ReadAsync(TestSegments.TraceId)).Count);
        await Assert.ThrowsAsync<ArgumentException>(() => intake.AcceptAsync([TestSegments.Subsegment(parent: null)]));
    }

    [Fact]
    public async Task Stores_a_segment_of_ours_that_is_longer_than_a_sender_s_may_be()
    {
        await using var store = RocksTraceStore.Open(directory.Path, TimeSpan.FromDays(30));
        await using var intake = Open(store);
        var cause = new Cause(Message: new string('x', SegmentDocument.BytesMax));

        await intake.AcceptAsync([TestSegments.Segment() with { Cause = cause }]);

        Assert.Equal(cause, (await new StoredTraces(store).FindAsync(TestSegments.TraceId))!.Root!.Cause);
    }

    [Fact]
    public async Task Keeps_out_what_nobody_could_read_again()
    {
        await using var store = RocksTraceStore.Open(directory.Path, TimeSpan.FromDays(30));
        await using var intake = Open(store);

        var unprocessed = await intake.AcceptAsync(
            [TestSegments.Segment(name: "ends before it starts", start: 2, end: 1), TestSegments.Segment(name: "<no name>")]);

        Assert.Equal(["InvalidEndTime", "InvalidName"], unprocessed.Select(one => one.ErrorCode));
        Assert.Empty(await store.ReadAsync(TestSegments.TraceId));
    }

    [Fact]
    public async Task Stores_the_datagrams_that_it_took_before_it_is_closed()
    {
        await using var store = RocksTraceStore.Open(directory.Path, TimeSpan.FromDays(30));
        await using (var intake = Open(store))
        {
            foreach (var name in SamplePackets.Names) Assert.True(intake.TryAcceptDatagram(SamplePackets.Packet(name)));
            Assert.False(intake.TryAcceptDatagram(TestSegments.Utf8("no packet")));
            await intake.DisposeAsync();
            var packets = SamplePackets.Names.Count;
            Assert.Equal(new IntakeCounts(Received: packets + 1, Accepted: packets, Rejected: 1, Dropped: 0), intake.Counts);
        }

        var trace = Assert.IsType<Subsegment>(SamplePackets.Entity("node-v3-000")).TraceId!.Value;
        Assert.Equal(3, (await store.ReadAsync(trace)).Count);
    }

    [Fact]
    public async Task Refuses_a_batch_when_too_much_is_being_stored()
    {
        var store = new FakeTraceStore();
        await using var intake = Open(store);
        var batch = Enumerable.Repeat(SegmentDocument.WriteAsSent(TestSegments.Segment()), 6_000).ToArray();
        var first = intake.AcceptAsync(batch);

        var refusal = await Assert.ThrowsAsync<AwsException>(() => intake.AcceptAsync(batch));
        store.Disk.SetResult();
        await first;

        Assert.Equal(("ThrottledException", 429), (refusal.Code, refusal.Status));
        Assert.Empty(await intake.AcceptAsync(batch));
        Assert.Equal(new IntakeCounts(Received: 18_000, Accepted: 12_000, Rejected: 0, Dropped: 6_000), intake.Counts);
    }

    [Fact]
    public async Task Drops_and_counts_datagrams_beyond_its_queue()
    {
        var store = new FakeTraceStore();
        await using var intake = Open(store);
        var document = SegmentDocument.WriteAsSent(TestSegments.Segment());

        var taken = Enumerable.Range(0, 100_000).Count(_ => intake.TryAccept(document));
        store.Disk.SetResult();
        await intake.DisposeAsync();

        Assert.InRange(taken, 65_000, 70_000);
        Assert.Equal(new IntakeCounts(Received: 100_000, Accepted: taken, Rejected: 0, Dropped: 100_000 - taken), intake.Counts);
    }

    [Fact]
    public async Task Counts_documents_that_the_store_lost()
    {
        var store = new FakeTraceStore();
        await using var intake = Open(store);
        store.Disk.SetException(new IOException("disk full"));

        await Assert.ThrowsAsync<IOException>(() => intake.AcceptAsync([TestSegments.Segment()]));
        intake.TryAccept(SegmentDocument.WriteAsSent(TestSegments.Segment()));
        await intake.DisposeAsync();

        Assert.Equal(new IntakeCounts(Received: 2, Accepted: 0, Rejected: 0, Dropped: 2), intake.Counts);
    }

    static SegmentIntake Open(ITraceStore store) => new(store, new IntakeBacklog(), TimeProvider.System, NullLogger<SegmentIntake>.Instance);
}
