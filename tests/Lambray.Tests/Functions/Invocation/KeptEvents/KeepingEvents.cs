using System.Text;
using Lambray.Functions.Invocation.KeptEvents;
using Lambray.Functions.Registry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Functions.Invocation.KeptEvents;

public sealed class KeepingEvents : IAsyncLifetime
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly TemporaryDirectory directory = new();
    readonly FakeTimeProvider time = new(Noon);
    EventKeeper? keeper;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (keeper is not null) await keeper.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Finds_an_event_as_it_was_also_after_a_restart()
    {
        var kept = new KeptEvent(new FunctionName("orders", "live"), "r1", IsAsynchronous: true, Encoding.UTF8.GetBytes("""{"größe":1}"""), """{"a":1}""", Noon);
        Open().Keep(kept);
        await keeper!.DisposeAsync();

        var found = await Open().FindAsync("r1");

        Assert.Equal(kept with { Payload = default }, found! with { Payload = default });
        Assert.Equal(kept.Payload.ToArray(), found.Payload.ToArray());
    }

    [Fact]
    public async Task Keeps_the_newest_of_each_function()
    {
        Open(new KeptEventLimits(long.MaxValue) { PerFunction = 2 });
        for (var number = 1; number <= 3; number++) keeper!.Keep(Event("busy", $"b{number}"));
        keeper!.Keep(Event("quiet", "q1"));

        Assert.Equal(["b2", "b3", "q1"], await KeptAsync("b1", "b2", "b3", "q1"));
    }

    [Fact]
    public async Task Keeps_no_more_than_there_is_room_for()
    {
        Open(new KeptEventLimits(BytesMax: 512 * 1024));
        for (var number = 0; number < 100; number++) keeper!.Keep(Event($"f{number}", $"r{number}", bytes: 20_000));

        var kept = await KeptAsync([.. Enumerable.Range(0, 100).Select(number => $"r{number}")]);

        Assert.InRange(kept.Count, 5, 26);
        Assert.Equal("r99", kept[^1]);
    }

    [Fact]
    public async Task Keeps_nothing_large_and_nothing_at_all_when_told_so()
    {
        Open(new KeptEventLimits(long.MaxValue) { PayloadBytesMax = 10 });
        keeper!.Keep(Event("f", "large", bytes: 11));
        Assert.Empty(await KeptAsync("large"));
        await keeper.DisposeAsync();

        Open(new KeptEventLimits(BytesMax: 0));
        keeper.Keep(Event("f", "any"));
        Assert.Empty(await KeptAsync("any"));
    }

    async Task<List<string>> KeptAsync(params string[] requestIds)
    {
        var kept = new List<string>();
        foreach (var id in requestIds)
            if (await keeper!.FindAsync(id) is not null) kept.Add(id);
        return kept;
    }

    static KeptEvent Event(string function, string requestId, int bytes = 2) =>
        new(new FunctionName(function, null), requestId, IsAsynchronous: false, new byte[bytes], null, Noon);

    EventKeeper Open(KeptEventLimits? limits = null) =>
        keeper = new EventKeeper(directory.Path, limits ?? new KeptEventLimits(long.MaxValue), time, NullLogger<EventKeeper>.Instance);
}
