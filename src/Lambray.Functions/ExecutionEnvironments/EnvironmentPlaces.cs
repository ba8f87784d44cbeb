using System.Diagnostics;
using Lambray.Functions.Registry;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>The places for environments: which function may start another, which idle ones have to go for it, and who waits for a place.</summary>
/// <remarks>Not safe for threads: the pool's lock guards it. Whoever has to go is handed back, to be ended without the lock.</remarks>
sealed class EnvironmentPlaces(EnvironmentPoolConfig config, IdleEnvironments idle, Lock poolLock)
{
    const string NoRoom = "ConcurrentInvocationLimitExceeded";
    const int WaitsMax = 1_024;

    readonly EnvironmentRoom room = new(config);
    readonly RoomWaits waits = new(WaitsMax);
    int starting;

    public int Taken => room.Places;

    /// <summary>Megabytes.</summary>
    public int Memory => room.Memory;

    public bool IsEmpty => room.IsEmpty;

    /// <summary>What a caller is told when every environment that this machine may have is at work.</summary>
    public static Aws.AwsException Full() => LambdaErrors.Throttled(NoRoom);

    /// <summary>Whether somebody waits who should rather have this function's place than the function itself.</summary>
    public bool IsContested(string function) => waits.AnyPoorerThan(function);

    /// <summary>Takes a place for an environment that is to be started at once, and whose start <see cref="EndStart"/> ends.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTake(FunctionModel function, List<StartedEnvironment> evicted)
    {
        if (CountToEvict(function) is not { } count) return false;
        evicted.AddRange(idle.TakeLongestIdle(count));
        room.Take(function.MemorySize);
        waits.AddShare(function.Name);
        starting++;
        return true;
    }

    /// <summary>As <see cref="TryTake"/> if not too many start already; more at once would only slow each other, and warm invocations, down.</summary>
    /// <returns>Null when the place is taken; else what to wait for.</returns>
    /// <exception cref="Aws.AwsException">TooManyRequestsException: too many wait already.</exception>
    public RoomWait? TakeOrWait(FunctionModel function, List<StartedEnvironment> evicted)
    {
        if (TryTakeInTurn(function, evicted)) return null;
        if (waits.IsFull) throw Full();
        var wait = new RoomWait(function);
        waits.Add(wait);
        return wait;
    }

    /// <summary>A start has come to its end, well or not: another may begin.</summary>
    public void EndStart(List<StartedEnvironment> evicted)
    {
        starting--;
        Serve(evicted);
    }

    /// <summary>An environment has gone, and its place is free.</summary>
    public void GiveBack(FunctionModel function, List<StartedEnvironment> evicted)
    {
        room.GiveBack(function.MemorySize);
        waits.RemoveShare(function.Name);
        Serve(evicted);
    }

    /// <summary>An environment of this function has become idle: for those who wait for just this kind, if the function may keep it.</summary>
    public void ServeReturned(FunctionModel function, List<StartedEnvironment> evicted)
    {
        if (!IsContested(function.Name) && waits.FindSame(function.EnvironmentRevision) is { } own) Answer(own, RoomAnswer.LookAgain);
        else Serve(evicted);
    }

    /// <summary>Somebody has waited long enough. If there is room, and it is only not yet its turn, it goes on waiting.</summary>
    public void GiveUp(RoomWait wait)
    {
        if (CountToEvict(wait.Function) is null) Refuse(wait);
    }

    public void RefuseAll()
    {
        foreach (var wait in waits.InOrder()) Refuse(wait);
    }

    bool TryTakeInTurn(FunctionModel function, List<StartedEnvironment> evicted) => starting < config.StartsAtOnceMax && TryTake(function, evicted);

    // How many of the longest idle have to go for it; null when all of them would not be enough.
    int? CountToEvict(FunctionModel function)
    {
        Debug.Assert(poolLock.IsHeldByCurrentThread);
        var memory = 0;
        for (var count = 0; ; count++)
        {
            if (room.Has(function.MemorySize, count, memory)) return count;
            if (count == idle.Count) return null;
            memory += idle.MemoryAt(count);
        }
    }

    void Serve(List<StartedEnvironment> evicted)
    {
        Debug.Assert(poolLock.IsHeldByCurrentThread);
        if (!waits.Any) return;
        foreach (var wait in waits.InOrder())
        {
            if (idle.HasWarm(wait.Function))
            {
                // One look for one environment: those behind it get theirs when the next comes back.
                Answer(wait, RoomAnswer.LookAgain);
                return;
            }
            if (TryTakeInTurn(wait.Function, evicted)) Answer(wait, RoomAnswer.Reserved);
        }
    }

    void Answer(RoomWait wait, RoomAnswer answer)
    {
        waits.Remove(wait);
        wait.Answer.SetResult(answer);
    }

    void Refuse(RoomWait wait)
    {
        if (waits.Remove(wait)) wait.Answer.SetException(Full());
    }
}
