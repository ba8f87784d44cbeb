using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.Metrics;
using Lambray.Resources.Sqs;
using Lambray.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Resources.Sqs;

/// <summary>Queues while time goes by: what is kept, what goes, and what CloudWatch is told of it.</summary>
public sealed class KeepingMessages : IAsyncLifetime
{
    static readonly AwsHome Home = new("123456789012", "eu-central-1");
    static readonly Dictionary<string, string> NoTags = [];

    readonly TemporaryDirectory directory = new();
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));
    MessagingDatabase database = null!;
    MetricStore metrics = null!;
    QueueDirectory queues = null!;

    public ValueTask InitializeAsync()
    {
        database = MessagingDatabase.Open(directory.Path);
        metrics = MetricStore.Open(directory.Path, new MetricRetention(long.MaxValue), time, NullLogger<MetricStore>.Instance);
        queues = new QueueDirectory(database, metrics, Home, time, NullLogger<QueueDirectory>.Instance);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await queues.DisposeAsync();
        await metrics.DisposeAsync();
        await database.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task What_is_being_deleted_while_others_expire_does_not_come_again()
    {
        var queue = await CreateAsync("short", ("MessageRetentionPeriod", "60"));
        await SendAsync(queue, "old");
        time.Advance(TimeSpan.FromSeconds(50));
        await SendAsync(queue, "young");
        await SendAsync(queue, "younger");
        var received = await ReceiveAsync(queue, 3);

        using var disk = new SlowDisk(database);
        var deleting = queue.DeleteAsync(received[1].ReceiptHandle);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((0, 1, 0), queue.Counts());
        var showing = queue.ChangeVisibilityAsync(received[2].ReceiptHandle, TimeSpan.Zero);
        var receiving = ReceiveAsync(queue, 3);
        disk.Go();
        await deleting;
        await showing;

        Assert.Equal(["younger"], Bodies(await receiving));
        Assert.Equal((0, 1, 0), queue.Counts());
    }

    [Fact]
    public async Task What_is_on_its_way_to_the_dead_letter_queue_is_in_no_other_whatever_expires_meanwhile()
    {
        var dead = await CreateAsync("dead");
        var queue = await CreateAsync("source", ("MessageRetentionPeriod", "60"), ("VisibilityTimeout", "1"), ("RedrivePolicy", Redrive(dead)));
        await SendAsync(queue, "old");
        time.Advance(TimeSpan.FromSeconds(40));
        await SendAsync(queue, "failing");
        await ReceiveAsync(queue, 2);
        time.Advance(TimeSpan.FromSeconds(15));
        await SendAsync(queue, "fresh");

        using var disk = new SlowDisk(database);
        var first = ReceiveAsync(queue, 10);
        time.Advance(TimeSpan.FromSeconds(5));
        var second = ReceiveAsync(queue, 10);
        disk.Go();

        Assert.Equal(["fresh"], Bodies(await first));
        Assert.Empty(await second);
        await Eventually.HoldsAsync(() => dead.Counts().Visible == 3, "all in the dead-letter queue");
        Assert.Equal(["failing", "fresh", "old"], Bodies(await ReceiveAsync(dead, 10)).Order());
        Assert.Equal((0, 0, 0), queue.Counts());
    }

    [Fact]
    public async Task Messages_whose_dead_letter_queue_is_gone_go_on_being_received()
    {
        var dead = await CreateAsync("gone");
        var queue = await CreateAsync("orphan", ("VisibilityTimeout", "5"), ("RedrivePolicy", Redrive(dead)));
        await SendAsync(queue, "kept");
        await ReceiveAsync(queue, 1);
        await queues.DeleteAsync("gone");
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(await ReceiveAsync(queue, 1));

        await Eventually.HoldsAsync(() => queue.Counts() == (0, 1, 0), "put back");
        await queues.SetAttributesAsync("orphan", new Dictionary<string, string> { ["RedrivePolicy"] = "" });
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["kept"], Bodies(await ReceiveAsync(queue, 1)));
    }

    [Fact]
    public async Task CloudWatch_is_told_what_comes_and_goes_and_each_minute_what_is_left()
    {
        var queue = await CreateAsync("watched");
        await SendAsync(queue, "four");
        await SendAsync(queue, "eleven more");
        Assert.Equal(2, (await ReceiveAsync(queue, 10)).Count);
        Assert.Empty(await ReceiveAsync(queue, 10));
        time.Advance(TimeSpan.FromSeconds(30));
        var received = await ReceiveAsync(queue, 1);
        await queue.DeleteAsync(received[0].ReceiptHandle);
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal((2, 2), await FoundAsync("NumberOfMessagesSent"));
        Assert.Equal((2, 15), await FoundAsync("SentMessageSize"));
        Assert.Equal((2, 3), await FoundAsync("NumberOfMessagesReceived"));
        Assert.Equal((1, 1), await FoundAsync("NumberOfEmptyReceives"));
        Assert.Equal((1, 1), await FoundAsync("NumberOfMessagesDeleted"));
        Assert.Equal((1, 1), await FoundAsync("ApproximateNumberOfMessagesVisible"));
        Assert.Equal((1, 0), await FoundAsync("ApproximateNumberOfMessagesDelayed"));
        Assert.Equal((1, 60), await FoundAsync("ApproximateAgeOfOldestMessage"));
    }

    async Task<MessageQueue> CreateAsync(string name, params (string Name, string Value)[] attributes) =>
        await queues.CreateAsync(name, attributes.ToDictionary(one => one.Name, one => one.Value), NoTags);

    static string Redrive(MessageQueue target) => $$"""{"deadLetterTargetArn":"{{target.Config.Arn(Home)}}","maxReceiveCount":1}""";

    static Task<IReadOnlyList<SentMessage>> SendAsync(MessageQueue queue, string body) => queue.SendAsync([new NewMessage(body)]);

    static Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(MessageQueue queue, int most) =>
        queue.ReceiveAsync(most, queue.Config.VisibilityTimeout, TimeSpan.Zero, attemptId: null, TestContext.Current.CancellationToken);

    static IEnumerable<string> Bodies(IEnumerable<ReceivedMessage> received) => received.Select(message => message.Message.Body);

    /// <summary>How many values there are of a metric of the queue <c>watched</c>, and their sum.</summary>
    async Task<(double Count, double Sum)> FoundAsync(string metric)
    {
        var day = MetricPeriods.Aligned(time.GetUtcNow(), time.GetUtcNow().AddHours(1), TimeSpan.FromDays(1));
        var point = Assert.Single(await metrics.ReadAsync(new MetricId("AWS/SQS", metric, new MetricDimension("QueueName", "watched")), day));
        return (point.Values.Count, point.Values.Sum);
    }

    /// <summary>Has everything that is written from now on wait.</summary>
    sealed class SlowDisk : IDisposable
    {
        readonly ManualResetEvent goes = new(initialState: false);

        public SlowDisk(MessagingDatabase database) => _ = database.Writes.CommitAsync(_ => goes.WaitOne(), isSynced: false);

        public void Go() => goes.Set();

        // A test that failed must not keep the database from closing.
        public void Dispose() => Go();
    }
}
