using Lambray.Tracing.TraceStore;
using Xunit;

namespace Lambray.Tests.Tracing.TraceStore;

public sealed class SqliteTraceStoreTests : TraceStoreContract, IAsyncDisposable
{
    readonly TemporaryDirectory directory = new();
    readonly SqliteTraceStore store;

    public SqliteTraceStoreTests() => store = SqliteTraceStore.Open(directory.Path);

    protected override ITraceStore Store => store;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Holds_after_a_crash_what_it_acknowledged()
    {
        await store.AppendAsync([Document(1), Document(ulong.MaxValue)], DateTimeOffset.UnixEpoch);

        // The files as kill -9 would leave them: the write-ahead log is not folded in, nobody closed anything.
        using var crashed = new TemporaryDirectory();
        foreach (var file in Directory.GetFiles(directory.Path)) File.Copy(file, Path.Combine(crashed.Path, Path.GetFileName(file)));
        await using var reopened = SqliteTraceStore.Open(crashed.Path);

        Assert.Equal([1UL, ulong.MaxValue], (await reopened.ReadAsync(TestSegments.TraceId)).Documents.Select(document => document.Id.Value).Order());
    }
}
