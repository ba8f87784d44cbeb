using System.Text;
using Lambray.Resources.S3;
using Xunit;

namespace Lambray.Tests.Resources.S3;

public sealed class ObjectListingTests : IAsyncDisposable
{
    static readonly string[] Pieces = ["a", "b", "/", "/", "ü", "\u0001", "%2F", " ", "+", "🙂", "//", "\uFFFD"];
    readonly TemporaryDirectory directory = new();
    readonly ResourcesWorld world;

    public ObjectListingTests() => world = new ResourcesWorld(directory.Path);

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Rolls_keys_up_to_common_prefixes()
    {
        await Fill("a", "b/1", "b/2", "c/d/1", "e");
        var all = world.Objects.ListObjects(new ListRequest("bucket", Delimiter: "/"));
        Assert.Equal(["a", "e"], all.Entries.Select(entry => entry.Key));
        Assert.Equal(["b/", "c/"], all.CommonPrefixes);
        var inside = world.Objects.ListObjects(new ListRequest("bucket", Prefix: "c/", Delimiter: "/"));
        Assert.Equal(["c/d/"], inside.CommonPrefixes);
    }

    [Fact]
    public async Task Is_complete_when_the_last_page_is_just_full()
    {
        await Fill("a", "b");
        Assert.Null(world.Objects.ListObjects(new ListRequest("bucket", MaxKeys: 2)).Next);
        Assert.Equal("a", world.Objects.ListObjects(new ListRequest("bucket", MaxKeys: 1)).Next);
    }

    /// <summary>Whatever the keys, the pages put together are what a plain filter over all keys gives.</summary>
    [Fact]
    public async Task Pages_of_random_keys_add_up()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var keys = Enumerable.Range(0, 60).Select(_ => string.Concat(random.GetItems(Pieces, random.Next(1, 6)))).Distinct().ToArray();
        await Fill(keys);
        for (var round = 0; round < 200; round++)
        {
            var prefix = string.Concat(random.GetItems(Pieces, random.Next(0, 3)));
            var delimiter = random.Next(2) == 0 ? "" : random.GetItems(Pieces, 1)[0];
            var pages = Pages(new ListRequest("bucket", prefix, delimiter, MaxKeys: random.Next(1, 7)));
            Assert.Equal(Expected(keys, prefix, delimiter), pages);
        }
    }

    static List<string> Expected(string[] keys, string prefix, string delimiter) =>
    [
        .. keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => delimiter.Length > 0 && key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is >= 0 and var at ? key[..(at + delimiter.Length)] + "…" : key)
            .Distinct()
            .Order(Comparer<string>.Create((left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))))
    ];

    List<string> Pages(ListRequest request)
    {
        var entries = new List<string>();
        while (true)
        {
            var page = world.Objects.ListObjects(request);
            Assert.InRange(page.Entries.Count + page.CommonPrefixes.Count, 0, request.MaxKeys);
            entries.AddRange(page.Entries.Select(entry => entry.Key).Concat(page.CommonPrefixes.Select(prefix => prefix + "…")));
            if (page.Next is null) break;
            request = request with { After = page.Next };
        }
        entries.Sort((left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));
        return entries;
    }

    async Task Fill(params string[] keys)
    {
        await world.Buckets.CreateBucket("bucket");
        foreach (var key in keys)
        {
            using var body = await world.Objects.Receive(new MemoryStream());
            await world.Objects.PutObject(new NewObject("bucket", key, ObjectMetadata.None), body, world.Somebody);
        }
    }
}
