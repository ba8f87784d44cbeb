using Lambray.Tracing.TraceStore;
using Lambray.Tracing.TraceStore.Rocks;
using Xunit;

namespace Lambray.Tests.Tracing.TraceStore;

public sealed class RocksTraceStoreTests : TraceStoreContract, IAsyncDisposable
{
    readonly TemporaryDirectory directory = new();
    readonly RocksTraceStore store;

    public RocksTraceStoreTests() => store = Open(directory);

    protected override ITraceStore Store => store;

    protected override ITraceIndex Index => store;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Holds_after_a_crash_what_it_acknowledged()
    {
        await store.AppendAsync([Document(1), Document(ulong.MaxValue)], Received);

        // The files as kill -9 would leave them: nobody closed anything.
        using var crashed = new TemporaryDirectory();
        foreach (var folder in new[] { "traces/documents", "traces/index" })
        {
            Directory.CreateDirectory(Path.Combine(crashed.Path, folder));
            foreach (var file in Directory.GetFiles(Path.Combine(directory.Path, folder)))
                File.Copy(file, Path.Combine(crashed.Path, folder, Path.GetFileName(file)));
        }
        await using var reopened = Open(crashed);

        Assert.Equal([1UL, ulong.MaxValue], (await reopened.ReadAsync(TestSegments.TraceId)).Select(document => document.Id.Value).Order());
        Assert.Equal([TestSegments.TraceId], reopened.FindUnindexed());
    }

    static RocksTraceStore Open(TemporaryDirectory directory) => RocksTraceStore.Open(directory.Path, TimeSpan.FromDays(30));
}
