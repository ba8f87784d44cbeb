using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tests.Tracing.Intake;

/// <summary>A store whose disk the test holds: an append ends when the test says so, or fails.</summary>
sealed class FakeTraceStore : ITraceStore
{
    public TaskCompletionSource Disk { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task AppendAsync(IReadOnlyList<StoredDocument> documents, DateTimeOffset received) => Disk.Task;

    public ValueTask<IReadOnlyList<StoredDocument>> ReadAsync(TraceId id) => throw new NotSupportedException();

    public void Tell(IArrivals arrivals) => throw new NotSupportedException();
}
