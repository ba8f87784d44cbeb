using System.Runtime.CompilerServices;

namespace Lambray.Server.ConsoleApi.Live;

/// <summary>What a page may show, by what changes together.</summary>
enum LiveTopic
{
    /// <summary>Traces, and the map that is summed up from them.</summary>
    Traces,

    /// <summary>Functions with all that is set for them, and their queues of events.</summary>
    Functions,

    /// <summary>Execution environments: started, busy, gone.</summary>
    Environments,
    Logs,
    Sampling,
    Groups,
    Insights,
    Settings,
}

/// <summary>Takes in that something has changed and tells it to every open page, at most about twice a second, whatever the load.</summary>
/// <remarks>No queue anywhere: a page that is slow to read is told once of all that changed in the meantime.</remarks>
sealed class LiveChanges(TimeProvider time)
{
    /// <summary>Each holds a connection; a browser opens one for each tab that somebody looks at.</summary>
    public const int FollowersMax = 256;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // Shorter than what proxies and browsers think dead.
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    static readonly LiveTopic[] Topics = Enum.GetValues<LiveTopic>();

    readonly Lock gate = new();

    // Replaced, never changed: telling takes no lock, for it happens with every write.
    volatile Follower[] followers = [];

    public void Tell(LiveTopic topic)
    {
        foreach (var follower in followers) follower.Tell(topic);
    }

    /// <summary>What changes from now on, until cancelled. The first item comes at once and tells of nothing; an item without topics is a heartbeat.</summary>
    /// <returns>Null when there are too many followers.</returns>
    public IAsyncEnumerable<IReadOnlyList<LiveTopic>>? Follow(CancellationToken cancellationToken)
    {
        var follower = new Follower();
        lock (gate)
        {
            if (followers.Length == FollowersMax) return null;
            followers = [.. followers, follower];
        }
        return TellAsync(follower, cancellationToken);
    }

    async IAsyncEnumerable<IReadOnlyList<LiveTopic>> TellAsync(Follower follower, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            yield return [];
            while (!cancellationToken.IsCancellationRequested)
            {
                await EndOf(Task.WhenAny(follower.Told, Task.Delay(Heartbeat, time, cancellationToken)));
                if (cancellationToken.IsCancellationRequested) break;
                yield return follower.Take();
                await EndOf(Task.Delay(Pause, time, cancellationToken));
            }
        }
        finally
        {
            lock (gate) followers = [.. followers.Where(other => other != follower)];
        }
    }

    // A follower that goes is no failure.
    static async Task EndOf(Task wait) => await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    sealed class Follower
    {
        int told;
        volatile TaskCompletionSource some = New();

        public Task Told => some.Task;

        public void Tell(LiveTopic topic)
        {
            Interlocked.Or(ref told, 1 << (int)topic);
            some.TrySetResult();
        }

        public IReadOnlyList<LiveTopic> Take()
        {
            // In this order: what is told in between wakes once too often, never once too seldom.
            some = New();
            var taken = Interlocked.Exchange(ref told, 0);
            return [.. Topics.Where(topic => (taken & (1 << (int)topic)) != 0)];
        }

        static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
