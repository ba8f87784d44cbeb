using Lambray.Functions.ExecutionEnvironments.Telemetry;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>An event that a runtime is working on, with its two ends: the answer, and the moment the runtime is done with it.</summary>
/// <remarks>
/// The ends are decided while the environment's lock is held and announced afterwards: whoever waits for them goes on at
/// once on the announcing thread, as a change of threads would cost more than all else that the server does in between.
/// </remarks>
public sealed class RunningInvocation(RuntimeInvocation invocation, DateTimeOffset handedOver)
{
    readonly TaskCompletionSource<InvocationEnd> answered = new();
    readonly TaskCompletionSource<DateTimeOffset> finished = new();
    readonly Lock endLock = new();
    DateTimeOffset? finishedAt;

    public string RequestId => invocation.RequestId;

    /// <summary>When the runtime was given the event.</summary>
    public DateTimeOffset HandedOver { get; } = handedOver;

    /// <summary>The caller may have its answer now.</summary>
    public Task<InvocationEnd> Answered => answered.Task;

    /// <summary>How it was answered, once it has been.</summary>
    public InvocationEnd? End { get; private set; }

    /// <summary>When runtime and extensions had asked for their next event, or ended; the environment can be used again, or is gone.</summary>
    public Task<DateTimeOffset> Finished => finished.Task;

    /// <summary>When the runtime asked for its next event, or ended; extensions may have taken longer.</summary>
    public DateTimeOffset? RuntimeDone { get; internal set; }

    public InvocationTracing? Tracing => invocation.Tracing;

    /// <summary>When the first of the response was there; null when there was none.</summary>
    public DateTimeOffset? ResponseBegan { get; internal set; }

    /// <summary>How long the response was.</summary>
    public long ProducedBytes { get; internal set; }

    internal IResponseListener? Listener => invocation.Listener;

    /// <summary>The response that is on its way in, piece by piece.</summary>
    internal ResponseStream? Response { get; set; }

    internal ITimer? Deadline { get; set; }

    internal RuntimeReply? Refuse(AnsweredInvocation answered) =>
        answered.RequestId != RequestId ? RuntimeReply.InvalidRequestId
        : answered.InvocationId is { } id && id != invocation.InvocationId ? RuntimeReply.InvalidInvocationId
        : null;

    /// <summary>Decides how it ended, unless that was decided before.</summary>
    internal void Answer(InvocationEnd end) => End ??= end;

    /// <summary>Decides when it was over, unless that was decided before.</summary>
    internal void Finish(DateTimeOffset at)
    {
        lock (endLock) finishedAt ??= at;
        Deadline?.Dispose();
    }

    /// <summary>Tells those who wait what has been decided; the environment's lock must not be held.</summary>
    internal void Announce()
    {
        DateTimeOffset? over;
        lock (endLock) over = finishedAt;
        if (End is { } end) answered.TrySetResult(end);
        if (over is { } at) finished.TrySetResult(at);
    }

    /// <summary>As <see cref="Announce"/>, but soon and elsewhere.</summary>
    internal void AnnounceLater() => ThreadPool.UnsafeQueueUserWorkItem(static invocation => invocation.Announce(), this, preferLocal: false);
}
