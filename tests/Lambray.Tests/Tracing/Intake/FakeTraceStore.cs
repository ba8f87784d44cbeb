using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tests.Tracing.Intake;

/// <summary>A store whose disk the test holds: an append ends when the test says so, or fails.</summary>
sealed class FakeTraceStore : ITraceStore
{
    public TaskCompletionSource Disk { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task AppendAsync(IReadOnlyList<StoredDocument> documents, DateTimeOffset received) => Disk.Task;

    public ValueTask<StoredTrace> ReadAsync(TraceId id) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<TraceMark>> FindAsync(TraceTimeRange range, TraceMark? after, int countMax) => throw new NotSupportedException();
}
