using System.Diagnostics;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.ExecutionEnvironments.Runtimes;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.ExecutionEnvironments.Prestart;

/// <summary>Runtimes that wait for a function, so that a cold start need not wait for them; refilled one at a time in the background.</summary>
public sealed partial class PrestartedRuntimes : IDisposable
{
    static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);

    // The function that took the last one is still being initialized; it goes first.
    static readonly TimeSpan RefillPause = TimeSpan.FromMilliseconds(100);

    readonly IIsolation isolation;
    readonly IEnvironmentDoors doors;
    readonly PrestartConfig config;
    readonly TimeProvider time;
    readonly ILogger<PrestartedRuntimes> logger;
    readonly Lock kindsLock = new();
    readonly Dictionary<string, Kind> kinds = [];
    readonly ITimer sweep;
    Task refilling = Task.CompletedTask;
    bool isRefilling;
    bool ends;

    public PrestartedRuntimes(IIsolation isolation, IEnvironmentDoors doors, PrestartConfig config, TimeProvider time, ILogger<PrestartedRuntimes> logger)
    {
        (this.isolation, this.doors, this.config, this.time, this.logger) = (isolation, doors, config, time, logger);
        sweep = time.CreateTimer(_ => RetireUnwanted(), null, SweepInterval, SweepInterval);
    }

    /// <summary>How many wait now.</summary>
    public int ReadyCount => ReadyPrograms.Count;

    /// <summary>The interpreters of those that wait now.</summary>
    public IReadOnlyList<string> ReadyPrograms
    {
        get
        {
            lock (kindsLock) return [.. kinds.SelectMany(kind => kind.Value.Ready.Select(_ => kind.Key))];
        }
    }

    bool IsOn => config.RuntimesMax > 0 && isolation.CanAssign;

    /// <summary>A runtime that waits; null when there is none. The caller owns it.</summary>
    public PrestartedRuntime? TryTake(RuntimeInstallation runtime)
    {
        if (!IsOn || runtime.PrestartKey is not { } key) return null;
        lock (kindsLock)
        {
            var kind = KindOf(key, runtime);
            kind.Demand.Note(time.GetUtcNow());
            PrestartedRuntime? taken = null;
            while (taken is null && kind.Ready.TryDequeue(out var oldest))
                if (!oldest.Process.Exited.IsCompleted) taken = oldest;
                else _ = EndAsync(oldest);
            Refill();
            return taken;
        }
    }

    /// <summary>Has one made ready, as a function of this runtime will be invoked soon.</summary>
    public void Expect(RuntimeInstallation runtime)
    {
        if (!IsOn || runtime.PrestartKey is not { } key) return;
        lock (kindsLock)
        {
            KindOf(key, runtime).Demand.Note(time.GetUtcNow());
            Refill();
        }
    }

    /// <summary>Ends all that wait, and starts no more.</summary>
    public async Task EndAllAsync()
    {
        Task last;
        PrestartedRuntime[] ready;
        lock (kindsLock)
        {
            ends = true;
            last = refilling;
            ready = TakeAll();
        }
        await Task.WhenAll(ready.Select(EndAsync));
        await last;
        lock (kindsLock) ready = TakeAll();
        await Task.WhenAll(ready.Select(EndAsync));
    }

    public void Dispose() => sweep.Dispose();

    Kind KindOf(string key, RuntimeInstallation runtime)
    {
        Debug.Assert(kindsLock.IsHeldByCurrentThread);
        if (!kinds.TryGetValue(key, out var kind)) kinds[key] = kind = new Kind(runtime);
        return kind;
    }

    void Refill()
    {
        Debug.Assert(kindsLock.IsHeldByCurrentThread);
        MakeRoomForOthers();
        if (isRefilling || ends || NextToStart() is null) return;
        isRefilling = true;
        refilling = RefillAsync();
    }

    // A burst of one language must not leave another without any.
    void MakeRoomForOthers()
    {
        var now = time.GetUtcNow();
        if (ReadyCount < config.RuntimesMax || !kinds.Values.Any(kind => kind.Ready.Count == 0 && !kind.HasFailed && kind.Demand.Wanted(now) > 0)) return;
        if (kinds.Values.MaxBy(kind => kind.Ready.Count) is { Ready.Count: > 1 } crowded) _ = EndAsync(crowded.Ready.Dequeue());
    }

    async Task RefillAsync()
    {
        while (true)
        {
            // The machine's own pace, whatever clock its functions see.
            await Task.Delay(RefillPause, TimeProvider.System);
            Kind? next;
            lock (kindsLock)
            {
                next = ends ? null : NextToStart();
                isRefilling = next is not null;
            }
            if (next is null) return;
            var started = await StartAsync(next.Runtime);
            lock (kindsLock)
            {
                if (started is null) next.HasFailed = true;
                else next.Ready.Enqueue(started);
            }
        }
    }

    // The most recently used kind first, and one of each before a second of any.
    Kind? NextToStart()
    {
        Debug.Assert(kindsLock.IsHeldByCurrentThread);
        if (ReadyCount >= config.RuntimesMax) return null;
        var now = time.GetUtcNow();
        return kinds.Values
            .Where(kind => !kind.HasFailed && kind.Ready.Count < kind.Demand.Wanted(now))
            .OrderBy(kind => kind.Ready.Count).ThenByDescending(kind => kind.Demand.LastUse)
            .FirstOrDefault();
    }

    /// <returns>Null when it did not come to wait for a function.</returns>
    async Task<PrestartedRuntime?> StartAsync(RuntimeInstallation runtime)
    {
        try
        {
            var id = Guid.NewGuid().ToString("n");
            var process = await isolation.StartAsync(EnvironmentPlan.ForPrestart(id, runtime));
            var tenancy = new EnvironmentTenancy(process.Sockets);
            var started = new PrestartedRuntime(id, process, tenancy, doors.Open(tenancy));
            Task waitingOrEnded = Task.WhenAny(tenancy.Waiting, process.Exited);
            await waitingOrEnded.WaitAsync(ReadyLimit, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (tenancy.Waiting.IsCompleted && !process.Exited.IsCompleted) return started;
            LogNotReady(runtime.PrestartKey!);
            await EndAsync(started);
        }
        catch (EnvironmentStartException error)
        {
            LogNotStarted(runtime.PrestartKey!, error);
        }
        return null;
    }

    void RetireUnwanted()
    {
        var now = time.GetUtcNow();
        var retired = new List<PrestartedRuntime>();
        lock (kindsLock)
        {
            foreach (var kind in kinds.Values)
                while (kind.Ready.Count > kind.Demand.Wanted(now)) retired.Add(kind.Ready.Dequeue());
        }
        retired.ForEach(one => _ = EndAsync(one));
    }

    PrestartedRuntime[] TakeAll()
    {
        Debug.Assert(kindsLock.IsHeldByCurrentThread);
        PrestartedRuntime[] all = [.. kinds.Values.SelectMany(kind => kind.Ready)];
        foreach (var kind in kinds.Values) kind.Ready.Clear();
        return all;
    }

    async Task EndAsync(PrestartedRuntime runtime)
    {
        try
        {
            await runtime.EndAsync();
        }
        catch (IOException error)
        {
            LogNotRemoved(runtime.Id, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A runtime of {Program} ended before it was given a function; none will be started ahead")]
    partial void LogNotReady(string program);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A runtime of {Program} could not be started ahead; functions start theirs when they need it")]
    partial void LogNotStarted(string program, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files of pre-started runtime {Runtime} could not be removed; the next start will")]
    partial void LogNotRemoved(string runtime, Exception error);

    sealed class Kind(RuntimeInstallation runtime)
    {
        public RuntimeInstallation Runtime => runtime;

        public PrestartDemand Demand { get; } = new();

        public Queue<PrestartedRuntime> Ready { get; } = [];

        /// <summary>Whether the last one did not come up; more of them would not either.</summary>
        public bool HasFailed { get; set; }
    }
}
