using System.Text;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Storage;
using Xunit;

namespace Lambray.Tests.Resources.S3;

public sealed class ObjectStoreTests : IAsyncDisposable
{
    readonly TemporaryDirectory directory = new();
    readonly ResourcesWorld world;

    public ObjectStoreTests() => world = new ResourcesWorld(directory.Path);

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task An_object_is_read_as_it_was_put_after_a_restart()
    {
        using var kept = new TemporaryDirectory();
        var metadata = new ObjectMetadata(
            new Dictionary<string, string> { ["Content-Type"] = "text/plain" }, new Dictionary<string, string> { ["colour"] = "blue" });
        await using (var before = new ResourcesWorld(kept.Path))
        {
            await before.Buckets.CreateBucket("pictures");
            await Put(before, "a/b", "hello", metadata);
        }
        await using var after = new ResourcesWorld(kept.Path);
        var stored = after.Objects.GetObject("pictures", "a/b");
        Assert.Equal("\"5d41402abc4b2a76b9719d911017c592\"", stored.ETag);
        Assert.Equal("blue", stored.Metadata.User["colour"]);
        Assert.Equal("text/plain", stored.Metadata.System["Content-Type"]);
        Assert.Equal("hello", Text(after, "a/b"));
    }

    [Fact]
    public async Task Files_that_no_object_names_are_removed_when_the_store_opens()
    {
        using var kept = new TemporaryDirectory();
        await using (var before = new ResourcesWorld(kept.Path))
        {
            await before.Buckets.CreateBucket("pictures");
            await Put(before, "key", Large("hello"));
            await Put(before, "small", "hello");
            await File.WriteAllTextAsync(Path.Combine(kept.Path, "s3", "uploads", "half"), "abandoned", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(kept.Path, "s3", "objects", "ab", "ab01"), "uncommitted", TestContext.Current.CancellationToken);
        }
        await using var after = new ResourcesWorld(kept.Path);
        Assert.Single(Directory.GetFiles(Path.Combine(kept.Path, "s3"), "*", SearchOption.AllDirectories));
        Assert.Equal(Large("hello"), Text(after, "key"));
        Assert.Equal("hello", Text(after, "small"));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await world.Buckets.CreateBucket("pictures");
        await Assert.ThrowsAsync<IOException>(() => world.Objects.Receive(new BreakingStream(), cancellation: TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(Path.Combine(directory.Path, "s3"), "*", SearchOption.AllDirectories));
        Assert.Empty(world.Objects.ListObjects(new ListRequest("pictures")).Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_keeps_the_body_that_it_opened(bool isLarge)
    {
        var (old, fresh) = isLarge ? (Large("old"), Large("new")) : ("old", "new");
        await world.Buckets.CreateBucket("pictures");
        await Put(world, "key", old);
        var (_, body) = world.Objects.OpenObject("pictures", "key");
        await Put(world, "key", fresh);
        Assert.Equal(old, await new StreamReader(body).ReadToEndAsync(TestContext.Current.CancellationToken));
        await body.DisposeAsync();
        Assert.Equal(fresh, Text(world, "key"));
        Assert.Equal((isLarge ? 1 : 0, isLarge ? 0 : 1), BodiesOnDisk());
        await world.Objects.DeleteObject("pictures", "key", world.Somebody);
        Assert.Equal((0, 0), BodiesOnDisk());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_many_writers_who_want_a_free_key_one_wins(bool areLarge)
    {
        await world.Buckets.CreateBucket("pictures");
        var writers = Enumerable.Range(0, 8).Select(async writer =>
        {
            using var body = await world.Objects.Receive(Body(areLarge ? Large($"{writer}") : $"{writer}"), cancellation: TestContext.Current.CancellationToken);
            try
            {
                await world.Objects.PutObject(new NewObject("pictures", "key", ObjectMetadata.None), body, world.Somebody, new WriteConditions(IfNoneMatchAny: true));
                return 1;
            }
            catch (AwsException refused) when (refused.Code == "PreconditionFailed")
            {
                return 0;
            }
        });
        Assert.Equal(1, (await Task.WhenAll(writers)).Sum());
        Assert.Equal((areLarge ? 1 : 0, areLarge ? 0 : 1), BodiesOnDisk());
    }

    [Fact]
    public async Task A_bucket_is_deleted_only_when_it_is_empty()
    {
        await world.Buckets.CreateBucket("pictures");
        await Put(world, "key", "x");
        Assert.Equal("BucketNotEmpty", (await Assert.ThrowsAsync<AwsException>(() => world.Buckets.DeleteBucket("pictures"))).Code);
        await world.Objects.DeleteObject("pictures", "key", world.Somebody);
        await world.Objects.DeleteObject("pictures", "key", world.Somebody);
        await world.Buckets.DeleteBucket("pictures");
        Assert.Equal("NoSuchBucket", Assert.Throws<AwsException>(() => world.Objects.GetObject("pictures", "key")).Code);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("192.168.0.1")]
    [InlineData("a..b")]
    [InlineData("-abc")]
    [InlineData("abc\n")]
    [InlineData("../etc")]
    public async Task Refuses_bucket_names_that_S3_refuses(string name) =>
        Assert.Equal("InvalidBucketName", (await Assert.ThrowsAsync<AwsException>(() => world.Buckets.CreateBucket(name))).Code);

    [Fact]
    public async Task Refuses_a_key_that_is_too_long()
    {
        await world.Buckets.CreateBucket("pictures");
        await Put(world, new string('ü', 512), "x");
        Assert.Equal("KeyTooLongError", (await Assert.ThrowsAsync<AwsException>(() => Put(world, new string('ü', 512) + "x", "x"))).Code);
    }

    static async Task Put(ResourcesWorld world, string key, string text, ObjectMetadata? metadata = null)
    {
        using var body = await world.Objects.Receive(Body(text));
        await world.Objects.PutObject(new NewObject("pictures", key, metadata ?? ObjectMetadata.None), body, world.Somebody);
    }

    static string Text(ResourcesWorld world, string key)
    {
        using var reader = new StreamReader(world.Objects.OpenObject("pictures", key).Body);
        return reader.ReadToEnd();
    }

    // More than goes with the row.
    static string Large(string text) => text.PadRight(40_000, '.');

    (int Files, int Rows) BodiesOnDisk() => (
        Directory.GetFiles(Path.Combine(directory.Path, "s3"), "*", SearchOption.AllDirectories).Length,
        world.Database.Read(connection => connection.One("SELECT count(*) FROM small_bodies", row => row.GetInt32(0))));

    static MemoryStream Body(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Gives some bytes and then fails, as a client that went away.</summary>
    sealed class BreakingStream : MemoryStream
    {
        bool hasGiven;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (hasGiven) throw new IOException("The client went away.");
            hasGiven = true;
            return ValueTask.FromResult(Math.Min(1000, buffer.Length));
        }
    }
}
