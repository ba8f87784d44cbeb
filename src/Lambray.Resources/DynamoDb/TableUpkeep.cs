using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Streams;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.DynamoDb;

/// <summary>What tables need without being asked: expired items deleted, records and tokens dropped that are too old, new indexes filled. AWS takes up to days; here it is a minute.</summary>
public sealed partial class TableUpkeep(ItemExpiry expiry, TableStreams streams, TransactionTokens tokens, TableFilling filling, TimeProvider time, ILogger<TableUpkeep> logger)
    : IAsyncDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    ITimer? timer;
    Task round = Task.CompletedTask;

    public void Start()
    {
        filling.Start();
        timer = time.CreateTimer(_ => BeginRound(), null, Interval, Interval);
    }

    public async ValueTask DisposeAsync()
    {
        if (timer is not null) await timer.DisposeAsync();
        await round;
    }

    void BeginRound()
    {
        if (round.IsCompleted) round = GoRoundAsync();
    }

    async Task GoRoundAsync()
    {
        try
        {
            await expiry.SweepAsync();
            await streams.TrimAsync();
            await tokens.TrimAsync();
        }
        catch (Exception error)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The upkeep of DynamoDB's tables failed, and is tried again in a minute")]
    partial void LogFailed(Exception error);
}
