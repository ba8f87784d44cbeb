using Lambray.Aws.Signing;
using Microsoft.Extensions.Logging;

namespace Lambray.Daemon.Credentials;

/// <summary>Keeps credentials until shortly before they expire, and for a while that there are none.</summary>
sealed partial class CurrentCredentials(ICredentialSource source, TimeProvider time, ILogger log) : IDisposable
{
    static readonly TimeSpan RefreshAhead = TimeSpan.FromMinutes(5);

    // Places that answer slowly, or not at all, are not asked for each request.
    static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(60);

    readonly SemaphoreSlim asking = new(1);
    IssuedCredentials? current;
    DateTimeOffset askAgainAt = DateTimeOffset.MinValue;

    /// <returns>Null when there are none: requests go unsigned.</returns>
    public async ValueTask<AwsCredentials?> FindAsync(CancellationToken cancellation)
    {
        if (IsFresh(time.GetUtcNow())) return current?.Keys;
        await asking.WaitAsync(cancellation);
        try
        {
            if (!IsFresh(time.GetUtcNow())) await AskAsync(cancellation);
            return current?.Keys;
        }
        finally
        {
            asking.Release();
        }
    }

    public void Dispose() => asking.Dispose();

    bool IsFresh(DateTimeOffset now) => now < askAgainAt;

    async Task AskAsync(CancellationToken cancellation)
    {
        try
        {
            var found = await source.FindAsync(cancellation);
            var now = time.GetUtcNow();
            if (found is null) LogNone(source.Name);
            current = found;
            askAgainAt = found switch
            {
                null => now + AskAgainAfter,
                { Expires: null } => DateTimeOffset.MaxValue,
                { Expires: { } expires } => Later(expires - RefreshAhead, now + AskAgainAfter),
            };
        }
        catch (CredentialException error)
        {
            LogFailed(error.Message);
            // Those that are here may be good for minutes yet.
            var now = time.GetUtcNow();
            if (current?.Expires <= now) current = null;
            askAgainAt = now + AskAgainAfter;
        }
    }

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    [LoggerMessage(Level = LogLevel.Warning, Message = "No credentials found ({Places}): requests are not signed")]
    partial void LogNone(string places);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unable to retrieve credentials: {Reason}")]
    partial void LogFailed(string reason);
}
