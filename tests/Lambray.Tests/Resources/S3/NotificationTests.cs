using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Multipart;
using Lambray.Resources.S3.Notifications;
using Lambray.Resources.S3.Settings;
using Lambray.Tests.Server;
using Lambray.Tracing;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Lambray.Tests.Resources.S3;

/// <summary>Who is told of what, and what becomes of a target that does not listen.</summary>
public sealed class NotificationTests : IAsyncDisposable
{
    const string Queue = "arn:aws:sqs:eu-central-1:123456789012:queue";

    readonly TemporaryDirectory directory = new();
    readonly ResourcesWorld world;
    readonly Target queue = new();
    readonly ConcurrentQueue<SegmentEntity> passed = new();

    public NotificationTests() => world = new ResourcesWorld(directory.Path);

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Each_change_is_told_in_its_own_words()
    {
        using var delivery = await BeginAsync(new NotificationRule("all", Queue, ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*"], null, null));
        await PutAsync("a b/ü+.txt", "hello");
        await world.Buckets.SetVersioning("pictures", Versioning.Enabled);
        await world.Objects.AlterObject("pictures", "a b/ü+.txt", null, (_, stored) => stored with { Tags = ObjectTags.ForObject([("k", "v")]) }, world.Somebody, ObjectEvent.TagsPut);
        var marker = await world.Objects.DeleteObject("pictures", "a b/ü+.txt", world.Somebody);
        await world.Objects.DeleteObject("pictures", "a b/ü+.txt", world.Somebody, "null");
        // What is not there is deleted without a word; where there are versions, beneath a marker all the same.
        await world.Objects.DeleteObject("pictures", "a b/ü+.txt", world.Somebody, "never");

        var records = await queue.RecordsAsync(4);
        Assert.Equal(
            ["ObjectTagging:Put", "ObjectCreated:Put", "ObjectRemoved:DeleteMarkerCreated", "ObjectRemoved:Delete"], records.Select(record => record.GetProperty("eventName").GetString()));
        Assert.Equal(
            """{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-central-1","eventTime":"2026-03-01T12:00:00.000Z","eventName":"ObjectCreated:Put","userIdentity":{"principalId":"AWS:AKIDEXAMPLE"},"requestParameters":{"sourceIPAddress":"127.0.0.1"},"responseElements":{"x-amz-request-id":"REQUEST","x-amz-id-2":"HOST"},"s3":{"s3SchemaVersion":"1.0","configurationId":"all","bucket":{"name":"pictures","ownerIdentity":{"principalId":"AKIDEXAMPLE"},"arn":"arn:aws:s3:::pictures"},"object":{"key":"a+b/%C3%BC%2B.txt","size":5,"eTag":"5d41402abc4b2a76b9719d911017c592","sequencer":"…"}}}""",
            records[1].GetRawText().Replace(SequencerOf(records[1]), "…", StringComparison.Ordinal));
        Assert.Equal("2.3", records[0].GetProperty("eventVersion").GetString());
        var gone = records[2].GetProperty("s3").GetProperty("object");
        Assert.Equal(["key", "eTag", "versionId", "sequencer"], gone.EnumerateObject().Select(member => member.Name));
        Assert.Equal(marker.VersionId, gone.GetProperty("versionId").GetString());
        Assert.Equal(["key", "versionId", "sequencer"], records[3].GetProperty("s3").GetProperty("object").EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Only_what_the_rules_are_about_is_told()
    {
        using var delivery = await BeginAsync(
            new NotificationRule("pictures", Queue, ["s3:ObjectCreated:*"], "in/", ".png"),
            new NotificationRule("uploads", Queue, ["s3:ObjectCreated:CompleteMultipartUpload"], "big/", null));
        foreach (var key in (string[])["in/a.jpg", "out/a.png", "in/a.png", "big/a"]) await PutAsync(key, "x");
        await world.Objects.DeleteObject("pictures", "in/a.png", world.Somebody);
        var upload = await world.Uploads.Create(new NewObject("pictures", "big/b", ObjectMetadata.None), PartChecksums.Default);
        using var body = await world.Objects.Receive(new MemoryStream([1]), cancellation: TestContext.Current.CancellationToken);
        var part = await world.Uploads.PutPart(upload, 1, body);
        await world.Uploads.Complete("pictures", "big/b", upload.Id, new UploadCompletion([new ChosenPart(1, part.ETag, null)], WriteConditions.None), world.Somebody);

        var told = (await queue.RecordsAsync(2)).Select(record => record.GetProperty("s3")).Select(s3 => (s3.GetProperty("configurationId").GetString(), s3.GetProperty("object").GetProperty("key").GetString()));
        Assert.Equal([("pictures", "in/a.png"), ("uploads", "big/b")], told);
        Assert.Equal(0, Waiting());
    }

    [Fact]
    public async Task A_target_that_fails_is_told_again_later_each_time_and_one_that_refuses_is_not()
    {
        queue.Refusal = new IOException("not now");
        using var delivery = await BeginAsync(new NotificationRule("all", Queue, ["s3:ObjectCreated:*"], null, null));
        await PutAsync("a", "x");
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await queue.AskedAsync(attempt);
            await Eventually.HoldsAsync(() => Attempts() == attempt, "the failure is written down");
            world.Time.Advance(TimeSpan.FromSeconds(Math.Pow(2, attempt - 1)));
        }
        queue.Refusal = null;
        await queue.AskedAsync(4);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await queue.RecordsAsync(1);

        queue.Refusal = new AwsException("AccessDenied", 403, "no more");
        await PutAsync("b", "x");
        await Eventually.HoldsAsync(() => Waiting() == 0, "it is given up");
        Assert.Single(await queue.RecordsAsync(1));
    }

    [Fact]
    public async Task What_was_not_delivered_is_delivered_by_the_next_server()
    {
        using var kept = new TemporaryDirectory();
        await using (var before = new ResourcesWorld(kept.Path))
        {
            await before.Buckets.CreateBucket("pictures");
            await Configure(before, new NotificationRule("all", Queue, ["s3:ObjectCreated:*"], null, null));
            using var body = await before.Objects.Receive(new MemoryStream([1]), cancellation: TestContext.Current.CancellationToken);
            await before.Objects.PutObject(new NewObject("pictures", "key", ObjectMetadata.None), body, before.Somebody);
        }
        await using var after = new ResourcesWorld(kept.Path);
        using var delivery = Deliver(after);
        Assert.Equal("ObjectCreated:Put", (await queue.RecordsAsync(1)).Single().GetProperty("eventName").GetString());
        await delivery.StopAsync();
    }

    [Theory]
    [InlineData("a/", "", "a/b/", "", true)]
    [InlineData("a/", "", "b/", "", false)]
    [InlineData("", ".jpg", "", ".png", false)]
    [InlineData("a", ".jpg", "ab", "g", true)]
    public async Task Rules_for_the_same_event_must_not_meet(string prefix, string suffix, string otherPrefix, string otherSuffix, bool isRefused)
    {
        await world.Buckets.CreateBucket("pictures");
        var configure = () => Configure(
            world, new NotificationRule("1", Queue, ["s3:ObjectCreated:*"], prefix, suffix), new NotificationRule("2", Queue, ["s3:ObjectCreated:Put"], otherPrefix, otherSuffix));
        if (isRefused) Assert.Equal("InvalidArgument", (await Assert.ThrowsAsync<AwsException>(configure)).Code);
        else await configure();
    }

    [Fact]
    public async Task A_target_that_does_not_accept_the_bucket_is_refused_unless_nobody_asks()
    {
        await world.Buckets.CreateBucket("pictures");
        queue.AcceptsAny = false;
        var rule = new NotificationRule("all", Queue, ["s3:ObjectCreated:*"], null, null);
        Assert.Equal("Unable to validate the following destination configurations", (await Assert.ThrowsAsync<AwsException>(() => Configure(world, rule))).Message);
        await Notifications(world).Put("pictures", new NotificationConfig([rule], false), checksTargets: false, world.Somebody);
        Assert.Equal("all", Notifications(world).Get("pictures").Rules.Single().Id);
    }

    [Fact]
    public async Task In_the_full_causal_chain_the_bucket_is_a_segment_between_who_wrote_and_who_is_told()
    {
        using var delivery = await BeginAsync(new NotificationRule("all", Queue, ["s3:ObjectCreated:*"], null, null));
        var written = TraceHeader.Parse("Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:2:3");
        await PutAsync("traced.txt", "hello", written);
        await PutAsync("untraced.txt", "hello", written with { Sampled = SamplingDecision.NotSampled });

        await queue.RecordsAsync(2);
        await Eventually.HoldsAsync(() => !passed.IsEmpty, "the bucket is recorded");
        var bucket = Assert.IsType<Segment>(Assert.Single(passed));
        Assert.Equal(("pictures", "AWS::S3::Bucket", "arn:aws:s3:::pictures"), (bucket.Name, bucket.Origin, bucket.ResourceArn));
        Assert.Equal((written.Root, written.Parent), (bucket.TraceId, bucket.ParentId));
        Assert.Equal([written with { Parent = bucket.Id }, written with { Sampled = SamplingDecision.NotSampled }], queue.Traces.OrderBy(trace => trace.Sampled));
    }

    async Task<NotificationDelivery> BeginAsync(params NotificationRule[] rules)
    {
        await world.Buckets.CreateBucket("pictures");
        // The test event of the configuration goes first, and is not what is looked at here.
        await Configure(world, rules);
        return Deliver(world);
    }

    NotificationDelivery Deliver(ResourcesWorld from)
    {
        var delivery = new NotificationDelivery(from.Database, from.Changes, [queue], new BucketTraces(new CausalChain(IsFull: true), new PassedServices(passed.Enqueue, from.Time)), from.Time, NullLogger<NotificationDelivery>.Instance);
        delivery.Start();
        return delivery;
    }

    Task Configure(ResourcesWorld of, params NotificationRule[] rules) =>
        Notifications(of).Put("pictures", new NotificationConfig(rules, false), checksTargets: true, of.Somebody);

    BucketNotifications Notifications(ResourcesWorld of) => new(of.Buckets, new BucketSettings(of.Database), of.Changes, [queue], of.Time);

    async Task PutAsync(string key, string text, TraceHeader? trace = null)
    {
        using var body = await world.Objects.Receive(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        await world.Objects.PutObject(new NewObject("pictures", key, ObjectMetadata.None), body, trace is null ? world.Somebody : world.Somebody with { Trace = trace });
    }

    long Waiting() => world.Database.Read(connection => Storage.SqliteStatements.One(connection, "SELECT count(*) FROM s3_notifications", row => row.GetInt64(0)));

    long Attempts() => world.Database.Read(connection => Storage.SqliteStatements.One(connection, "SELECT max(attempts) FROM s3_notifications", row => row.GetInt64(0)));

    static string SequencerOf(JsonElement record) => record.GetProperty("s3").GetProperty("object").TryGetProperty("sequencer", out var sequencer) ? sequencer.GetString()! : "";

    /// <summary>A queue that keeps what it is told, or refuses it.</summary>
    sealed class Target : INotificationTarget
    {
        readonly ConcurrentQueue<byte[]> messages = new();
        readonly ConcurrentQueue<TraceHeader> traces = new();
        int asked;

        public string Service => "sqs";
        public bool AcceptsAny { get; set; } = true;
        public Exception? Refusal { get; set; }
        public IEnumerable<TraceHeader> Traces => traces;

        public Task<bool> Accepts(Arn target, Arn bucket) => Task.FromResult(AcceptsAny);

        public Task Deliver(Notification notification)
        {
            var isTest = JsonElement.Parse(notification.Message.Span).TryGetProperty("Event", out _);
            if (!isTest) Interlocked.Increment(ref asked);
            if (!isTest && Refusal is { } refusal) return Task.FromException(refusal);
            if (!isTest)
            {
                traces.Enqueue(notification.Trace);
                messages.Enqueue(notification.Message.ToArray());
            }
            return Task.CompletedTask;
        }

        public Task AskedAsync(int times) => Eventually.HoldsAsync(() => Volatile.Read(ref asked) >= times, $"{times} deliveries are tried");

        /// <summary>So many records, in the order of their sequencers, as nothing else orders them; those without come first.</summary>
        public async Task<IReadOnlyList<JsonElement>> RecordsAsync(int count)
        {
            await Eventually.HoldsAsync(() => messages.Count >= count, $"{count} messages come");
            return [.. messages.Select(message => JsonElement.Parse(message).GetProperty("Records")[0]).OrderBy(SequencerOf, StringComparer.Ordinal)];
        }
    }
}
