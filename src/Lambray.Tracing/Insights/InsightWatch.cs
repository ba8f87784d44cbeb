using Lambray.Tracing.Groups;
using Lambray.Tracing.ServiceGraph;
using Microsoft.Extensions.Logging;

namespace Lambray.Tracing.Insights;

/// <summary>Reads the service map of a group's traces that began in a range.</summary>
public delegate ValueTask<IReadOnlyList<ServiceNode>> ReadServiceMap(TraceGroup group, DateTimeOffset start, DateTimeOffset end);

/// <summary>Hears of insights of groups that want notifications: when they begin, each minute, and when they end.</summary>
public interface IInsightNotices
{
    Task TellAsync(Insight insight);
}

/// <summary>Looks at each minute of each group that has insights enabled, half a minute after it is over.</summary>
/// <remarks>After a start, or when a group has its insights enabled, three hours are learnt first; an insight that went on before a stop goes on.</remarks>
public sealed partial class InsightWatch(
    TraceGroups groups, ReadServiceMap read, InsightStore store, IInsightNotices notices, TimeProvider time, ILogger<InsightWatch> logger)
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Segments come after their work is done, and daemons gather them for a second.
    static readonly TimeSpan Delay = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Learnt = TimeSpan.FromHours(3);

    readonly Dictionary<(string Arn, string Revision), (InsightDetector Detector, DateTimeOffset Next)> detectors = [];

    /// <summary>Looks until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Delay, time);
        while (await timer.WaitForNextTickAsync(cancellationToken)) await LookAsync(cancellationToken);
    }

    /// <summary>Looks at all minutes that are over and were not looked at yet.</summary>
    public async Task LookAsync(CancellationToken cancellationToken = default)
    {
        var watched = groups.All.Where(group => group.Insights.Enabled).ToList();
        foreach (var gone in detectors.Keys.Except(watched.Select(KeyOf)).ToList()) detectors.Remove(gone);
        var now = time.GetUtcNow() - Delay;
        var end = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Minute.Ticks), TimeSpan.Zero);
        foreach (var group in watched)
        {
            try
            {
                await LookAsync(group, end, cancellationToken);
            }
            // A group whose minute could not be read or kept is looked at again with the next one; the others are none the worse.
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(logger, group.Name, error);
                detectors.Remove(KeyOf(group));
            }
        }
    }

    async Task LookAsync(TraceGroup group, DateTimeOffset end, CancellationToken cancellationToken)
    {
        if (!detectors.TryGetValue(KeyOf(group), out var known)) known = (await LearnAsync(group, end - Minute, cancellationToken), end - Minute);
        for (var minute = known.Next; minute < end; minute += Minute)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var changed = known.Detector.Advance(await ReadAsync(group, minute));
            detectors[KeyOf(group)] = (known.Detector, minute + Minute);
            if (changed.Count == 0) continue;
            await store.PutAsync(changed, time.GetUtcNow());
            if (!group.Insights.Notify) continue;
            foreach (var insight in changed) await notices.TellAsync(insight);
        }
    }

    async Task<InsightDetector> LearnAsync(TraceGroup group, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var detector = new InsightDetector(group.Name, group.Arn, store.FindActive(group.Arn));
        for (var minute = end - Learnt; minute < end; minute += Minute)
        {
            cancellationToken.ThrowIfCancellationRequested();
            detector.Learn(await ReadAsync(group, minute));
        }
        return detector;
    }

    async Task<MinuteGraph> ReadAsync(TraceGroup group, DateTimeOffset minute) => MinuteGraph.Of(minute, await read(group, minute, minute + Minute));

    static (string Arn, string Revision) KeyOf(TraceGroup group) => (group.Arn, group.Revision);

    [LoggerMessage(Level = LogLevel.Error, Message = "The insights of the group {Group} could not be looked for")]
    static partial void LogFailed(ILogger logger, string group, Exception error);
}
