using Lambray.Tracing.Insights;

namespace Lambray.Server.Hosting;

/// <summary>Looks for insights as long as the server runs.</summary>
sealed class InsightWatching(InsightWatch watch) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await watch.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}

/// <summary>Insights of groups that want notifications, in the server's log: when they begin and when they end.</summary>
sealed partial class LoggedInsights(ILogger<LoggedInsights> logger) : IInsightNotices
{
    public Task TellAsync(Insight insight)
    {
        if (!insight.IsActive) LogEnded(logger, insight.GroupName, insight.Id, insight.Summary);
        else if (insight.Updated - insight.Started <= Beginning) LogBegan(logger, insight.GroupName, insight.Id, insight.Summary);
        return Task.CompletedTask;
    }

    // An insight is three minutes old when it is found.
    static readonly TimeSpan Beginning = TimeSpan.FromMinutes(3);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Insight in group {Group}, {Id}: {Summary}")]
    static partial void LogBegan(ILogger logger, string group, Guid id, string summary);

    [LoggerMessage(Level = LogLevel.Information, Message = "Insight in group {Group} is over, {Id}: {Summary}")]
    static partial void LogEnded(ILogger logger, string group, Guid id, string summary);
}
