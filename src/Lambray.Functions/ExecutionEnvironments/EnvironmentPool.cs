using System.Diagnostics;
using Lambray.Functions.ExecutionEnvironments.Provisioned;
using Lambray.Functions.Registry;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>All living environments: handed to one invocation at a time, kept warm between, ended when idle, outdated or in the way.</summary>
public sealed partial class EnvironmentPool : IDisposable
{
    const string NoRoom = "ConcurrentInvocationLimitExceeded";
    static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    // Far less than a cold start takes, far more than a runtime needs to ask again.
    static readonly TimeSpan PatienceMax = TimeSpan.FromMilliseconds(10);

    // Long enough for a burst to pass, short enough for its callers to be told.
    static readonly TimeSpan RoomWaitMax = TimeSpan.FromMilliseconds(500);
    const int RoomWaitsMax = 1_024;

    readonly EnvironmentStarter starter;
    readonly FunctionRegistry functions;
    readonly EnvironmentPoolConfig config;
    readonly TimeProvider time;
    readonly ILogger<EnvironmentPool> logger;
    readonly Lock poolLock = new();
    readonly List<IdleEnvironment> idle = [];
    readonly List<WarmWait> waiting = [];
    readonly HashSet<StartedEnvironment> all = [];
    readonly TaskCompletionSource allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ITimer sweep;
    readonly EnvironmentRoom room;
    readonly ProvisionedStock provisioned = new();
    readonly RoomWaits roomWaits = new(RoomWaitsMax);
    int starting;
    int ending;
    bool endsAll;

    public EnvironmentPool(EnvironmentStarter starter, FunctionRegistry functions, EnvironmentPoolConfig config, TimeProvider time, ILogger<EnvironmentPool> logger)
    {
        (this.starter, this.functions, this.config, this.time, this.logger) = (starter, functions, config, time, logger);
        room = new EnvironmentRoom(config);
        functions.Changed += name =>
        {
            EndIdle(entry => entry.Started.Environment.Function.Name == name && IsOutdated(entry.Started));
            if (functions.Find(name) is { State: FunctionState.Active, LastUpdateStatus: UpdateStatus.Successful } ready) _ = starter.ExpectAsync(ready);
        };
        sweep = time.CreateTimer(_ => EndUnused(), null, SweepInterval, SweepInterval);
    }

    /// <summary>Raised with a function's name when a provisioned environment of it has ended by itself.</summary>
    public event Action<string>? ProvisionedLost;

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
            if (provisioned.Take(function) is { } ready) return ready;
            // The one used last: its memory is warmest, and the others may grow old and go.
            var index = idle.FindLastIndex(entry => entry.Started.Environment.IsUsable && Fits(entry.Started, function.EnvironmentRevision));
            if (index >= 0)
            {
                var warm = idle[index].Started;
                idle.RemoveAt(index);
                return warm;
            }
            // Answered, asking for its next event, or just not back here yet.
            if (!all.Any(started => !started.IsProvisioned && Fits(started, function.EnvironmentRevision) && started.Environment.IsUsable)) return null;
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
            EndAllOf(GiveBack(function));
            EndStart();
            throw;
        }
        _ = started.Environment.Initialized.ContinueWith(_ => EndStart(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        lock (poolLock)
        {
            all.Add(started);
            if (!endsAll) return started;
        }
        await EndAsync(started);
        throw LambdaErrors.Throttled(NoRoom);
    }

    /// <summary>Starts an environment that is to be kept initialized; it is taken in by <see cref="Return"/> once it is.</summary>
    /// <exception cref="Aws.AwsException">TooManyRequestsException: every environment this machine may have is at work.</exception>
    /// <exception cref="Isolation.EnvironmentStartException">The machine did not let it start.</exception>
    public async Task<StartedEnvironment> StartProvisionedAsync(FunctionModel function)
    {
        var evicted = new List<StartedEnvironment>();
        lock (poolLock)
        {
            if (endsAll || CountToEvict(function) is not { } count) throw LambdaErrors.Throttled(NoRoom);
            TakeRoom(function, count, evicted);
        }
        EndAllOf(evicted);
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
            throw LambdaErrors.Throttled(NoRoom);
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
        var evicted = new List<StartedEnvironment>();
        lock (poolLock)
        {
            if (endsAll || !(started.IsProvisioned ? provisioned.Return(started) : TryKeep(started, evicted))) evicted.Add(started);
        }
        EndAllOf(evicted);
    }

    bool TryKeep(StartedEnvironment started, List<StartedEnvironment> evicted)
    {
        if (IsOutdated(started)) return false;
        var function = started.Environment.Function;
        var isContested = roomWaits.AnyPoorerThan(function.Name);
        if (!isContested && started.Environment.IsUsable && waiting.Find(wait => Fits(started, wait.EnvironmentRevision)) is { } next)
        {
            End(next, started);
            return true;
        }
        idle.Add(new IdleEnvironment(started, time.GetUtcNow()));
        if (!isContested && roomWaits.FindSame(function.EnvironmentRevision) is { } own) Serve(own, RoomAnswer.LookAgain);
        else ServeRoomWaits(evicted);
        return true;
    }

    /// <summary>Ends an environment now, whatever it does. Its place is free at once; when the task completes nothing of it is left.</summary>
    public async Task EndAsync(StartedEnvironment started)
    {
        List<StartedEnvironment> evicted;
        bool isLost;
        lock (poolLock)
        {
            if (!all.Remove(started)) return;
            isLost = provisioned.Remove(started);
            ending++;
            evicted = GiveBack(started.Environment.Function);
        }
        EndAllOf(evicted);
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
            lock (poolLock) return new EnvironmentCounts(room.Places, idle.Count, room.Memory);
        }
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
            foreach (var wait in roomWaits.InOrder()) Refuse(wait);
            last = [.. all];
            CompleteIfAllEnded();
        }
        EndAllOf(last);
        return allEnded.Task;
    }

    static bool Fits(StartedEnvironment started, Guid environmentRevision) => started.Environment.Function.EnvironmentRevision == environmentRevision;

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
        lock (poolLock)
        {
            var index = idle.FindIndex(entry => !entry.Started.Environment.IsUsable && Fits(entry.Started, function.EnvironmentRevision));
            if (index < 0) return null;
            var crashed = idle[index].Started;
            idle.RemoveAt(index);
            return crashed;
        }
    }

    /// <returns>Null when the room is taken; else what to wait for in <see cref="WaitForRoomAsync"/>.</returns>
    RoomWait? TryReserve(FunctionModel function)
    {
        var evicted = new List<StartedEnvironment>();
        RoomWait? wait = null;
        lock (poolLock)
        {
            if (endsAll) throw LambdaErrors.Throttled(NoRoom);
            if (!TryTakeRoom(function, evicted))
            {
                if (roomWaits.IsFull) throw LambdaErrors.Throttled(NoRoom);
                roomWaits.Add(wait = new RoomWait(function));
            }
        }
        EndAllOf(evicted);
        return wait;
    }

    bool TryTakeRoom(FunctionModel function, List<StartedEnvironment> evicted)
    {
        if (starting >= config.StartsAtOnceMax || CountToEvict(function) is not { } count) return false;
        TakeRoom(function, count, evicted);
        return true;
    }

    // How many of the longest idle have to go for it; null when all of them would not be enough.
    int? CountToEvict(FunctionModel function)
    {
        Debug.Assert(poolLock.IsHeldByCurrentThread);
        var memory = 0;
        for (var count = 0; ; count++)
        {
            if (room.Has(function.MemorySize, count, memory)) return count;
            if (count == idle.Count) return null;
            memory += idle[count].Started.Environment.Function.MemorySize;
        }
    }

    void TakeRoom(FunctionModel function, int evictedCount, List<StartedEnvironment> evicted)
    {
        evicted.AddRange(idle.Take(evictedCount).Select(entry => entry.Started));
        idle.RemoveRange(0, evictedCount);
        room.Take(function.MemorySize);
        roomWaits.AddShare(function.Name);
        starting++;
    }

    /// <summary>A start has come to its end, well or not: another may begin.</summary>
    void EndStart()
    {
        var evicted = new List<StartedEnvironment>();
        lock (poolLock)
        {
            starting--;
            ServeRoomWaits(evicted);
        }
        EndAllOf(evicted);
    }

    async Task<RoomAnswer> WaitForRoomAsync(RoomWait wait, TimeSpan limit)
    {
        using var patience = time.CreateTimer(_ => GiveUp(wait), null, limit > TimeSpan.Zero ? limit : TimeSpan.Zero, RoomWaitMax);
        return await wait.Answer.Task;
    }

    // There is room, and it is only not yet its turn: then it goes on waiting.
    void GiveUp(RoomWait wait)
    {
        lock (poolLock)
        {
            if (CountToEvict(wait.Function) is null) Refuse(wait);
        }
    }

    void Refuse(RoomWait wait)
    {
        if (roomWaits.Remove(wait)) wait.Answer.SetException(LambdaErrors.Throttled(NoRoom));
    }

    void ServeRoomWaits(List<StartedEnvironment> evicted)
    {
        Debug.Assert(poolLock.IsHeldByCurrentThread);
        if (!roomWaits.Any) return;
        foreach (var wait in roomWaits.InOrder())
        {
            if (idle.Exists(entry => entry.Started.Environment.IsUsable && Fits(entry.Started, wait.Function.EnvironmentRevision)))
            {
                // One look for one environment: those behind it get theirs when the next comes back.
                Serve(wait, RoomAnswer.LookAgain);
                return;
            }
            if (TryTakeRoom(wait.Function, evicted)) Serve(wait, RoomAnswer.Reserved);
        }
    }

    void Serve(RoomWait wait, RoomAnswer answer)
    {
        roomWaits.Remove(wait);
        wait.Answer.SetResult(answer);
    }

    /// <returns>Idle environments that have to go for those who waited; the caller ends them without the lock.</returns>
    List<StartedEnvironment> GiveBack(FunctionModel function)
    {
        var evicted = new List<StartedEnvironment>();
        lock (poolLock)
        {
            room.GiveBack(function.MemorySize);
            roomWaits.RemoveShare(function.Name);
            ServeRoomWaits(evicted);
            CompleteIfAllEnded();
        }
        return evicted;
    }

    void EndAllOf(IReadOnlyList<StartedEnvironment> chosen)
    {
        foreach (var started in chosen) _ = EndAsync(started);
    }

    void CompleteIfAllEnded()
    {
        Debug.Assert(poolLock.IsHeldByCurrentThread);
        if (endsAll && room.IsEmpty && ending == 0) allEnded.TrySetResult();
    }

    void EndUnused()
    {
        var unusedSince = time.GetUtcNow() - config.IdleTimeMax;
        EndIdle(entry => entry.Since <= unusedSince);
    }

    void EndIdle(Predicate<IdleEnvironment> choose)
    {
        List<StartedEnvironment> chosen;
        lock (poolLock)
        {
            chosen = [.. idle.FindAll(choose).Select(entry => entry.Started)];
            idle.RemoveAll(choose);
        }
        EndAllOf(chosen);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files of execution environment {Environment} could not be removed; the next start will")]
    partial void LogNotRemoved(string environment, Exception error);

    sealed class WarmWait(Guid environmentRevision)
    {
        public Guid EnvironmentRevision => environmentRevision;

        public TaskCompletionSource<StartedEnvironment?> Environment { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    sealed record IdleEnvironment(StartedEnvironment Started, DateTimeOffset Since);
}

/// <summary>How many environments there are at one moment.</summary>
/// <param name="MemoryMegabytes">What the memory sizes of the living add up to.</param>
public readonly record struct EnvironmentCounts(int Living, int Idle, int MemoryMegabytes);
