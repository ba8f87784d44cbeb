using Lambray.Functions.Invocation.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>Events that fail, minutes later: with a clock of their own.</summary>
public sealed class RetryingEvents
{
    const string Source = "exports.handler = async () => { throw new RangeError('too far'); };";

    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero));

    [Fact]
    public async Task A_failure_is_tried_twice_more_and_then_kept_in_a_bucket()
    {
        await using var server = await StartAsync();
        await server.CreateAsync("failing", Source);
        await server.ConfigureEventsAsync("failing", """{"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:s3:::records"}}}""");
        await server.InvokeAsync("failing", "{}", "Event");
        foreach (var minutes in (int[])[1, 2])
        {
            await WaitsAsync(server);
            Assert.Empty(await server.FailedEventsAsync("failing", atLeast: 0));
            time.Advance(TimeSpan.FromMinutes(minutes));
        }

        var (key, record) = Assert.Single(await server.FailedEventsAsync("failing", atLeast: 1));
        Assert.Matches(@"^aws/lambda/async/failing/2026/05/06/2026-05-06T\d\d\.\d\d\.\d\d-[0-9a-f-]{36}\z", key);
        Assert.Equal(("RetriesExhausted", 3), EventRecords.EndOf(record));
        Assert.Equal("too far", record.GetProperty("responsePayload").GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task An_event_is_given_up_when_its_next_attempt_would_come_too_late()
    {
        await using var server = await StartAsync();
        await server.CreateAsync("aging", Source);
        await server.ConfigureEventsAsync("aging", """{"MaximumEventAgeInSeconds":90,"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:s3:::records"}}}""");
        await server.InvokeAsync("aging", "{}", "Event");
        await WaitsAsync(server);
        time.Advance(TimeSpan.FromMinutes(1));

        var (_, record) = Assert.Single(await server.FailedEventsAsync("aging", atLeast: 1));
        Assert.Equal(("EventAgeExceeded", 2), EventRecords.EndOf(record));
    }

    async Task<WholeServer> StartAsync()
    {
        var server = await WholeServer.StartAsync(time: time);
        await server.SendAsync(HttpMethod.Put, $"/{EventRecords.Bucket}");
        return server;
    }

    // Until the event has failed and is put back: then the queue waits for the clock.
    Task WaitsAsync(WholeServer server) =>
        Eventually.HoldsAsync(() => server.Services.GetRequiredService<EventQueue>().NextWake > time.GetUtcNow(), "the event waits");
}
