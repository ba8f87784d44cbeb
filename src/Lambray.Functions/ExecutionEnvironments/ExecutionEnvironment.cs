using System.Diagnostics;
using Lambray.Functions.ExecutionEnvironments.Extensions;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.ExecutionEnvironments.Linux;
using Lambray.Functions.ExecutionEnvironments.Logging;
using Lambray.Functions.ExecutionEnvironments.Telemetry;
using Lambray.Functions.Registry;
using Lambray.Resources.Logs;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>One living execution environment: a runtime that asks for an event, is given one, answers, and asks again, and extensions that do likewise.</summary>
/// <remarks>
/// The runtime's side comes in through the Runtime API (<see cref="NextAsync"/>, <see cref="Respond"/> or
/// <see cref="BeginResponse"/>, <see cref="Fail"/>, <see cref="FailInit"/>), the invoker's side is <see cref="Invoke"/>. Every change of phase is timed here, once:
/// <code>
/// Started ─ init ─ Initialized    HandedOver ─ handler ─ Answered ─ overhead ─ Finished (all ask for the next event)
/// </code>
/// </remarks>
public sealed class ExecutionEnvironment : IExtensionWatcher
{
    public const int ResponseBytesMax = (6 * 1024 * 1024) + 100;

    readonly IsolatedProcess process;
    readonly TimeProvider time;
    readonly string? entrypointError;
    readonly Lock phaseLock = new();
    readonly Task ended;
    readonly IdleFreeze freeze;
    readonly EnvironmentInit init;

    // Completed while the lock is not held: the Runtime API writes the event on the thread that brings it.
    TaskCompletionSource<RuntimeInvocation> nextEvent = new();
    RunningInvocation? running;
    DateTimeOffset phaseBegan;
    bool isRuntimeReady;
    int invocations;

    /// <param name="entrypointError">Why the process is no runtime, as there is none that could be started.</param>
    /// <param name="former">The environment as it was before its processes were started anew.</param>
    internal ExecutionEnvironment(
        string id, FunctionModel function, InitializationType type, IsolatedProcess process, LogStreamWriter? logStream, DateTimeOffset started, TimeProvider time,
        string? entrypointError = null, ExecutionEnvironment? former = null)
    {
        (Id, Function, this.process, Started, this.time, this.entrypointError, IsReset) =
            (id, function, process, started, time, entrypointError, former is not null);
        (phaseBegan, invocations) = (started, former?.invocations ?? 0);
        var output = new LogSource(process.Output, TelemetryEvent.FunctionType);
        IEnumerable<LogSource> outputs = process.ExtensionOutput is { } extensions ? [output, new LogSource(extensions, TelemetryEvent.ExtensionType)] : [output];
        Telemetry = new EnvironmentTelemetry(process.OpenSocket, time);
        Log = new EnvironmentLog(Telemetry, logStream, LogSettings.Of(function), time, outputs)
        {
            // What was printed since the last invocation belongs to the next.
            Tail = former?.Log.StartNext() ?? new LogTail(),
        };
        Telemetry.Publish(PlatformEvents.InitStart(started, EnvironmentInit.KindOf(type, IsReset), function, id));
        Extensions = new EnvironmentExtensions(phaseLock, process.Supervisor?.Extensions ?? [], this);
        init = new EnvironmentInit(type, IsReset, started, Log, Telemetry, Extensions, time);
        _ = Log.ReadAllAsync();
        Daemon = new DaemonMemory(function.MemorySize, () => process.MemoryInUseBytes, Log.WriteNotice, time);
        freeze = new IdleFreeze(process, time);
        _ = process.Supervisor?.WatchAsync(ExtensionExited);
        ended = WatchExitAsync();
    }

    enum Phase
    {
        Init,
        Idle,
        Invoke,
        Overhead,
        Shutdown,
        Ended,
    }

    Phase phase
    {
        get;
        set
        {
            if (field != value) phaseBegan = time.GetUtcNow();
            field = value;
        }
    } = Phase.Init;

    public string Id { get; }

    public FunctionModel Function { get; }

    public EnvironmentLog Log { get; }

    public EnvironmentExtensions Extensions { get; }

    public EnvironmentTelemetry Telemetry { get; }

    public DateTimeOffset Started { get; }

    /// <summary>Whether its processes are not the first ones: those crashed or took too long, and it initializes again inside an invocation.</summary>
    public bool IsReset { get; }

    /// <summary>What its X-Ray daemon may hold.</summary>
    public DaemonMemory Daemon { get; }

    /// <summary>To tell which invocation a call from inside belongs to.</summary>
    public TracedInvocations Traced { get; } = new();

    public Task<InitEnd> Initialized => init.Ended;

    public EnvironmentSockets Sockets => process.Sockets;

    public long? MemoryPeakBytes => process.MemoryPeakBytes;

    /// <summary>What it does at this moment, for people to look at.</summary>
    public EnvironmentActivity Activity
    {
        get
        {
            EnvironmentState state;
            DateTimeOffset since;
            int count;
            lock (phaseLock) (state, since, count) = (StateOf(phase), phaseBegan, invocations);
            return new EnvironmentActivity(state, since, count, state == EnvironmentState.Ended ? null : process.MemoryInUseBytes);
        }
    }

    /// <summary>Its processes, for others to take their place.</summary>
    internal IsolatedProcess Process => process;

    /// <summary>Whether it can take another event.</summary>
    public bool IsUsable
    {
        get
        {
            lock (phaseLock) return phase is Phase.Idle or Phase.Overhead;
        }
    }

    /// <inheritdoc cref="EnvironmentInit.TryTellAhead"/>
    public bool TryTellInitAhead() => init.TryTellAhead();

    /// <summary>The runtime asks for its next event; the first time, this ends its init phase.</summary>
    /// <returns>The event, once there is one; null when the runtime may not ask now.</returns>
    public Task<RuntimeInvocation>? NextAsync()
    {
        Task<RuntimeInvocation> next;
        RunningInvocation? last;
        lock (phaseLock)
        {
            if (phase is not (Phase.Init or Phase.Idle or Phase.Overhead)) return null;
            isRuntimeReady = true;
            if (phase == Phase.Init) init.RuntimeDone(Outcome.Success);
            if (phase == Phase.Overhead) TellRuntimeDone(time.GetUtcNow());
            AdvanceUnsynchronized();
            // A runtime that lost its connection asks again; the event must go to the question that is still open.
            CancelLater(nextEvent);
            nextEvent = new TaskCompletionSource<RuntimeInvocation>();
            (next, last) = (nextEvent.Task, running);
        }
        last?.Announce();
        return next;
    }

    /// <param name="began">When its first byte came.</param>
    public RuntimeReply Respond(AnsweredInvocation answered, ReadOnlyMemory<byte> payload, DateTimeOffset began)
    {
        var tooLarge = payload.Length > ResponseBytesMax;
        var reply = Answer(answered, at => tooLarge ? new InvocationEnd.TooLarge(at, ResponseBytesMax) : new InvocationEnd.Responded(at, payload), began, payload.Length);
        return reply == RuntimeReply.Accepted && tooLarge ? RuntimeReply.TooLarge : reply;
    }

    public RuntimeReply Fail(AnsweredInvocation answered, RuntimeError error) => Answer(answered, at => new InvocationEnd.Failed(at, error), producedBytes: error.Body.Length);

    /// <summary>An answer that is none, by the rules of the Runtime API.</summary>
    public RuntimeReply Reject(AnsweredInvocation answered, string errorType, string reason) =>
        Answer(answered, at => new InvocationEnd.Malformed(at, errorType, reason));

    /// <summary>The runtime begins to send a response piece by piece; the same one ends it by <see cref="EndResponse"/>.</summary>
    public RuntimeReply BeginResponse(AnsweredInvocation answered, string? contentType, out ResponseStream? stream)
    {
        stream = null;
        lock (phaseLock)
        {
            if (phase != Phase.Invoke || running!.Response is not null) return RuntimeReply.InvalidState;
            if (running.Refuse(answered) is { } refusal) return refusal;
            running.ResponseBegan = time.GetUtcNow();
            stream = running.Response = new ResponseStream(running, running.Listener, contentType);
            return RuntimeReply.Accepted;
        }
    }

    /// <param name="end">How it ended; null when it came whole.</param>
    public RuntimeReply EndResponse(ResponseStream stream, Func<DateTimeOffset, InvocationEnd>? end = null)
    {
        lock (phaseLock)
        {
            // Its time was up, or its process gone, before its last byte came.
            if (phase != Phase.Invoke || running != stream.Invocation) return RuntimeReply.InvalidState;
            running.ProducedBytes = stream.Bytes;
            AnswerUnsynchronized(end ?? (at => new InvocationEnd.Responded(at, stream.Gathered, stream.ContentType)));
        }
        stream.Invocation.Announce();
        return RuntimeReply.Accepted;
    }

    public RuntimeReply FailInit(RuntimeError error)
    {
        lock (phaseLock)
        {
            if (phase != Phase.Init) return RuntimeReply.InvalidState;
            init.TryEnd(new InitEnd.Failed(time.GetUtcNow(), error));
            EndUnsynchronized(ShutdownReason.Failure);
            return RuntimeReply.Accepted;
        }
    }

    /// <summary>Waits for the init phase to end, and ends the environment if that takes longer than allowed.</summary>
    public async Task<InitEnd> InitializedWithinAsync(TimeSpan limit)
    {
        using var _ = time.CreateTimer(_ => TimeOutInit(), null, limit, Timeout.InfiniteTimeSpan);
        return await init.Ended;
    }

    /// <summary>Gives the runtime an event.</summary>
    /// <param name="limit">After this long the environment is ended and the invocation has timed out.</param>
    /// <returns>Null when the runtime ended while it was idle, and never saw the event.</returns>
    public RunningInvocation? Invoke(RuntimeInvocation invocation, TimeSpan limit)
    {
        RunningInvocation begun;
        TaskCompletionSource<RuntimeInvocation> asking;
        lock (phaseLock)
        {
            Debug.Assert(phase is Phase.Idle or Phase.Shutdown or Phase.Ended, $"An event was given to an environment in its phase {phase}.");
            if (phase != Phase.Idle) return null;
            freeze.BecomeBusy();
            Traced.Begin(invocation.Traced);
            begun = running = new RunningInvocation(invocation, time.GetUtcNow());
            asking = nextEvent;
            phase = Phase.Invoke;
            invocations++;
            isRuntimeReady = false;
            Extensions.GiveInvokeUnsynchronized(new ExtensionEvent.Invoke(invocation.Deadline, invocation.RequestId, invocation.FunctionArn, invocation.TraceHeader));
            running.Deadline = time.CreateTimer(_ => TimeOut(begun), null, limit, Timeout.InfiniteTimeSpan);
        }
        // If its process has ended by now, the invocation has ended with it.
        asking.TrySetResult(invocation);
        return begun;
    }

    /// <summary>Ends its processes, extensions with a moment's notice; the task completes when the last of them is gone.</summary>
    public Task EndAsync()
    {
        lock (phaseLock) EndUnsynchronized(ShutdownReason.Spindown);
        return ended;
    }

    /// <summary>Removes all that was made for it; its processes must have ended.</summary>
    public Task RemoveAsync() => process.RemoveAsync();

    RuntimeReply Answer(AnsweredInvocation answered, Func<DateTimeOffset, InvocationEnd> end, DateTimeOffset? began = null, long producedBytes = 0)
    {
        RunningInvocation invocation;
        lock (phaseLock)
        {
            if (phase != Phase.Invoke || running!.Response is not null) return RuntimeReply.InvalidState;
            if (running.Refuse(answered) is { } refusal) return refusal;
            (running.ResponseBegan, running.ProducedBytes) = (began, producedBytes);
            AnswerUnsynchronized(end);
            invocation = running;
        }
        invocation.Announce();
        return RuntimeReply.Accepted;
    }

    void AnswerUnsynchronized(Func<DateTimeOffset, InvocationEnd> end)
    {
        Debug.Assert(phaseLock.IsHeldByCurrentThread && phase == Phase.Invoke);
        phase = Phase.Overhead;
        Log.Drain();
        running!.Answer(end(time.GetUtcNow()));
    }

    static EnvironmentState StateOf(Phase phase) => phase switch
    {
        Phase.Init => EnvironmentState.Initializing,
        Phase.Idle => EnvironmentState.Idle,
        Phase.Invoke or Phase.Overhead => EnvironmentState.Invoking,
        Phase.Shutdown => EnvironmentState.ShuttingDown,
        _ => EnvironmentState.Ended,
    };

    // A phase ends when everybody who works in it has asked for the next event.
    void AdvanceUnsynchronized()
    {
        Debug.Assert(phaseLock.IsHeldByCurrentThread);
        if (!isRuntimeReady || !Extensions.AllReady) return;
        var now = time.GetUtcNow();
        if (phase == Phase.Init) init.TryEnd(new InitEnd.Ready(now));
        if (phase == Phase.Overhead) Finish(now);
        phase = Phase.Idle;
        freeze.BecomeIdle();
    }

    void Finish(DateTimeOffset now)
    {
        Log.Drain();
        Log.EndLines();
        Telemetry.EndLines();
        TellRuntimeDone(now);
        Traced.End();
        running!.Finish(now);
    }

    // A runtime or an extension that does not ask for its next event would otherwise hold its environment for ever.
    void TimeOut(RunningInvocation invocation)
    {
        lock (phaseLock)
        {
            if (phase is not (Phase.Invoke or Phase.Overhead) || running != invocation) return;
            if (phase == Phase.Invoke) running.Answer(new InvocationEnd.TimedOut(time.GetUtcNow()));
            running.AnnounceLater();
            EndUnsynchronized(ShutdownReason.Timeout);
        }
    }

    void TimeOutInit()
    {
        lock (phaseLock)
        {
            if (init.TryEnd(new InitEnd.TimedOut(time.GetUtcNow()))) EndUnsynchronized(ShutdownReason.Timeout);
        }
    }

    // Without extensions there is nobody who could take notice. Its phase changes when its process has gone.
    void EndUnsynchronized(ShutdownReason reason)
    {
        Debug.Assert(phaseLock.IsHeldByCurrentThread);
        if (phase is Phase.Shutdown or Phase.Ended) return;
        if (!Extensions.Any)
        {
            process.Kill();
            return;
        }
        // Whoever waits for the invocation must not wait for the farewells.
        if (phase is Phase.Invoke or Phase.Overhead) Finish(time.GetUtcNow());
        running?.AnnounceLater();
        phase = Phase.Shutdown;
        freeze.BecomeBusy();
        _ = ShutDownAsync(reason);
    }

    async Task ShutDownAsync(ShutdownReason reason)
    {
        try
        {
            await new ShutdownPhase(process, Extensions, Telemetry, time).RunAsync(reason);
        }
        finally
        {
            process.Kill();
        }
    }

    // Once for each invocation, whichever way the runtime gets done with it.
    void TellRuntimeDone(DateTimeOffset at)
    {
        if (running!.RuntimeDone is not null) return;
        running.RuntimeDone = at;
        if (Telemetry.IsWanted && running.End is { } end) Telemetry.Publish(PlatformEvents.RuntimeDone(at, running, end));
    }

    bool IExtensionWatcher.IsInitializing => phase == Phase.Init && !isRuntimeReady;

    void IExtensionWatcher.ExternalsRegistered() => process.Supervisor!.StartRuntime();

    void IExtensionWatcher.ExtensionReady()
    {
        AdvanceUnsynchronized();
        running?.AnnounceLater();
    }

    void IExtensionWatcher.ExtensionFailed(ExtensionFailure failure)
    {
        Debug.Assert(phaseLock.IsHeldByCurrentThread);
        var now = time.GetUtcNow();
        if (phase == Phase.Init) init.TryEnd(new InitEnd.ExtensionFailed(now, failure));
        if (phase == Phase.Invoke) running!.Answer(new InvocationEnd.ExtensionFailed(now, failure));
        running?.AnnounceLater();
        EndUnsynchronized(ShutdownReason.Failure);
    }

    void ExtensionExited(string name, ExitStatus status)
    {
        lock (phaseLock) Extensions.ExitedUnsynchronized(name, status, isExpected: phase is Phase.Shutdown or Phase.Ended);
    }

    // Whoever asked is told on another thread: this one holds the lock.
    static void CancelLater(TaskCompletionSource<RuntimeInvocation> asking)
    {
        if (!asking.Task.IsCompleted) ThreadPool.UnsafeQueueUserWorkItem(static source => source.TrySetCanceled(), asking, preferLocal: false);
    }

    async Task WatchExitAsync()
    {
        var status = await process.Exited;
        lock (phaseLock)
        {
            var now = time.GetUtcNow();
            var exit = new RuntimeExit(status, process.RanOutOfMemory);
            init.TryEnd(entrypointError is null ? new InitEnd.Exited(now, exit) : new InitEnd.InvalidEntrypoint(now, entrypointError));
            CancelLater(nextEvent);
            if (phase == Phase.Invoke) running!.Answer(running.Response is null ? new InvocationEnd.Exited(now, exit) : InvocationEnd.Malformed.Truncated(now));
            if (phase is Phase.Invoke or Phase.Overhead) Finish(now);
            running?.AnnounceLater();
            // The extensions have outlived it.
            if (process.Supervisor is not null)
            {
                EndUnsynchronized(ShutdownReason.Failure);
            }
            else
            {
                phase = Phase.Ended;
                freeze.Stop();
            }
        }
        await process.Ended;
        lock (phaseLock)
        {
            phase = Phase.Ended;
            freeze.Stop();
            Extensions.AbandonUnsynchronized();
            Telemetry.Dispose();
        }
    }
}
