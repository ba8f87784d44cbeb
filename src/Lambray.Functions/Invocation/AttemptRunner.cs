using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.ExecutionEnvironments.Telemetry;
using Lambray.Functions.Invocation.Metrics;

namespace Lambray.Functions.Invocation;

/// <summary>Runs a function once for one event: finds or starts an environment, hands over, waits, measures.</summary>
/// <remarks>
/// As in AWS, an init phase that fails or takes longer than 10 s is done once more inside the invoke phase, within the function's
/// timeout. So is that of an environment whose runtime crashed or timed out in an earlier invocation.
/// </remarks>
public sealed class AttemptRunner(EnvironmentPool pool, ConcurrencyLimits concurrency, FunctionMetrics metrics, TimeProvider time)
{
    static readonly TimeSpan InitLimit = TimeSpan.FromSeconds(10);

    /// <exception cref="Aws.AwsException">TooManyRequestsException: nothing ran.</exception>
    /// <exception cref="EnvironmentStartException">The machine did not let an environment start.</exception>
    public async Task<Attempt> RunAsync(AttemptRequest request)
    {
        var place = concurrency.Enter(request.Target);
        metrics.AttemptBegan(request.Invoked, place.IsReserved);
        try
        {
            var attempt = await RunInPlaceAsync(request);
            TellUseOfProvisioned(request, attempt);
            _ = LeaveAsync(place, request, attempt);
            return attempt;
        }
        catch
        {
            Leave(place, request);
            throw;
        }
    }

    void TellUseOfProvisioned(AttemptRequest request, Attempt attempt)
    {
        var (wanted, atWork) = pool.UseOfProvisioned(request.Function);
        if (wanted == 0) return;
        if (attempt.WasProvisioned) metrics.ProvisionedInvoked(request.Invoked, request.Function.Version, Math.Max(atWork, 1), wanted);
        else metrics.ProvisionedSpilledOver(request.Invoked, request.Function.Version);
    }

    // A caller who has the answer may call again at once, before the runtime has asked for its next event; what extensions do behind the
    // answer is still a part of the invocation.
    async Task LeaveAsync(ConcurrencyPlace place, AttemptRequest request, Attempt attempt)
    {
        if (attempt.GoesOnBehindAnswer) await ((Task)attempt.Finished).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Leave(place, request);
    }

    void Leave(ConcurrencyPlace place, AttemptRequest request)
    {
        place.Leave();
        metrics.AttemptEnded(request.Invoked, place.IsReserved);
    }

    async Task<Attempt> RunInPlaceAsync(AttemptRequest request)
    {
        var started = time.GetUtcNow();
        StartedEnvironment? cold;
        DateTimeOffset invokeStarted;
        do
        {
            while (await pool.TakeWarmAsync(request.Function) is { } warm)
            {
                if (Begin(warm, request, time.GetUtcNow()) is { } running)
                    return await CompleteAsync(request, warm, running, started, await InitAheadAsync(warm), running.HandedOver);
                // It ended while it was idle, and its START with it.
                warm.Environment.Log.StartNext();
                pool.Return(warm);
            }
            invokeStarted = time.GetUtcNow();
            cold = await pool.TryStartAsync(request.Function, started);
        }
        while (cold is null);

        if (cold.Environment.IsReset) return await InitInInvokeAsync(request, cold, started, invokeStarted, []);
        var init = await InitAsync(cold, InitLimit, request.RequestId);
        if (init.Failure is null && Begin(cold, request, time.GetUtcNow()) is { } first)
            return await CompleteAsync(request, cold, first, started, [init], first.HandedOver);

        invokeStarted = time.GetUtcNow();
        var again = await pool.RestartAsync(cold);
        WriteInitFailure(again, init, "init");
        return await InitInInvokeAsync(request, again, started, invokeStarted, [init]);
    }

    // As AWS: told with the first invocation, whether that is traced or not.
    static async Task<IReadOnlyList<InitPhase>> InitAheadAsync(StartedEnvironment warm)
    {
        var environment = warm.Environment;
        return environment.TryTellInitAhead() ? [new InitPhase(environment.Started, (await environment.Initialized).At, Failure: null, Ahead: true)] : [];
    }

    async Task<Attempt> InitInInvokeAsync(
        AttemptRequest request, StartedEnvironment reset, DateTimeOffset started, DateTimeOffset invokeStarted, IReadOnlyList<InitPhase> earlier)
    {
        var init = await InitAsync(reset, request.Limit, request.RequestId);
        IReadOnlyList<InitPhase> inits = [.. earlier, init];
        return init.Failure is null && Begin(reset, request, invokeStarted) is { } running
            ? await CompleteAsync(request, reset, running, started, inits, invokeStarted)
            : FailedInit(request, reset, started, invokeStarted, inits);
    }

    RunningInvocation? Begin(StartedEnvironment started, AttemptRequest request, DateTimeOffset invokeStarted)
    {
        var deadline = invokeStarted + request.Limit;
        var left = deadline - time.GetUtcNow();
        var invocation = new RuntimeInvocation(
            request.RequestId, request.Payload, request.FunctionArn, deadline, request.TraceHeader.ToString(), request.ClientContext, request.Listener)
        {
            Tracing = request.Tracing,
            Traced = request.FunctionSegment is null ? null : request.TraceHeader,
        };
        WriteStart(started, request);
        return started.Environment.Invoke(invocation, left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    static async Task<InitPhase> InitAsync(StartedEnvironment started, TimeSpan limit, string requestId)
    {
        var environment = started.Environment;
        var end = await environment.InitializedWithinAsync(limit);
        return new InitPhase(environment.Started, end.At, end switch
        {
            InitEnd.Ready => null,
            InitEnd.Failed failed => FunctionFailure.Reported(failed.Error),
            InitEnd.Exited exited => FunctionFailure.Exited(requestId, exited.Exit),
            InitEnd.InvalidEntrypoint invalid => FunctionFailure.InvalidEntrypoint(requestId, invalid.Message),
            InitEnd.ExtensionFailed failed => FunctionFailure.ExtensionFailed(requestId, failed.Failure),
            _ => FunctionFailure.TimedOut(requestId, limit),
        }, environment.IsReset);
    }

    static FunctionFailure? FailureOf(InvocationEnd end, string requestId, TimeSpan limit) => end switch
    {
        InvocationEnd.Failed failed => FunctionFailure.Reported(failed.Error),
        InvocationEnd.Exited exited => FunctionFailure.Exited(requestId, exited.Exit),
        InvocationEnd.ExtensionFailed failed => FunctionFailure.ExtensionFailed(requestId, failed.Failure),
        InvocationEnd.TimedOut => FunctionFailure.TimedOut(requestId, limit),
        InvocationEnd.TooLarge tooLarge => FunctionFailure.TooLarge(tooLarge.BytesMax),
        InvocationEnd.Malformed malformed => FunctionFailure.Malformed(requestId, malformed),
        _ => null,
    };

    async Task<Attempt> CompleteAsync(
        AttemptRequest request, StartedEnvironment started, RunningInvocation running, DateTimeOffset attemptStarted,
        IReadOnlyList<InitPhase> inits, DateTimeOffset invokeStarted)
    {
        var end = await running.Answered;
        var record = new AttemptRecord
        {
            Started = attemptStarted,
            Inits = inits,
            InvokeStarted = invokeStarted,
            Answered = end.At,
            Failure = FailureOf(end, request.RequestId, request.Limit),
            HandedOver = true,
        };
        var response = end as InvocationEnd.Responded;
        return new Attempt(record, response?.Payload ?? default, response?.ContentType, FinishAsync(request, started, record, running))
        {
            GoesOnBehindAnswer = started.Environment.Extensions.Any,
            WasProvisioned = started.IsProvisioned,
        };
    }

    Attempt FailedInit(
        AttemptRequest request, StartedEnvironment started, DateTimeOffset attemptStarted, DateTimeOffset invokeStarted, IReadOnlyList<InitPhase> inits)
    {
        WriteInitFailure(started, inits[^1], "invoke");
        WriteStart(started, request);
        var ended = inits[^1].Ended;
        var record = new AttemptRecord
        {
            Started = attemptStarted,
            Inits = inits,
            InvokeStarted = invokeStarted,
            Answered = ended,
            Failure = inits[^1].Failure,
            HandedOver = false,
        };
        return new Attempt(record, default, null, FinishAsync(request, started, record, running: null));
    }

    /// <param name="running">Null when the runtime never had the event.</param>
    async Task<AttemptFinish> FinishAsync(AttemptRequest request, StartedEnvironment started, AttemptRecord record, RunningInvocation? running)
    {
        var at = running is null ? record.Answered : await running.Finished;
        var environment = started.Environment;
        // What extensions do behind the answer is billed too.
        var billedUntil = environment.Extensions.Any ? at : record.Answered;
        var memory = environment.MemoryPeakBytes;
        environment.Log.Write(PlatformLines.End(request.RequestId));
        environment.Log.Write(PlatformLines.Report(request, record, billedUntil, memory));
        if (environment.Telemetry.IsWanted)
        {
            environment.Telemetry.Publish(PlatformEvents.Report(new InvocationReport(
                at, request.RequestId, running?.End?.Outcome ?? record.Failure?.Outcome ?? Outcome.Success, request.Tracing,
                environment.Extensions.Any ? running?.RuntimeDone : null, billedUntil - record.InvokeStarted, record.InitDuration,
                request.Function.MemorySize, memory)));
        }
        var loss = environment.Daemon.TakeLoss();
        var tail = environment.Log.StartNext();
        pool.Return(started);
        metrics.InvocationFinished(request.Invoked, request.Function.Version, record.Answered - record.InvokeStarted, record.Failure is not null);
        if (environment.Extensions.Any) metrics.ExtensionsFinished(request.Invoked, request.Function.Version, at - record.Answered);
        return new AttemptFinish(at, tail, loss);
    }

    void WriteStart(StartedEnvironment started, AttemptRequest request)
    {
        var environment = started.Environment;
        environment.Log.Write(PlatformLines.Start(request));
        if (environment.Telemetry.IsWanted)
            environment.Telemetry.Publish(PlatformEvents.Start(time.GetUtcNow(), request.RequestId, request.Function.Version, request.FunctionArn, request.Tracing));
    }

    static void WriteInitFailure(StartedEnvironment started, InitPhase init, string phase)
    {
        if (init.Failure is not null) started.Environment.Log.Write(PlatformLines.InitReport(init, phase));
    }
}

/// <summary>A function's answer to one event, and the end that comes after it.</summary>
/// <param name="Payload">The function's result when it did not fail and was not streamed to a listener.</param>
/// <param name="ContentType">Of a streamed result; null when the runtime did not say.</param>
public sealed record Attempt(AttemptRecord Record, ReadOnlyMemory<byte> Payload, string? ContentType, Task<AttemptFinish> Finished)
{
    /// <summary>Whether there are extensions, who may work on when the caller has its answer.</summary>
    public bool GoesOnBehindAnswer { get; init; }

    /// <summary>Whether it ran in an environment that was initialized ahead.</summary>
    public bool WasProvisioned { get; init; }
}

/// <param name="At">When the runtime was done with the event.</param>
/// <param name="DaemonLoss">What the environment's X-Ray daemon could not keep; null when nothing.</param>
public sealed record AttemptFinish(DateTimeOffset At, LogTail Log, DaemonLoss? DaemonLoss);
