using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Registry;

/// <summary>Removes packages that no function, version or layer needs any more.</summary>
/// <remarks>
/// An environment may run on a package for a while after its function was changed or deleted, at most as long as an invocation takes.
/// So a package goes when it was found idle twice, that long apart, and nobody has added it since.
/// </remarks>
public sealed partial class CodeCleanup : IAsyncDisposable
{
    /// <summary>Longer than the 15 minutes that an invocation may take.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(20);

    readonly FunctionStore store;
    readonly CodeStore code;
    readonly TimeProvider time;
    readonly ILogger<CodeCleanup> logger;
    ITimer? timer;
    HashSet<string> idle = [];
    DateTimeOffset lookedBefore;

    public CodeCleanup(FunctionStore store, CodeStore code, TimeProvider time, ILogger<CodeCleanup> logger)
    {
        (this.store, this.code, this.time, this.logger) = (store, code, time, logger);
        lookedBefore = time.GetUtcNow();
    }

    /// <summary>Looks now, and from time to time.</summary>
    public void Start() => timer = time.CreateTimer(_ => Clean(), null, TimeSpan.Zero, Interval);

    public ValueTask DisposeAsync() => timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    void Clean()
    {
        try
        {
            var now = time.GetUtcNow();
            var idleNow = code.List().Where(package => !store.IsCodeUsed(package)).ToHashSet();
            foreach (var package in idleNow.Where(idle.Contains)) code.RemoveIfOlder(package, lookedBefore);
            (idle, lookedBefore) = (idleNow, now);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or SqliteException)
        {
            LogNotCleaned(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Packages that nobody needs could not be removed; the next time they may")]
    partial void LogNotCleaned(Exception error);
}
