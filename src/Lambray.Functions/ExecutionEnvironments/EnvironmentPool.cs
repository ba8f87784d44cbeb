using System.Diagnostics;
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
    const int RoomWaitsMax = 256;

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
    TaskCompletionSource roomChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int roomWaits;
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
            // The one used last: its memory is warmest, and the others may grow old and go.
            var index = idle.FindLastIndex(entry => entry.Started.Environment.IsUsable && Fits(entry.Started, function.EnvironmentRevision));
            if (index >= 0)
            {
                var warm = idle[index].Started;
                idle.RemoveAt(index);
                return warm;
            }
            // Answered, asking for its next event, or just not back here yet.
            if (!all.Any(started => Fits(started, function.EnvironmentRevision) && started.Environment.IsUsable)) return null;
            waiting.Add(wait = new WarmWait(function.EnvironmentRevision));
        }
        using var patience = time.CreateTimer(_ => GiveUp(wait), null, PatienceMax, Timeout.InfiniteTimeSpan);
        return await wait.Environment.Task;
    }

    /// <summary>Starts a new environment, making room by ending the longest idle ones of other functions if need be, and waiting a moment for room if there is none.</summary>
    /// <param name="asked">When it was first asked for.</param>
    /// <returns>Null when it had to wait and something has changed: there may be a warm one by now.</returns>
    /// <exception cref="Aws.AwsException">TooManyRequestsException: every environment this machine may have is at work.</exception>
    public async Task<StartedEnvironment?> TryStartAsync(FunctionModel function, DateTimeOffset asked)
    {
        if (TakeCrashed(function) is { } crashed) return await RestartAsync(crashed);
        if (!TryReserve(function, out var change))
        {
            await WaitForRoomAsync(change, asked + RoomWaitMax - time.GetUtcNow());
            return null;
        }
        StartedEnvironment started;
        try
        {
            started = await starter.StartAsync(function);
        }
        catch
        {
            lock (poolLock) GiveBack(function.MemorySize);
            throw;
        }
        lock (poolLock)
        {
            all.Add(started);
            if (!endsAll) return started;
        }
        await EndAsync(started);
        throw LambdaErrors.Throttled(NoRoom);
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
        lock (poolLock)
        {
            if (!IsOutdated(started) && !endsAll)
            {
                if (started.Environment.IsUsable && waiting.Find(wait => Fits(started, wait.EnvironmentRevision)) is { } next) End(next, started);
                else idle.Add(new IdleEnvironment(started, time.GetUtcNow()));
                TellOfRoom();
                return;
            }
        }
        _ = EndAsync(started);
    }

    /// <summary>Ends an environment now, whatever it does. Its place is free at once; when the task completes nothing of it is left.</summary>
    public async Task EndAsync(StartedEnvironment started)
    {
        lock (poolLock)
        {
            if (!all.Remove(started)) return;
            GiveBack(started.Environment.Function.MemorySize);
            ending++;
        }
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
        StartedEnvironment[] last;
        lock (poolLock)
        {
            endsAll = true;
            idle.Clear();
            last = [.. all];
            CompleteIfAllEnded();
        }
        foreach (var started in last) _ = EndAsync(started);
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
        return functions.Find(function.Name) is not { } current
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

    /// <param name="change">When false: completes when it is worth another try; to be waited for by <see cref="WaitForRoomAsync"/>.</param>
    bool TryReserve(FunctionModel function, out Task change)
    {
        StartedEnvironment[] evicted;
        lock (poolLock)
        {
            change = roomChanged.Task;
            if (FindEvicted(function.MemorySize) is not { } count)
            {
                roomWaits++;
                return false;
            }
            evicted = [.. idle.Take(count).Select(entry => entry.Started)];
            idle.RemoveRange(0, count);
            room.Take(function.MemorySize);
        }
        foreach (var started in evicted) _ = EndAsync(started);
        return true;
    }

    // How many of the longest idle have to go for one of this size; null when all of them would not be enough.
    int? FindEvicted(int memorySize)
    {
        Debug.Assert(poolLock.IsHeldByCurrentThread);
        var memory = 0;
        for (var count = 0; ; count++)
        {
            if (room.Has(memorySize, count, memory)) return count;
            if (count == idle.Count) return null;
            memory += idle[count].Started.Environment.Function.MemorySize;
        }
    }

    async Task WaitForRoomAsync(Task change, TimeSpan limit)
    {
        try
        {
            if (roomWaits > RoomWaitsMax || limit <= TimeSpan.Zero) throw LambdaErrors.Throttled(NoRoom);
            await change.WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            throw LambdaErrors.Throttled(NoRoom);
        }
        finally
        {
            lock (poolLock) roomWaits--;
        }
    }

    void GiveBack(int memorySize)
    {
        Debug.Assert(poolLock.IsHeldByCurrentThread);
        room.GiveBack(memorySize);
        TellOfRoom();
        CompleteIfAllEnded();
    }

    void TellOfRoom()
    {
        Debug.Assert(poolLock.IsHeldByCurrentThread);
        if (roomWaits == 0) return;
        roomChanged.SetResult();
        roomChanged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
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
        List<IdleEnvironment> chosen;
        lock (poolLock)
        {
            chosen = idle.FindAll(choose);
            idle.RemoveAll(choose);
        }
        foreach (var entry in chosen) _ = EndAsync(entry.Started);
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
