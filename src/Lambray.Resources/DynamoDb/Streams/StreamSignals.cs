using System.Collections.Concurrent;

namespace Lambray.Resources.DynamoDb.Streams;

/// <summary>Wakes those who wait for a stream's next record.</summary>
sealed class StreamSignals
{
    readonly ConcurrentDictionary<long, Signal> signals = [];

    /// <summary>Something of the stream is on disk that was not, or it has ended.</summary>
    public void Raise(long stream) => signals.GetOrAdd(stream, _ => new Signal()).Raise();

    /// <summary>Completes with the next <see cref="Raise"/> after this call.</summary>
    public Task NextAsync(long stream) => signals.GetOrAdd(stream, _ => new Signal()).Next;

    sealed class Signal
    {
        volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Next => next.Task;

        public void Raise() => Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
