using System.Diagnostics.CodeAnalysis;
using Lambray.Functions.Registry;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>All living environments: handed to one invocation at a time, kept warm between, ended when idle, outdated or in the way.</summary>
public sealed partial class EnvironmentPool : IDisposable
{
    const string NoRoom = "ConcurrentInvocationLimitExceeded";
    static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    readonly EnvironmentStarter starter;
    readonly EnvironmentPoolConfig config;
    readonly TimeProvider time;
    readonly ILogger<EnvironmentPool> logger;
    readonly Lock poolLock = new();
    readonly List<IdleEnvironment> idle = [];
    readonly HashSet<StartedEnvironment> all = [];
    readonly HashSet<Task> ending = [];
    readonly ITimer sweep;
    int living;
    bool endsAll;

    public EnvironmentPool(EnvironmentStarter starter, FunctionRegistry functions, EnvironmentPoolConfig config, TimeProvider time, ILogger<EnvironmentPool> logger)
    {
        (this.starter, this.config, this.time, this.logger) = (starter, config, time, logger);
        functions.Changed += name => EndIdle(entry => entry.Started.Environment.Function.Name == name && IsOutdated(entry, functions.Find(name)));
        sweep = time.CreateTimer(_ => EndUnused(), null, SweepInterval, SweepInterval);
    }

    /// <summary>A warm environment of this function if there is one.</summary>
    public bool TryTakeWarm(FunctionModel function, [NotNullWhen(true)] out StartedEnvironment? environment)
    {
        lock (poolLock)
        {
            // The one used last: its memory is warmest, and the others may grow old and go.
            var index = idle.FindLastIndex(entry => Fits(entry, function));
            environment = index < 0 ? null : idle[index].Started;
            if (index >= 0) idle.RemoveAt(index);
        }
        return environment is not null;
    }

    /// <summary>Starts a new environment, making room by ending the longest idle one of another function if need be.</summary>
    /// <exception cref="Aws.AwsException">TooManyRequestsException: every environment this machine may have is at work.</exception>
    public async Task<StartedEnvironment> StartAsync(FunctionModel function)
    {
        Reserve();
        StartedEnvironment started;
        try
        {
            started = await starter.StartAsync(function);
        }
        catch
        {
            Interlocked.Decrement(ref living);
            throw;
        }
        lock (poolLock)
        {
            all.Add(started);
            if (!endsAll) return started;
        }
        End(started);
        throw LambdaErrors.Throttled(NoRoom);
    }

    /// <summary>Takes an environment back after its invocation has finished: keeps it if it can go on, else ends it.</summary>
    public void Return(StartedEnvironment started)
    {
        lock (poolLock)
        {
            if (started.Environment.IsUsable && !endsAll)
            {
                idle.Add(new IdleEnvironment(started, time.GetUtcNow()));
                return;
            }
        }
        End(started);
    }

    /// <summary>Ends an environment now, whatever it does, and forgets it once nothing of it is left.</summary>
    public void End(StartedEnvironment started)
    {
        Task task;
        lock (poolLock)
        {
            if (!all.Remove(started)) return;
            task = EndAsync(started);
            if (!task.IsCompleted) ending.Add(task);
        }
        _ = task.ContinueWith(ended => { lock (poolLock) ending.Remove(ended); }, TaskScheduler.Default);
    }

    public void Dispose() => sweep.Dispose();

    /// <summary>Ends all environments now, working ones too, and keeps none from now on.</summary>
    public async Task EndAllAsync()
    {
        StartedEnvironment[] last;
        lock (poolLock)
        {
            endsAll = true;
            idle.Clear();
            last = [.. all];
        }
        foreach (var started in last) End(started);
        Task[] unfinished;
        lock (poolLock) unfinished = [.. ending];
        await Task.WhenAll(unfinished);
    }

    static bool Fits(IdleEnvironment entry, FunctionModel function) =>
        entry.Started.Environment.IsUsable && entry.Started.Environment.Function.EnvironmentRevision == function.EnvironmentRevision;

    // While an update is being prepared its predecessor still serves.
    static bool IsOutdated(IdleEnvironment entry, FunctionModel? current) =>
        current is null || (current.LastUpdateStatus != UpdateStatus.InProgress
            && entry.Started.Environment.Function.EnvironmentRevision != current.EnvironmentRevision);

    void Reserve()
    {
        if (Interlocked.Increment(ref living) <= config.EnvironmentsMax) return;
        StartedEnvironment? oldest = null;
        lock (poolLock)
        {
            if (idle.Count > 0)
            {
                oldest = idle[0].Started;
                idle.RemoveAt(0);
            }
        }
        if (oldest is not null)
        {
            End(oldest);
            return;
        }
        Interlocked.Decrement(ref living);
        throw LambdaErrors.Throttled(NoRoom);
    }

    void EndUnused()
    {
        var unusedSince = time.GetUtcNow() - config.IdleTimeMax;
        EndIdle(entry => entry.Since <= unusedSince || !entry.Started.Environment.IsUsable);
    }

    void EndIdle(Predicate<IdleEnvironment> choose)
    {
        List<IdleEnvironment> chosen;
        lock (poolLock)
        {
            chosen = idle.FindAll(choose);
            idle.RemoveAll(choose);
        }
        chosen.ForEach(entry => End(entry.Started));
    }

    async Task EndAsync(StartedEnvironment started)
    {
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
            Interlocked.Decrement(ref living);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files of execution environment {Environment} could not be removed; the next start will")]
    partial void LogNotRemoved(string environment, Exception error);

    sealed record IdleEnvironment(StartedEnvironment Started, DateTimeOffset Since);
}

/// <param name="EnvironmentsMax">How many may live at once, over all functions; more invocations at a time are throttled.</param>
/// <param name="IdleTimeMax">How long one may be kept without work.</param>
public sealed record EnvironmentPoolConfig(int EnvironmentsMax, TimeSpan IdleTimeMax)
{
    const long BytesPerEnvironment = 128L * 1024 * 1024;

    public static EnvironmentPoolConfig ForThisMachine() => new(
        (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesPerEnvironment, 4, 1000), TimeSpan.FromMinutes(10));
}
