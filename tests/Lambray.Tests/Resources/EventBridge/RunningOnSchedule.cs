using System.Collections.Concurrent;
using Lambray.Aws;
using Lambray.Resources;
using Lambray.Resources.EventBridge;
using Lambray.Resources.EventBridge.Delivery;
using Lambray.Resources.EventBridge.Schedules;
using Lambray.Resources.Messaging;
using Lambray.Resources.Metrics;
using Lambray.Resources.Sqs;
using Lambray.Storage;
using Lambray.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Resources.EventBridge;

/// <summary>Rules that go by the clock send their events when it is time, also over the end of a server.</summary>
public sealed class RunningOnSchedule : IDisposable
{
    readonly TemporaryDirectory directory = new();
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Sends_an_event_each_time_and_one_for_all_that_fell_due_while_it_was_gone()
    {
        await using (var world = new World(directory.Path, time))
        {
            var rule = await world.Rules.PutAsync(new EventRule("often", EventBus.Default) { ScheduleExpression = "rate(5 minutes)" });
            await world.Rules.PutTargetsAsync(rule, [new RuleTarget("one", "arn:aws:test:eu-central-1:123456789012:somewhere")]);
            world.Start();
            for (var count = 1; count <= 2; count++)
            {
                // The clock only moves on when the schedule waits for it.
                var expected = count;
                await Eventually.HoldsAsync(() => { time.Advance(TimeSpan.FromMinutes(1)); return world.Came.Count >= expected; }, "the rule's event");
            }
            Assert.All(world.Came, came =>
            {
                Assert.Equal(("aws.events", "Scheduled Event", "{}"), (came.Source, came.DetailType, came.Detail));
                Assert.Equal(["arn:aws:events:eu-central-1:123456789012:rule/often"], came.Resources);
            });
            await world.StopAsync();
        }

        time.Advance(TimeSpan.FromHours(1));
        await using (var world = new World(directory.Path, time))
        {
            world.Start();
            await Eventually.HoldsAsync(() => !world.Came.IsEmpty, "what fell due while no server ran");
            await world.Rules.EnableAsync(world.Rules.Get(null, "often"), isEnabled: false);
            time.Advance(TimeSpan.FromHours(1));
            await world.StopAsync();
            Assert.Single(world.Came);
        }
    }

    public void Dispose() => directory.Dispose();

    sealed class World : ITargetCarrier, IAsyncDisposable
    {
        readonly SqliteDatabase database;
        readonly MessagingDatabase messages;
        readonly MetricStore metrics;
        readonly QueueDirectory queues;
        readonly TargetDeliveries deliveries;
        readonly RuleSchedules schedules;

        public World(string directory, TimeProvider time)
        {
            var home = new AwsHome("123456789012", "eu-central-1");
            database = ResourcesDatabase.Open(directory);
            messages = MessagingDatabase.Open(directory);
            metrics = MetricStore.Open(directory, new MetricRetention(long.MaxValue), time, NullLogger<MetricStore>.Instance);
            queues = new QueueDirectory(messages, metrics, home, time, NullLogger<QueueDirectory>.Instance);
            Rules = new EventRules(database, new EventBuses(database, home, time), home, time);
            deliveries = new TargetDeliveries(
                messages, Rules, [this], new TargetDeadLetters(queues, new DeliveryAccess(home, isStrict: false), home, NullLogger<TargetDeadLetters>.Instance), home, time,
                NullLogger<TargetDeliveries>.Instance);
            schedules = new RuleSchedules(Rules, deliveries, messages, home, time, NullLogger<RuleSchedules>.Instance);
        }

        public EventRules Rules { get; }

        public ConcurrentQueue<BusEvent> Came { get; } = [];

        public string Service => "test";

        public Task DeliverAsync(TargetDelivery delivery, CancellationToken stop)
        {
            Came.Enqueue(delivery.Event);
            return Task.CompletedTask;
        }

        public void Start()
        {
            deliveries.Start();
            schedules.Start();
        }

        public async Task StopAsync()
        {
            await schedules.StopAsync();
            await deliveries.StopAsync();
        }

        public async ValueTask DisposeAsync()
        {
            schedules.Dispose();
            deliveries.Dispose();
            await queues.DisposeAsync();
            await metrics.DisposeAsync();
            await messages.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
