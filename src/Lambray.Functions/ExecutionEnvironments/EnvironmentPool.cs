using System.Diagnostics;
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
    readonly FunctionRegistry functions;
    readonly EnvironmentPoolConfig config;
    readonly TimeProvider time;
    readonly ILogger<EnvironmentPool> logger;
    readonly Lock poolLock = new();
    readonly List<IdleEnvironment> idle = [];
    readonly HashSet<StartedEnvironment> all = [];
    readonly TaskCompletionSource allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ITimer sweep;
    int places;
    int ending;
    bool endsAll;

    public EnvironmentPool(EnvironmentStarter starter, FunctionRegistry functions, EnvironmentPoolConfig config, TimeProvider time, ILogger<EnvironmentPool> logger)
    {
        (this.starter, this.functions, this.config, this.time, this.logger) = (starter, functions, config, time, logger);
        functions.Changed += name => EndIdle(entry => entry.Started.Environment.Function.Name == name && IsOutdated(entry.Started));
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
            lock (poolLock)
            {
                places--;
                CompleteIfAllEnded();
            }
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

    /// <summary>Takes an environment back after its invocation has finished: keeps it if it can go on, else ends it.</summary>
    public void Return(StartedEnvironment started)
    {
        lock (poolLock)
        {
            if (started.Environment.IsUsable && !IsOutdated(started) && !endsAll)
            {
                idle.Add(new IdleEnvironment(started, time.GetUtcNow()));
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
            places--;
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

    static bool Fits(IdleEnvironment entry, FunctionModel function) =>
        entry.Started.Environment.IsUsable && entry.Started.Environment.Function.EnvironmentRevision == function.EnvironmentRevision;

    // While an update is being prepared its predecessor still serves.
    bool IsOutdated(StartedEnvironment started)
    {
        var function = started.Environment.Function;
        return functions.Find(function.Name) is not { } current
            || (current.LastUpdateStatus != UpdateStatus.InProgress && function.EnvironmentRevision != current.EnvironmentRevision);
    }

    void Reserve()
    {
        StartedEnvironment? oldest = null;
        lock (poolLock)
        {
            if (places >= config.EnvironmentsMax)
            {
                if (idle.Count == 0) throw LambdaErrors.Throttled(NoRoom);
                oldest = idle[0].Started;
                idle.RemoveAt(0);
            }
            places++;
        }
        if (oldest is not null) _ = EndAsync(oldest);
    }

    void CompleteIfAllEnded()
    {
        Debug.Assert(poolLock.IsHeldByCurrentThread);
        if (endsAll && places == 0 && ending == 0) allEnded.TrySetResult();
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
        foreach (var entry in chosen) _ = EndAsync(entry.Started);
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
