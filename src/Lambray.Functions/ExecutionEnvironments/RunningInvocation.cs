namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>An event that a runtime is working on, with its two ends: the answer, and the moment the runtime is done with it.</summary>
public sealed class RunningInvocation(string requestId, DateTimeOffset handedOver)
{
    readonly TaskCompletionSource<InvocationEnd> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<DateTimeOffset> finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = requestId;

    /// <summary>When the runtime was given the event.</summary>
    public DateTimeOffset HandedOver { get; } = handedOver;

    /// <summary>The caller may have its answer now.</summary>
    public Task<InvocationEnd> Answered => answered.Task;

    /// <summary>When the runtime asked for its next event, or ended; the environment can be used again, or is gone.</summary>
    public Task<DateTimeOffset> Finished => finished.Task;

    internal ITimer? Deadline { get; set; }

    internal void Answer(InvocationEnd end) => answered.TrySetResult(end);

    internal void Finish(DateTimeOffset at)
    {
        if (finished.TrySetResult(at)) Deadline?.Dispose();
    }
}
