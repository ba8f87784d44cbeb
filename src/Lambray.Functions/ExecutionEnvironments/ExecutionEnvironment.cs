using System.Diagnostics;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.Registry;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>One living execution environment: a runtime that asks for an event, is given one, answers, and asks again.</summary>
/// <remarks>
/// The runtime's side comes in through the Runtime API (<see cref="NextAsync"/>, <see cref="Respond"/> or
/// <see cref="BeginResponse"/>, <see cref="Fail"/>, <see cref="FailInit"/>), the invoker's side is <see cref="Invoke"/>. Every change of phase is timed here, once:
/// <code>
/// Started ─ init ─ Initialized    HandedOver ─ handler ─ Answered ─ overhead ─ Finished (asks for the next event)
/// </code>
/// </remarks>
public sealed class ExecutionEnvironment
{
    public const int ResponseBytesMax = (6 * 1024 * 1024) + 100;

    readonly IsolatedProcess process;
    readonly TimeProvider time;
    readonly string? entrypointError;
    readonly Lock phaseLock = new();
    readonly Task ended;
    readonly IdleFreeze freeze;
    readonly TaskCompletionSource<InitEnd> initialized = NewSource<InitEnd>();
    TaskCompletionSource<RuntimeInvocation> nextEvent = NewSource<RuntimeInvocation>();
    RunningInvocation? running;
    Phase phase = Phase.Init;

    /// <param name="entrypointError">Why the process is no runtime, as there is none that could be started.</param>
    internal ExecutionEnvironment(
        string id, FunctionModel function, IsolatedProcess process, DateTimeOffset started, TimeProvider time, string? entrypointError = null)
    {
        (Id, Function, this.process, Started, this.time, this.entrypointError) = (id, function, process, started, time, entrypointError);
        Log = new EnvironmentLog(process.Output);
        _ = Log.ReadAllAsync();
        freeze = new IdleFreeze(process, time);
        ended = WatchExitAsync();
    }

    enum Phase
    {
        Init,
        Idle,
        Invoke,
        Overhead,
        Ended,
    }

    public string Id { get; }

    public FunctionModel Function { get; }

    public EnvironmentLog Log { get; }

    public DateTimeOffset Started { get; }

    public Task<InitEnd> Initialized => initialized.Task;

    public EnvironmentSockets Sockets => process.Sockets;

    public long? MemoryPeakBytes => process.MemoryPeakBytes;

    /// <summary>Whether it can take another event.</summary>
    public bool IsUsable
    {
        get
        {
            lock (phaseLock) return phase is Phase.Idle or Phase.Overhead;
        }
    }

    /// <summary>The runtime asks for its next event; the first time, this ends its init phase.</summary>
    /// <returns>The event, once there is one; null when the runtime may not ask now.</returns>
    public Task<RuntimeInvocation>? NextAsync()
    {
        lock (phaseLock)
        {
            if (phase is Phase.Invoke or Phase.Ended) return null;
            var now = time.GetUtcNow();
            if (phase == Phase.Init) EndInit(new InitEnd.Ready(now));
            if (phase == Phase.Overhead) Finish(now);
            phase = Phase.Idle;
            freeze.BecomeIdle();
            // A runtime that lost its connection asks again; the event must go to the question that is still open.
            if (!nextEvent.Task.IsCompleted) nextEvent.TrySetCanceled();
            nextEvent = NewSource<RuntimeInvocation>();
            return nextEvent.Task;
        }
    }

    public RuntimeReply Respond(AnsweredInvocation answered, ReadOnlyMemory<byte> payload)
    {
        var tooLarge = payload.Length > ResponseBytesMax;
        var reply = Answer(answered, at => tooLarge ? new InvocationEnd.TooLarge(at, ResponseBytesMax) : new InvocationEnd.Responded(at, payload));
        return reply == RuntimeReply.Accepted && tooLarge ? RuntimeReply.TooLarge : reply;
    }

    public RuntimeReply Fail(AnsweredInvocation answered, RuntimeError error) => Answer(answered, at => new InvocationEnd.Failed(at, error));

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
            AnswerUnsynchronized(end ?? (at => new InvocationEnd.Responded(at, stream.Gathered, stream.ContentType)));
            return RuntimeReply.Accepted;
        }
    }

    public RuntimeReply FailInit(RuntimeError error)
    {
        lock (phaseLock)
        {
            if (phase != Phase.Init) return RuntimeReply.InvalidState;
            EndInit(new InitEnd.Failed(time.GetUtcNow(), error));
        }
        process.Kill();
        return RuntimeReply.Accepted;
    }

    /// <summary>Waits for the init phase to end, and ends the environment if that takes longer than allowed.</summary>
    public async Task<InitEnd> InitializedWithinAsync(TimeSpan limit)
    {
        using var _ = time.CreateTimer(_ => TimeOutInit(), null, limit, Timeout.InfiniteTimeSpan);
        return await initialized.Task;
    }

    /// <summary>Gives the runtime an event.</summary>
    /// <param name="limit">After this long the environment is ended and the invocation has timed out.</param>
    /// <returns>Null when the runtime ended while it was idle, and never saw the event.</returns>
    public RunningInvocation? Invoke(RuntimeInvocation invocation, TimeSpan limit)
    {
        lock (phaseLock)
        {
            Debug.Assert(phase is Phase.Idle or Phase.Ended, $"An event was given to an environment in its phase {phase}.");
            freeze.BecomeBusy();
            if (!nextEvent.TrySetResult(invocation)) return null;
            var begun = running = new RunningInvocation(invocation, time.GetUtcNow());
            phase = Phase.Invoke;
            running.Deadline = time.CreateTimer(_ => TimeOut(begun), null, limit, Timeout.InfiniteTimeSpan);
            return running;
        }
    }

    /// <summary>Ends its processes; the task completes when the last of them is gone.</summary>
    public Task KillAsync()
    {
        process.Kill();
        return ended;
    }

    /// <summary>Removes all that was made for it; its processes must have ended.</summary>
    public Task RemoveAsync() => process.RemoveAsync();

    RuntimeReply Answer(AnsweredInvocation answered, Func<DateTimeOffset, InvocationEnd> end)
    {
        lock (phaseLock)
        {
            if (phase != Phase.Invoke || running!.Response is not null) return RuntimeReply.InvalidState;
            if (running.Refuse(answered) is { } refusal) return refusal;
            AnswerUnsynchronized(end);
            return RuntimeReply.Accepted;
        }
    }

    void AnswerUnsynchronized(Func<DateTimeOffset, InvocationEnd> end)
    {
        Debug.Assert(phaseLock.IsHeldByCurrentThread && phase == Phase.Invoke);
        phase = Phase.Overhead;
        Log.Drain();
        running!.Answer(end(time.GetUtcNow()));
    }

    void Finish(DateTimeOffset now)
    {
        Log.Drain();
        running!.Finish(now);
    }

    // A runtime that has answered and does not ask for its next event would otherwise hold its environment for ever.
    void TimeOut(RunningInvocation invocation)
    {
        lock (phaseLock)
        {
            if (phase is not (Phase.Invoke or Phase.Overhead) || running != invocation) return;
            if (phase == Phase.Invoke) running.Answer(new InvocationEnd.TimedOut(time.GetUtcNow()));
        }
        process.Kill();
    }

    void TimeOutInit()
    {
        lock (phaseLock)
        {
            if (!EndInit(new InitEnd.TimedOut(time.GetUtcNow()))) return;
        }
        process.Kill();
    }

    // What was printed during init stands before whatever comes next in the log.
    bool EndInit(InitEnd end)
    {
        Log.Drain();
        return initialized.TrySetResult(end);
    }

    async Task WatchExitAsync()
    {
        var status = await process.Exited;
        lock (phaseLock)
        {
            var now = time.GetUtcNow();
            var exit = new RuntimeExit(status, process.RanOutOfMemory);
            var last = phase;
            phase = Phase.Ended;
            freeze.Stop();
            EndInit(entrypointError is null ? new InitEnd.Exited(now, exit) : new InitEnd.InvalidEntrypoint(now, entrypointError));
            nextEvent.TrySetCanceled();
            if (last == Phase.Invoke) running!.Answer(running.Response is null ? new InvocationEnd.Exited(now, exit) : InvocationEnd.Malformed.Truncated(now));
            if (last is Phase.Invoke or Phase.Overhead) running!.Finish(now);
        }
    }

    static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
