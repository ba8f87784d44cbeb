using System.Diagnostics;
using Lambray.Functions.ExecutionEnvironments.Provisioned;
using Lambray.Functions.Registry;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>All living environments: handed to one invocation at a time, kept warm between, ended when idle, outdated or in the way.</summary>
public sealed partial class EnvironmentPool : IDisposable
{
    static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    // Far less than a cold start takes, far more than a runtime needs to ask again.
    static readonly TimeSpan PatienceMax = TimeSpan.FromMilliseconds(10);

    // Long enough for a burst to pass, short enough for its callers to be told.
    static readonly TimeSpan RoomWaitMax = TimeSpan.FromMilliseconds(500);

    readonly EnvironmentStarter starter;
    readonly FunctionRegistry functions;
    readonly EnvironmentPoolConfig config;
    readonly TimeProvider time;
    readonly ILogger<EnvironmentPool> logger;
    readonly Lock poolLock = new();
    readonly IdleEnvironments idle = new();
    readonly List<WarmWait> waiting = [];
    readonly HashSet<StartedEnvironment> all = [];
    readonly TaskCompletionSource allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ITimer sweep;
    readonly EnvironmentPlaces places;
    readonly ProvisionedStock provisioned = new();
    int ending;
    bool endsAll;

    public EnvironmentPool(EnvironmentStarter starter, FunctionRegistry functions, EnvironmentPoolConfig config, TimeProvider time, ILogger<EnvironmentPool> logger)
    {
        (this.starter, this.functions, this.config, this.time, this.logger) = (starter, functions, config, time, logger);
        places = new EnvironmentPlaces(config, idle, poolLock);
        functions.Changed += name =>
        {
            EndIdle((started, _) => started.Environment.Function.Name == name && IsOutdated(started));
            if (functions.Find(name) is { State: FunctionState.Active, LastUpdateStatus: UpdateStatus.Successful } ready) _ = starter.ExpectAsync(ready);
        };
        sweep = time.CreateTimer(_ => EndUnused(), null, SweepInterval, SweepInterval);
    }

    /// <summary>Raised with a function's name when a provisioned environment of it has ended by itself.</summary>
    public event Action<string>? ProvisionedLost;

    /// <summary>An environment has come, gone, or come back from an invocation. Whoever listens must be quick.</summary>
    public event Action? Changed;

    /// <summary>A warm environment of this function, or null when there is none and none is about to be.</summary>
    /// <remarks>
    /// A caller has its answer before the runtime has asked for its next event. If it calls again at once, that environment is
    /// worth a moment's wait: a second one would take longer to start, and nobody would expect it.
    /// </remarks>
    public async Task<StartedEnvironment?> TakeWarmAsync(FunctionModel function)
    {
        WarmWait wait;
        lock (poolLock)
        {
            if ((provisioned.Take(function) ?? idle.TakeWarm(function)) is { } ready) return ready;
            // Answered, asking for its next event, or just not back here yet.
            if (!all.Any(started => !started.IsProvisioned && started.Fits(function.EnvironmentRevision) && started.Environment.IsUsable)) return null;
            waiting.Add(wait = new WarmWait(function.EnvironmentRevision));
        }
        using var patience = time.CreateTimer(_ => GiveUp(wait), null, PatienceMax, Timeout.InfiniteTimeSpan);
        return await wait.Environment.Task;
    }

    /// <summary>
    /// Starts a new environment, making room by ending the longest idle ones of other functions if need be. It waits a moment for room if there
    /// is none, and for its turn if many start already: more at once would only slow each other, and warm invocations, down.
    /// </summary>
    /// <param name="asked">When it was first asked for.</param>
    /// <returns>Null when it had to wait and something has changed: there may be a warm one by now.</returns>
    /// <exception cref="Aws.AwsException">TooManyRequestsException: every environment this machine may have is at work.</exception>
    public async Task<StartedEnvironment?> TryStartAsync(FunctionModel function, DateTimeOffset asked)
    {
        if (TakeCrashed(function) is { } crashed) return await RestartAsync(crashed);
        if (TryReserve(function) is { } wait && await WaitForRoomAsync(wait, asked + RoomWaitMax - time.GetUtcNow()) == RoomAnswer.LookAgain) return null;
        return await StartInRoomAsync(function, InitializationType.OnDemand);
    }

    async Task<StartedEnvironment> StartInRoomAsync(FunctionModel function, InitializationType type)
    {
        StartedEnvironment started;
        try
        {
            started = await starter.StartAsync(function, type);
        }
        catch
        {
            EndEvicted(evicted => places.GiveBack(function, evicted));
            EndStart();
            throw;
        }
        _ = started.Environment.Initialized.ContinueWith(_ => EndStart(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        bool isLate;
        lock (poolLock)
        {
            all.Add(started);
            isLate = endsAll;
        }
        Changed?.Invoke();
        if (!isLate) return started;
        await EndAsync(started);
        throw EnvironmentPlaces.Full();
    }

    /// <summary>Starts an environment that is to be kept initialized; it is taken in by <see cref="Return"/> once it is.</summary>
    /// <exception cref="Aws.AwsException">TooManyRequestsException: every environment this machine may have is at work.</exception>
    /// <exception cref="Isolation.EnvironmentStartException">The machine did not let it start.</exception>
    public async Task<StartedEnvironment> StartProvisionedAsync(FunctionModel function)
    {
        EndEvicted(evicted =>
        {
            if (endsAll || !places.TryTake(function, evicted)) throw EnvironmentPlaces.Full();
        });
        return await StartInRoomAsync(function, InitializationType.ProvisionedConcurrency);
    }

    /// <summary>Says how many provisioned environments of each of a function's versions are to be kept; those beyond that are ended.</summary>
    public void KeepProvisioned(string function, IReadOnlyDictionary<string, int> versions)
    {
        IReadOnlyList<StartedEnvironment> surplus;
        lock (poolLock) surplus = provisioned.Keep(function, versions);
        EndAllOf(surplus);
    }

    public bool HasProvisioned(string function)
    {
        lock (poolLock) return provisioned.HasAny(function);
    }

    /// <summary>How many provisioned environments of a version are initialized.</summary>
    public int CountProvisioned(FunctionModel function)
    {
        lock (poolLock) return provisioned.Count(function);
    }

    /// <summary>How many provisioned environments of a version are to be kept, and how many of them are at work.</summary>
    public (int Wanted, int AtWork) UseOfProvisioned(FunctionModel function)
    {
        lock (poolLock) return (provisioned.WantedOf(function), provisioned.AtWork(function));
    }

    /// <summary>Starts the processes of an environment anew ("suppressed init" in AWS): its place, its id and its <c>/tmp</c> stay.</summary>
    /// <exception cref="Isolation.EnvironmentStartException">The machine did not let it start; it is ended.</exception>
    public async Task<StartedEnvironment> RestartAsync(StartedEnvironment crashed)
    {
        try
        {
            var restarted = await starter.RestartAsync(crashed);
            lock (poolLock)
            {
                // The pool may have been told to end all in the meantime, this one too.
                if (all.Remove(crashed))
                {
                    provisioned.Remove(crashed);
                    all.Add(restarted);
                    return restarted;
                }
            }
            await restarted.EndAsync();
            throw EnvironmentPlaces.Full();
        }
        catch (Isolation.EnvironmentStartException)
        {
            await EndAsync(crashed);
            throw;
        }
    }

    /// <summary>Takes an environment back after its invocation has finished: keeps it if it fits on, to be started anew if it crashed, else ends it.</summary>
    public void Return(StartedEnvironment started)
    {
        EndEvicted(evicted =>
        {
            if (endsAll || !(started.IsProvisioned ? provisioned.Return(started) : TryKeep(started, evicted))) evicted.Add(started);
        });
        Changed?.Invoke();
    }

    bool TryKeep(StartedEnvironment started, List<StartedEnvironment> evicted)
    {
        if (IsOutdated(started)) return false;
        var function = started.Environment.Function;
        if (!places.IsContested(function.Name) && started.Environment.IsUsable && waiting.Find(wait => started.Fits(wait.EnvironmentRevision)) is { } next)
        {
            End(next, started);
            return true;
        }
        idle.Add(started, time.GetUtcNow());
        places.ServeReturned(function, evicted);
        return true;
    }

    /// <summary>Ends an environment now, whatever it does. Its place is free at once; when the task completes nothing of it is left.</summary>
    public async Task EndAsync(StartedEnvironment started)
    {
        var evicted = new List<StartedEnvironment>();
        bool isLost;
        lock (poolLock)
        {
            if (!all.Remove(started)) return;
            isLost = provisioned.Remove(started);
            ending++;
            places.GiveBack(started.Environment.Function, evicted);
            CompleteIfAllEnded();
        }
        EndAllOf(evicted);
        Changed?.Invoke();
        if (isLost) ProvisionedLost?.Invoke(started.Environment.Function.Name);
        try
        {
            await started.EndAsync();
        }
        catch (IOException error)
        {
            LogNotRemoved(started.Environment.Id, error);
        }
        finally
        {
            lock (poolLock)
            {
                ending--;
                CompleteIfAllEnded();
            }
        }
    }

    public void Dispose() => sweep.Dispose();

    public EnvironmentCounts Counts
    {
        get
        {
            lock (poolLock) return new EnvironmentCounts(places.Taken, idle.Count, places.Memory);
        }
    }

    /// <summary>The living environments, of one function or of all, the oldest first.</summary>
    public IReadOnlyList<StartedEnvironment> List(string? function = null)
    {
        lock (poolLock) return [.. all.Where(started => function is null || started.Environment.Function.Name == function).OrderBy(started => started.Born)];
    }

    /// <summary>Ends all environments now, working ones too, and keeps none from now on.</summary>
    public Task EndAllAsync()
    {
        List<StartedEnvironment> last;
        lock (poolLock)
        {
            endsAll = true;
            idle.Clear();
            provisioned.Clear();
            places.RefuseAll();
            last = [.. all];
            CompleteIfAllEnded();
        }
        EndAllOf(last);
        return allEnded.Task;
    }

    void GiveUp(WarmWait wait)
    {
        lock (poolLock)
        {
            if (waiting.Contains(wait)) End(wait, null);
        }
    }

    void End(WarmWait wait, StartedEnvironment? outcome)
    {
        Debug.Assert(poolLock.IsHeldByCurrentThread);
        waiting.Remove(wait);
        wait.Environment.SetResult(outcome);
    }

    // While an update is being prepared its predecessor still serves.
    bool IsOutdated(StartedEnvironment started)
    {
        var function = started.Environment.Function;
        return functions.FindVersion(function.Name, function.Version) is not { } current
            || (current.LastUpdateStatus != UpdateStatus.InProgress && function.EnvironmentRevision != current.EnvironmentRevision);
    }

    StartedEnvironment? TakeCrashed(FunctionModel function)
    {
        lock (poolLock) return idle.TakeCrashed(function);
    }

    /// <returns>Null when the place is taken; else what to wait for in <see cref="WaitForRoomAsync"/>.</returns>
    RoomWait? TryReserve(FunctionModel function)
    {
        RoomWait? wait = null;
        EndEvicted(evicted => wait = endsAll ? throw EnvironmentPlaces.Full() : places.TakeOrWait(function, evicted));
        return wait;
    }

    void EndStart() => EndEvicted(places.EndStart);

    async Task<RoomAnswer> WaitForRoomAsync(RoomWait wait, TimeSpan limit)
    {
        using var patience = time.CreateTimer(_ => GiveUp(wait), null, limit > TimeSpan.Zero ? limit : TimeSpan.Zero, RoomWaitMax);
        return await wait.Answer.Task;
    }

    void GiveUp(RoomWait wait)
    {
        lock (poolLock) places.GiveUp(wait);
    }

    /// <summary>Does something alone, and then, without the lock, ends those that have to go for it.</summary>
    void EndEvicted(Action<List<StartedEnvironment>> change)
    {
        var evicted = new List<StartedEnvironment>();
        lock (poolLock)
        {
            change(evicted);
            CompleteIfAllEnded();
        }
        EndAllOf(evicted);
    }

    void EndAllOf(IReadOnlyList<StartedEnvironment> chosen)
    {
        foreach (var started in chosen) _ = EndAsync(started);
    }

    void CompleteIfAllEnded()
    {
        Debug.Assert(poolLock.IsHeldByCurrentThread);
        if (endsAll && places.IsEmpty && ending == 0) allEnded.TrySetResult();
    }

    void EndUnused()
    {
        var unusedSince = time.GetUtcNow() - config.IdleTimeMax;
        EndIdle((_, since) => since <= unusedSince);
    }

    void EndIdle(Func<StartedEnvironment, DateTimeOffset, bool> choose) => EndEvicted(evicted => evicted.AddRange(idle.TakeAll(choose)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files of execution environment {Environment} could not be removed; the next start will")]
    partial void LogNotRemoved(string environment, Exception error);

    sealed class WarmWait(Guid environmentRevision)
    {
        public Guid EnvironmentRevision => environmentRevision;

        public TaskCompletionSource<StartedEnvironment?> Environment { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>How many environments there are at one moment.</summary>
/// <param name="MemoryMegabytes">What the memory sizes of the living add up to.</param>
public readonly record struct EnvironmentCounts(int Living, int Idle, int MemoryMegabytes);
