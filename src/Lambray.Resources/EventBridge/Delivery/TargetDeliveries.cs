using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Storage.Rocks;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>Events on their way to targets: on disk before a publisher is answered, until they are delivered or given up ("How EventBridge retries delivering events").</summary>
public sealed partial class TargetDeliveries : IDisposable
{
    const int RetriesDefault = 185;
    const int DoublingsMax = 10;

    static readonly TimeSpan AgeDefault = TimeSpan.FromDays(1);
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(10);

    readonly Dictionary<string, ITargetCarrier> carriers;
    readonly DeliveryLine line;
    readonly EventRules rules;
    readonly TargetDeadLetters deadLetters;
    readonly RuleMetrics metrics;
    readonly AwsHome home;
    readonly TimeProvider time;
    readonly ILogger<TargetDeliveries> logger;

    public TargetDeliveries(
        MessagingDatabase database, EventRules rules, IEnumerable<ITargetCarrier> carriers, TargetDeadLetters deadLetters, RuleMetrics metrics, AwsHome home, TimeProvider time,
        ILogger<TargetDeliveries> logger)
    {
        (this.rules, this.deadLetters, this.metrics, this.home, this.time, this.logger) = (rules, deadLetters, metrics, home, time, logger);
        this.carriers = carriers.ToDictionary(carrier => carrier.Service);
        line = new DeliveryLine(database, database.EventDeliveries, DeliverAsync, time);
    }

    /// <summary>Begins to deliver, with what an earlier server left first.</summary>
    public void Start() => line.Start();

    /// <summary>Begins nothing more, and waits for what is at work; the rest is delivered after the next start.</summary>
    public Task StopAsync() => line.StopAsync();

    public void Dispose() => line.Dispose();

    /// <summary>Takes events for the targets of rules; when the task completes they are on disk.</summary>
    /// <param name="also">What is written in the same step.</param>
    /// <exception cref="AwsException">Too many deliveries are waiting.</exception>
    internal async Task AddAsync(IReadOnlyCollection<(EventRule Rule, BusEvent Event)> matches, Action<RocksBatch>? also = null)
    {
        if (!line.HasRoom) throw new AwsException("ThrottlingException", 400, "Too many deliveries are waiting.");
        var now = time.GetUtcNow();
        var records = matches.SelectMany(match => match.Rule.Targets.Select(target => new StoredTarget(match.Rule.Bus, match.Rule.Name, target.Id!, 0, now, match.Event).ToBytes())).ToArray();
        if (records.Length > 0 || also is not null) await line.AddAsync(records, also);
        foreach (var (rule, _) in matches) metrics.Triggered(rule);
    }

    async Task<DeliveryStep> DeliverAsync(byte[] record, CancellationToken stop)
    {
        var stored = StoredTarget.Read(record, home);
        // The rule or its target was removed since.
        if (rules.Find(stored.Bus, stored.Rule) is not { } rule || rule.Targets.FirstOrDefault(one => one.Id == stored.Target) is not { } target || !Arn.TryParse(target.Arn, out var arn))
            return DeliveryStep.Done;
        var error = await TryAsync(rule, target, arn, stored, stop);
        if (error is null)
        {
            metrics.Invoked(rule, hasFailed: false);
            return DeliveryStep.Done;
        }
        // Ended in the middle of it, it has not failed.
        if (stop.IsCancellationRequested) return DeliveryStep.Left;
        var failed = stored with { Failed = stored.Failed + 1 };
        var wait = WaitAfter(failed.Failed);
        var exhausted = Exhausted(target.RetryPolicy, failed, wait);
        var isHopeless = error is { Status: < 500 and not 429 };
        if (!isHopeless && exhausted is null) return DeliveryStep.Again(failed.ToBytes(), wait);
        LogGivenUp(target.Arn!, rule.Name, failed.Failed, error.Message);
        metrics.Invoked(rule, hasFailed: true);
        await deadLetters.BuryAsync(rule, target, failed, error, isHopeless ? null : exhausted);
        return DeliveryStep.Done;
    }

    async Task<AwsException?> TryAsync(EventRule rule, RuleTarget target, Arn arn, StoredTarget stored, CancellationToken stop)
    {
        try
        {
            if (!carriers.TryGetValue(arn.Service, out var carrier)) return new AwsException("NO_RESOURCE", 404, $"The service '{arn.Service}' is not available on this server.");
            var ruleArn = rule.Arn(home);
            var input = InputOf(target, stored, ruleArn.ToString(), rule.Name);
            await carrier.DeliverAsync(new TargetDelivery(ruleArn, target, arn, stored.Event, input, stored.Event.TraceHeader), stop);
            return null;
        }
        catch (AwsException error)
        {
            return error;
        }
        // Whatever a carrier fails at, the others go on.
        catch (Exception error)
        {
            if (!stop.IsCancellationRequested) LogFailed(target.Arn!, error);
            return new AwsException("ERROR_FROM_TARGET", 500, error.Message);
        }
    }

    static string InputOf(RuleTarget target, StoredTarget stored, string ruleArn, string ruleName) =>
        target.Input is { } constant ? constant
        : target.InputPath is { } path ? EventPath.Find(path)?.Of(stored.Event.Json)?.GetRawText() ?? "null"
        : target.InputTransformer is { } transformer ? InputTemplate.Fill(transformer, stored.Event, ruleArn, ruleName, stored.Since)
        : stored.Event.Json.GetRawText();

    // "Exponential back off and jitter": without the jitter, which nobody needs here.
    static TimeSpan WaitAfter(int failed)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(failed - 1, DoublingsMax));
        return wait < WaitMax ? wait : WaitMax;
    }

    string? Exhausted(RetryPolicy? policy, StoredTarget failed, TimeSpan wait) =>
        failed.Failed > (policy?.MaximumRetryAttempts ?? RetriesDefault) ? "MaximumRetryAttempts"
        : time.GetUtcNow() + wait - failed.Since > (policy?.MaximumEventAgeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : AgeDefault) ? "MaximumEventAgeInSeconds"
        : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event could not be delivered to {Target}")]
    partial void LogFailed(string target, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Target} did not take an event of rule {Rule} in {Attempts} attempts; it is given up: {Reason}")]
    partial void LogGivenUp(string target, string rule, int attempts, string reason);
}
