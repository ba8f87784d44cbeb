using System.Buffers.Binary;
using System.Text;
using Lambray.Aws;
using Lambray.Resources.EventBridge.Delivery;
using Lambray.Resources.Messaging;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.EventBridge.Schedules;

/// <summary>Lets the rules that go by the clock send their events.</summary>
/// <remarks>
/// When a rule was last due is written in the step that writes its deliveries: after a crash none is sent twice, and one that fell due
/// while no server ran is sent at the start, once for however many there were.
/// </remarks>
public sealed partial class RuleSchedules : IDisposable
{
    // Timers do not take longer waits; there is nothing to be done then.
    static readonly TimeSpan WaitMax = TimeSpan.FromDays(1);

    readonly SemaphoreSlim wake = new(0);
    readonly CancellationTokenSource stop = new();
    readonly EventRules rules;
    readonly TargetDeliveries deliveries;
    readonly MessagingDatabase database;
    readonly AwsHome home;
    readonly TimeProvider time;
    readonly ILogger<RuleSchedules> logger;
    Task running = Task.CompletedTask;

    public RuleSchedules(EventRules rules, TargetDeliveries deliveries, MessagingDatabase database, AwsHome home, TimeProvider time, ILogger<RuleSchedules> logger)
    {
        (this.rules, this.deliveries, this.database, this.home, this.time, this.logger) = (rules, deliveries, database, home, time, logger);
        rules.Changed += Wake;
    }

    public void Start() => running = RunAsync();

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    public void Dispose()
    {
        rules.Changed -= Wake;
        stop.Dispose();
        wake.Dispose();
    }

    async Task RunAsync()
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                var now = time.GetUtcNow();
                DateTimeOffset? next = null;
                foreach (var rule in rules.All)
                {
                    if (!rule.IsEnabled || rule.Schedule is not { } schedule) continue;
                    var due = schedule.NextAfter(LastDue(rule), rule.ScheduledFrom);
                    if (due <= now) due = await SendAsync(rule, schedule, now);
                    if (due is { } at && (next is null || at < next)) next = at;
                }
                await WaitAsync(next is { } soonest ? soonest - time.GetUtcNow() : null);
            }
        }
        catch (OperationCanceledException)
        {
            // What was due is on disk.
        }
    }

    // The rule as it goes on: the last time that was due by now counts, those before it are past.
    async Task<DateTimeOffset?> SendAsync(EventRule rule, Schedule schedule, DateTimeOffset now)
    {
        var happened = new BusEvent(Guid.NewGuid(), "aws.events", "Scheduled Event", "{}", now, [rule.Arn(home).ToString()]) { Home = home };
        try
        {
            await deliveries.AddAsync([(rule, happened)], batch => batch.Put(database.Schedules, KeyOf(rule), Ticks(now)));
        }
        catch (AwsException error)
        {
            LogNotSent(rule.Name, error);
            return now + TimeSpan.FromMinutes(1);
        }
        return schedule.NextAfter(now, rule.ScheduledFrom);
    }

    // A rule that was made or enabled anew begins then.
    DateTimeOffset LastDue(EventRule rule)
    {
        var last = database.Rocks.Find(database.Schedules, KeyOf(rule)) is { } ticks
            ? new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(ticks), TimeSpan.Zero)
            : DateTimeOffset.MinValue;
        return last > rule.ScheduledFrom ? last : rule.ScheduledFrom;
    }

    async Task WaitAsync(TimeSpan? wait)
    {
        var bounded = wait is { } asked && asked < WaitMax ? asked > TimeSpan.Zero ? asked : TimeSpan.Zero : WaitMax;
        using var timer = time.CreateTimer(_ => Wake(), null, bounded, Timeout.InfiniteTimeSpan);
        await wake.WaitAsync(stop.Token);
        // Of many that woke it, one is enough.
        while (wake.Wait(0))
        {
        }
    }

    void Wake()
    {
        if (wake.CurrentCount == 0) wake.Release();
    }

    static byte[] KeyOf(EventRule rule) => Encoding.UTF8.GetBytes(rule.Name);

    static byte[] Ticks(DateTimeOffset time) => RecordBytes.Number(time.UtcTicks);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rule {Rule} is due, and could not send its event yet")]
    partial void LogNotSent(string rule, Exception error);
}
