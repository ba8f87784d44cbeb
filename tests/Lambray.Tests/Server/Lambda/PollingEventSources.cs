using System.Text;
using Lambray.Aws;
using Lambray.Functions;
using Lambray.Functions.EventSources;
using Lambray.Functions.Invocation;
using Lambray.Functions.Registry;
using Lambray.Storage;
using Lambray.Tests.Functions.EventSources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>Mappings whose source this server does have: a source in memory, a real function.</summary>
public sealed class PollingEventSources(WholeServer server) : IClassFixture<WholeServer>, IAsyncLifetime
{
    const string Stream = $"arn:aws:kinesis:{WholeServer.Region}:{WholeServer.Account}:stream/orders";

    readonly TemporaryDirectory directory = new();
    readonly FakeEventSource source = new();
    readonly FakeTimeProvider time = new();
    SqliteDatabase database = null!;
    EventSourceMappings mappings = null!;
    EventSourcePolling polling = null!;

    public ValueTask InitializeAsync()
    {
        database = FunctionsDatabase.Open(directory.Path);
        Begin();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await database.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Batches_reach_the_function_for_as_long_as_the_mapping_is_enabled()
    {
        await server.CreateAsync("consumer", "exports.handler = async (event) => { if (event.fail) throw new Error('no'); return event; };");
        var created = await mappings.CreateAsync("consumer", Settings(Stream), isEnabled: true, tags: null);
        Assert.Equal((MappingState.Creating, "No records processed"), (created.State, created.LastProcessingResult));
        var uuid = created.Uuid.ToString();
        await SettledAsync(uuid);

        source.Put("""{"Records":[1]}""");
        await OutcomesAsync(1);
        source.Put("""{"fail":true}""");
        await OutcomesAsync(2);
        Assert.Equal([BatchResult.Succeeded, BatchResult.Failed], source.Outcomes.Select(outcome => outcome.Result));
        Assert.Equal("""{"Records":[1]}""", Encoding.UTF8.GetString(source.Outcomes.First().Response.Span));
        await Eventually.HoldsAsync(() => mappings.Get(uuid).LastProcessingResult == "PROBLEM: Function call failed", "the mapping tells of the failure");

        await mappings.UpdateAsync(uuid, function: null, new MappingSettings { BatchSize = 7 }, isEnabled: null);
        await SettledAsync(uuid);
        await Eventually.HoldsAsync(() => source.Polled?.BatchSize == 7, "it is polled with the new settings");

        await mappings.UpdateAsync(uuid, function: null, new MappingSettings(), isEnabled: false);
        Assert.Equal(MappingState.Disabled, (await SettledAsync(uuid)).State);
        source.Put("""{"Records":[2]}""");
        Assert.Equal(0, source.Polls);

        await mappings.UpdateAsync(uuid, function: null, new MappingSettings(), isEnabled: true);
        await OutcomesAsync(3);
        await Eventually.HoldsAsync(() => mappings.Get(uuid).LastProcessingResult == "OK", "the mapping tells of the success");

        await SettledAsync(uuid);
        await mappings.DeleteAsync(uuid);
        await Eventually.HoldsAsync(() => mappings.Find(uuid) is null, "the mapping is gone");
        Assert.Equal((0, 1), (source.Polls, source.PollsMax));
    }

    [Fact]
    public async Task A_new_start_goes_on_with_what_was_polled_and_finishes_what_was_changing()
    {
        await server.CreateAsync("restarted", "exports.handler = async (event) => event;");
        var enabled = (await mappings.CreateAsync("restarted", Settings(Stream), isEnabled: true, tags: null)).Uuid.ToString();
        await SettledAsync(enabled);
        await EndAsync();
        Assert.Equal(0, source.Polls);
        // Nothing polls, so this stays as a crash would leave it.
        var deleting = (await mappings.CreateAsync("restarted", Settings(Stream + "2"), isEnabled: false, tags: null)).Uuid.ToString();
        await mappings.DeleteAsync(deleting);

        Begin();
        polling.Start();
        source.Put("{}");
        await OutcomesAsync(1);
        await Eventually.HoldsAsync(() => mappings.Find(deleting) is null, "the deletion is through");
        Assert.Equal(MappingState.Enabled, mappings.Get(enabled).State);
    }

    [Fact]
    public async Task A_poll_that_fails_is_told_and_begun_anew()
    {
        await server.CreateAsync("unlucky", "exports.handler = async (event) => event;");
        source.Failure = new IOException("The shard is on fire.");
        var uuid = (await mappings.CreateAsync("unlucky", Settings(Stream), isEnabled: true, tags: null)).Uuid.ToString();
        await Eventually.HoldsAsync(() => mappings.Get(uuid).LastProcessingResult == "PROBLEM: Connection error. The shard is on fire.", "the mapping tells of the failure");
        source.Put("{}");
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return !source.Outcomes.IsEmpty;
        }, "it is polled again");
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_refused_in_its_own_words()
    {
        await server.CreateAsync("lonely", "exports.handler = async (event) => event;");
        var refusal = await Assert.ThrowsAsync<AwsException>(() => mappings.CreateAsync("lonely", Settings(Stream + "/missing"), isEnabled: true, tags: null));
        Assert.Equal(("InvalidParameterValueException", $"Stream not found: {Stream}/missing"), (refusal.Code, refusal.Message));
    }

    static MappingSettings Settings(string arn) => new() { EventSourceArn = arn, StartingPosition = "LATEST" };

    void Begin()
    {
        mappings = new EventSourceMappings(
            database, server.Services.GetRequiredService<FunctionStore>(), server.Services.GetRequiredService<RolePermissions>(), [source],
            server.Services.GetRequiredService<AwsHome>(), time);
        polling = new EventSourcePolling(mappings, server.Services.GetRequiredService<Invoker>(), time, NullLogger<EventSourcePolling>.Instance);
    }

    async Task EndAsync()
    {
        await polling.StopAsync();
        polling.Dispose();
    }

    async Task<EventSourceMapping> SettledAsync(string uuid)
    {
        await Eventually.HoldsAsync(() => !mappings.Get(uuid).IsChanging, "the mapping is through with its change");
        return mappings.Get(uuid);
    }

    Task OutcomesAsync(int count) => Eventually.HoldsAsync(() => source.Outcomes.Count == count, $"{count} batches are through");
}
