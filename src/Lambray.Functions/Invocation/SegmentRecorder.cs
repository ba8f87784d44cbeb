using Lambray.Tracing.Intake;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Invocation;

/// <summary>Hands Lambda's own segments to the intake without making a function's caller wait for the disk.</summary>
/// <remarks>
/// Segments are written a batch at a time, as one commit costs more than writing several invocations' segments: each batch
/// takes what came while it was waited for. Whoever needs them on disk now asks for a flush.
/// </remarks>
public sealed partial class SegmentRecorder(SegmentIntake intake, ILogger<SegmentRecorder> logger)
{
    const int WaitingMax = 8_192;

    // Too short for a person to notice; long enough that a busy server commits many invocations at once.
    static readonly TimeSpan GatheringTime = TimeSpan.FromMilliseconds(5);

    readonly Lock gate = new();
    readonly HashSet<Task> ahead = [];
    List<SegmentEntity> waiting = [];
    TaskCompletionSource? gathering;
    Task writing = Task.CompletedTask;

    public void Record(SegmentEntity entity)
    {
        lock (gate)
        {
            if (waiting.Count < WaitingMax)
            {
                waiting.Add(entity);
                if (gathering is null) Begin();
                return;
            }
        }
        LogNotRecorded(entity.Name, entity.Id.ToString(), "more segments wait to be written than can be kept");
    }

    /// <summary>Announces work whose end will be recorded, when its caller has been answered already.</summary>
    public void Expect(Task work)
    {
        if (work.IsCompleted) return;
        lock (gate) ahead.Add(work);
        _ = work.ContinueWith(done => { lock (gate) ahead.Remove(done); }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Completes once everything recorded so far is stored.</summary>
    public Task FlushAsync()
    {
        lock (gate)
        {
            gathering?.TrySetResult();
            return writing;
        }
    }

    /// <summary>Completes once what is expected has been recorded too.</summary>
    public async Task DrainAsync()
    {
        Task[] expected;
        lock (gate) expected = [.. ahead];
        await Task.WhenAll(expected);
        await FlushAsync();
    }

    void Begin()
    {
        gathering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        writing = GatherAndWriteAsync(writing, hurry: gathering.Task);
    }

    async Task GatherAndWriteAsync(Task before, Task hurry)
    {
        // The disk's pace is real, whatever clock the server's functions see.
        await hurry.WaitAsync(GatheringTime, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await before;
        List<SegmentEntity> batch;
        lock (gate)
        {
            (batch, waiting) = (waiting, []);
            gathering = null;
        }
        await WriteAsync(batch);
    }

    async Task WriteAsync(List<SegmentEntity> batch)
    {
        try
        {
            foreach (var refused in await intake.AcceptAsync(batch)) LogNotRecorded(NameOf(refused, batch), refused.Id ?? "", refused.Message);
        }
        // The intake has counted them; an invocation does not fail because its trace could not be kept.
        catch (Exception error)
        {
            LogLost(batch.Count, error);
        }
    }

    static string NameOf(UnprocessedSegment refused, List<SegmentEntity> batch) => batch.First(entity => entity.Id.ToString() == refused.Id).Name;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Segment {Segment} of {Name} was not recorded: {Reason}")]
    partial void LogNotRecorded(string name, string segment, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} segments were not recorded: the trace store failed")]
    partial void LogLost(int count, Exception error);
}
